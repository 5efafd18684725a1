using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Whose link it is.</summary>
/// <param name="Joined">Whether they have belonged to the staff before.</param>
sealed record LinkOwner(Guid Ticket, Guid StaffId, string Name, string Email, bool Joined);

/// <summary>Links by mail that let one person in once.</summary>
sealed class StaffLinks(Outbox outbox, SiteAddress site, StaffTickets tickets, TimeProvider clock)
{
    /// <summary>
    /// So many links for a new password work side by side: a stranger who asks for more does not end those that the person has.
    /// </summary>
    public const int MostResets = 5;

    /// <summary>
    /// Makes a link and puts the mail that brings it into the outbox. A new invitation ends the older ones; a link for a new password
    /// does not.
    /// </summary>
    /// <param name="db">The context of a write.</param>
    /// <returns>The whole address; null when as many work as may.</returns>
    public async Task<string?> MakeAsync(SiteDb db, Guid staff, StaffStage stage, CancellationToken cancel)
    {
        if (stage == StaffStage.Invitation)
            await tickets.EndLinksAsync(db, staff, stage, cancel);
        else if (await tickets.CountLinksAsync(db, staff, stage, cancel) >= MostResets)
            return null;
        var email = await db.Set<StaffMember>().Where(m => m.Id == staff).Select(m => m.Email).SingleAsync(cancel);
        var (ticket, secret) = tickets.AddLink(db, staff, stage);
        var address = site.Of((stage == StaffStage.Invitation ? "/staff/join/" : "/staff/reset/") + secret);
        var until = (clock.GetUtcNow().UtcDateTime + StaffTicket.Lasts(stage)).AtInUk();
        await outbox.QueueAsync(
            db,
            stage == StaffStage.Invitation ? "staff-invitation" : "staff-reset",
            ticket.ToString(),
            EmailAddress.Parse(email!, null),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["link"] = address, ["until"] = until },
            cancel: cancel
        );
        return address;
    }

    /// <summary>Whose link this is; null when it is wrong, used, ended or too old, or when the person is disabled.</summary>
    public async Task<LinkOwner?> FindAsync(SiteDb db, string? secret, StaffStage stage, CancellationToken cancel)
    {
        if (
            string.IsNullOrEmpty(secret) || await tickets.FindAsync(db, new(Secret.Hash(secret), null, null), stage, cancel) is not { } held
        )
            return null;
        return await db.Set<StaffMember>()
            .Where(m => m.Id == held.StaffId)
            .Select(m => new LinkOwner(held.Id, m.Id, m.Name, m.Email!, m.JoinedAt != null))
            .SingleAsync(cancel);
    }
}
