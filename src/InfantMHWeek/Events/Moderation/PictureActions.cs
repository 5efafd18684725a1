using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace InfantMHWeek.Events.Moderation;

/// <param name="Problem">Why it was not taken, in words; null when it was.</param>
readonly record struct BroughtPicture(PictureDetails? Picture, string? Problem);

/// <summary>The picture of an event, as its organiser, or staff for them, brings it, describes it and takes it away.</summary>
sealed class PictureActions(SiteStore store, PictureReader reader, TimeProvider clock)
{
    static readonly SKSizeI Most = new(1312, 1312);

    /// <summary>Keeps a picture, still without words: no version shows it yet.</summary>
    /// <param name="e">The event that a key opened.</param>
    public async Task<BroughtPicture> BringAsync(Guid e, Stream file, CancellationToken cancel)
    {
        var (id, now, drawn) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow().UtcDateTime, default(Drawn));
        var answer = await reader.ReadAsync(file, Most, pixels => drawn = Draw(pixels), cancel);
        if (answer != PictureResult.Stored)
            return new(null, answer.Words);
        await store.WriteAsync(
            async db =>
            {
                if (await db.Set<Event>().SingleOrDefaultAsync(o => o.Id == e && o.WithdrawnAt == null, cancel) is not { } held)
                    return;
                await db.DropUnusedPicturesAsync(held, cancel);
                db.Add(
                    new EventPicture
                    {
                        Id = id,
                        EventId = e,
                        AddedAt = now,
                        Width = drawn.Width,
                        Height = drawn.Height,
                        Large = drawn.Large,
                        Small = drawn.Small,
                    }
                );
            },
            cancel
        );
        return new(new(id, drawn.Width, drawn.Height, ""), null);
    }

    readonly record struct Drawn(int Width, int Height, byte[] Large, byte[] Small);

    static Drawn Draw(SKBitmap pixels) =>
        new(
            pixels.Width,
            pixels.Height,
            PictureReader.Encode(pixels, pixels.Width),
            pixels.Width > PictureDetails.SmallWide ? PictureReader.Encode(pixels, PictureDetails.SmallWide) : []
        );

    /// <summary>The event shows this picture once a person has approved it.</summary>
    /// <returns>False when the key opens nothing, or the picture is not there.</returns>
    public Task<bool> ShowAsync(ManageLinkAccess key, Guid picture, string alternative, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { Event: { WithdrawnAt: null } e } hand)
                    return false;
                var found = await db.Set<EventPicture>()
                    .Where(p => p.Id == picture && p.EventId == e.Id)
                    .Select(p => new PictureDetails(p.Id, p.Width, p.Height, alternative))
                    .SingleOrDefaultAsync(cancel);
                if (found is null)
                    return false;
                var details = e.Latest with { Picture = found };
                if (hand.Staff is { } staff && !details.SameAs(e.Latest))
                    db.Record(clock, staff, "changed the picture of an event for its organiser", e.Id.ToString());
                e.Propose(details, clock.GetUtcNow(), hand.Who);
                await db.DropUnusedPicturesAsync(e, cancel);
                return true;
            },
            cancel
        );

    /// <returns>False when the key opens nothing.</returns>
    public Task<bool> RemoveAsync(ManageLinkAccess key, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.OpenEventAsync(key, cancel) is not { Event: { WithdrawnAt: null } e } hand)
                    return false;
                if (e.TakePictureAway(hand.Who, clock.GetUtcNow()) && hand.Staff is { } staff)
                    db.Record(clock, staff, "took the picture of an event away for its organiser", e.Id.ToString());
                await db.DropUnusedPicturesAsync(e, cancel);
                return true;
            },
            cancel
        );
}
