using System.Globalization;
using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

/// <summary>What staff do with the outbox. Each act is one write with its line in the audit log.</summary>
sealed class MailAdministration(SiteStore store, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Queues a mail to the person who asks for it.</summary>
    public Task SendTestAsync(ClaimsPrincipal by, CancellationToken cancel)
    {
        var me = by.StaffId();
        return store.WriteAsync(
            async (db, services) =>
            {
                var email = await db.Set<StaffMember>().Where(m => m.Id == me).Select(m => m.Email!).FirstAsync(cancel);
                await services
                    .GetRequiredService<Outbox>()
                    .QueueAsync(
                        db,
                        "test",
                        Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                        EmailAddress.Parse(email, CultureInfo.InvariantCulture),
                        new Dictionary<string, string>(StringComparer.Ordinal) { ["time"] = Now.InUk() },
                        cancel: cancel
                    );
                db.Record(clock, by, "sent a test mail");
                return true;
            },
            cancel
        );
    }

    /// <summary>Puts mails that were given up back on their way.</summary>
    /// <param name="chosen">These; null for all.</param>
    /// <param name="kind">When it is all: only those of this kind, or of every kind.</param>
    /// <returns>How many there were still to be sent.</returns>
    public Task<int> SendAgainAsync(IReadOnlyList<Guid>? chosen, string? kind, ClaimsPrincipal by, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var mails = new MailList(MailList.GivenUp, chosen is null ? kind : null, null, 1).In(db);
                if (chosen is not null)
                    mails = mails.Where(m => chosen.Contains(m.Id));
                // Whoever sends it again knows better than the address's last refusal.
                await db.Set<RefusedRecipient>().Where(r => mails.Any(m => m.Reader == r.Reader)).ExecuteDeleteAsync(cancel);
                var again = await OutboxMail.SendAgainAsync(mails, Now, cancel);
                if (again > 0)
                    db.Record(
                        clock,
                        by,
                        again == 1 ? "sent a mail again" : "sent mails again",
                        chosen is null ? $"{again}, {kind ?? "all"}" : string.Join(' ', chosen.Take(5))
                    );
                return again;
            },
            cancel
        );

    /// <summary>Lets mail that is held be tried at once.</summary>
    public Task TryNowAsync(CancellationToken cancel) =>
        store.WriteAsync(db => db.Set<MailHold>().ExecuteUpdateAsync(set => set.SetProperty(h => h.TryNow, true), cancel), cancel);

    /// <summary>Forgets that an address refused mail.</summary>
    public Task LiftAsync(EmailAddress reader, ClaimsPrincipal by, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                await RefusedRecipient.LiftAsync(db, reader, cancel);
                db.Record(clock, by, "let mail to an address be tried again");
            },
            cancel
        );
}
