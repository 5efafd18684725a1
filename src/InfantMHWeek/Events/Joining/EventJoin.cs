using System.Globalization;
using System.Security.Claims;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Joining;

/// <param name="Problem">Why nothing was joined, in words; null where it was.</param>
readonly record struct JoinResult(string? Problem);

/// <summary>Two offers of one event become one: one page stays, and the address of the other leads to it.</summary>
sealed class EventJoin(SiteStore store, EventMails post, TimeProvider clock)
{
    /// <param name="keep">Whose page stays, with the revision that was read.</param>
    /// <param name="gone">Whose address leads to it from now on.</param>
    /// <returns>Null when there is no such event.</returns>
    public Task<JoinResult?> JoinAsync(
        (Guid Id, int Revision) keep,
        (Guid Id, int Revision) gone,
        ClaimsPrincipal staff,
        CancellationToken cancel
    ) => store.WriteAsync(db => JoinAsync(db, keep, gone, staff, cancel), cancel);

    async Task<JoinResult?> JoinAsync(
        SiteDb db,
        (Guid Id, int Revision) keep,
        (Guid Id, int Revision) gone,
        ClaimsPrincipal staff,
        CancellationToken cancel
    )
    {
        var both = await db.Set<Event>().Include(e => e.Dates).Where(e => e.Id == keep.Id || e.Id == gone.Id).ToListAsync(cancel);
        if (both.Find(e => e.Id == keep.Id) is not { } stays || both.Find(e => e.Id == gone.Id) is not { } goes)
            return null;
        if (goes.JoinedTo == stays.Id)
            return new("They have been joined already. Nothing was changed.");
        if (stays.Revision != keep.Revision || goes.Revision != gone.Revision)
            return new(Decision.ChangedMeanwhile.InWords());
        if (await FamiliesAsync(db, goes, cancel) is > 0 and var families)
            return new(WithFamilies(families));
        var shown = goes.IsPublic;
        if (!goes.JoinTo(stays, staff.StaffName(), clock.GetUtcNow()))
            return new("Nothing was changed: the one that stays must be on the website, and neither may have been taken away.");
        // What readers worry about in the one is about the other now.
        await db.Set<EventConcern>()
            .Where(c => c.EventId == gone.Id && c.ClosedAt == null)
            .ExecuteUpdateAsync(change => change.SetProperty(c => c.EventId, keep.Id), cancel);
        // A draft that staff brought in stands under the address of somebody who never heard of it.
        if (shown || goes is { ImportedAt: null, ConfirmedAt: not null })
            await post.JoinedAsync(db, goes, stays, cancel);
        await db.DropUnusedPicturesAsync(goes, cancel);
        db.Record(clock, staff, "joined two events", keep.Id.ToString());
        return new(Problem: null);
    }

    /// <summary>Those with a place at what is still to come, or who wait for one.</summary>
    Task<int> FamiliesAsync(SiteDb db, Event goes, CancellationToken cancel)
    {
        var (id, now) = (goes.Id, clock.GetUtcNow().UtcDateTime);
        return db.Set<PlaceBooking>()
            .Where(b => b.Date.EventId == id && b.Date.EndsAt > now)
            .CountAsync(b => b.State == BookingState.Waiting || b.State == BookingState.Held || b.State == BookingState.Accepted, cancel);
    }

    static string WithFamilies(int families) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing was changed: {families} {(families == 1 ? "family has a place" : "families have places")} at the one that would go, "
        )
        + "or wait for one. Keep that one instead. Or show it as cancelled first: then we write to everybody with a place, and they can "
        + "book at the other.";
}
