using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Tells people by mail what was changed about how they sign in, so that they notice if it was somebody else.</summary>
sealed class StaffNotices(Outbox outbox, SiteAddress site, TimeProvider clock)
{
    public const string Kind = "staff-notice";

    /// <param name="db">The context of the write that it tells of.</param>
    /// <param name="what">A whole sentence.</param>
    /// <param name="where">The browser, or who did it.</param>
    public async Task TellAsync(SiteDb db, Guid staff, string what, string where, CancellationToken cancel)
    {
        var active = await db.Set<StaffMember>()
            .Where(m => m.DisabledAt == null && m.Email != null)
            .OrderBy(m => m.Name)
            .Select(m => new
            {
                m.Id,
                m.Name,
                m.Email,
                m.Roles,
                Joined = m.JoinedAt != null,
            })
            .ToListAsync(cancel);
        if (active.Find(m => m.Id == staff) is not { } person)
            return;
        var others = active.Where(m => m.Id != staff && m.Joined && m.Roles.Contains(StaffRole.Administrator)).Select(m => m.Name).ToList();
        await outbox.QueueAsync(
            db,
            Kind,
            $"{staff:N} {Guid.CreateVersion7(clock.GetUtcNow()):N}",
            EmailAddress.Parse(person.Email!, null),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["what"] = what,
                ["when"] = clock.GetUtcNow().UtcDateTime.InUk(),
                ["where"] = where,
                ["link"] = site.Of("/staff/forgot"),
                ["administrators"] = others.Count == 0 ? "another administrator" : string.Join(" or ", others),
            },
            cancel: cancel
        );
    }
}
