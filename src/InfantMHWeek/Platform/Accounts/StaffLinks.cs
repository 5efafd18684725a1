using System.Globalization;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Makes and takes one-time links. A new one makes the older ones of its kind worthless.</summary>
public sealed class StaffLinks(SiteDb db, Outbox outbox, SiteAddress site, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes a link and puts the mail that brings it into the outbox. The caller saves, and only then it counts.</summary>
    /// <returns>The whole address.</returns>
    public async Task<string> Make(StaffMember member, StaffLinkKind kind, CancellationToken cancel)
    {
        var (now, secret) = (Now, Secret.New());
        foreach (var older in await db.Set<StaffLink>().Where(l => l.StaffId == member.Id && l.Kind == kind && l.UsedAt == null).ToListAsync(cancel)) older.UsedAt = now;
        var link = new StaffLink { Id = Guid.CreateVersion7(clock.GetUtcNow()), StaffId = member.Id, Kind = kind, Hash = Secret.Hash(secret), ExpiresAt = now + StaffLink.Lasts(kind) };
        db.Set<StaffLink>().Add(link);
        var address = site.Of((kind == StaffLinkKind.Invitation ? "/staff/join/" : "/staff/reset/") + secret);
        var until = UkTime.FromUtc(link.ExpiresAt).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-GB"));
        outbox.Queue(kind == StaffLinkKind.Invitation ? "staff-invitation" : "staff-reset", link.Id.ToString(), EmailAddress.Parse(member.Email!, null),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["link"] = address, ["until"] = until });
        return address;
    }

    /// <summary>Whose link this is; null when it is wrong, used, or too old, or when the person is disabled.</summary>
    public Task<StaffMember?> Find(string? secret, StaffLinkKind kind, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(secret)) return Task.FromResult<StaffMember?>(null);
        var (now, hash) = (Now, Secret.Hash(secret));
        return db.Set<StaffLink>().Where(l => l.Hash == hash && l.Kind == kind && l.UsedAt == null && l.ExpiresAt > now)
            .Join(db.Set<StaffMember>().Where(m => m.DisabledAt == null), l => l.StaffId, m => m.Id, (_, m) => m).FirstOrDefaultAsync(cancel);
    }

    /// <returns>False when somebody else was quicker.</returns>
    public async Task<bool> Use(string secret, CancellationToken cancel)
    {
        var (now, hash) = (Now, Secret.Hash(secret));
        return await db.Set<StaffLink>().Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancel) == 1;
    }
}
