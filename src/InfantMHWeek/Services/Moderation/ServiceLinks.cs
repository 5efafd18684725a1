using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

/// <summary>A service in somebody's hand.</summary>
/// <param name="Mailed">Its holder reads the organisation's mail.</param>
/// <param name="Staff">The member of staff who acts for the organisation, if one does.</param>
sealed record ManagedService(FamilyService Service, bool Mailed, ClaimsPrincipal? Staff)
{
    public string Who => Staff?.StaffName() ?? FamilyService.Organiser;
}

static class ServiceLinks
{
    /// <summary>Makes a link; it is kept with what the caller saves.</summary>
    public static string NewServiceLink(this SiteDb db, FamilyService service, bool mailed, DateTime now) =>
        db.Issue(hash => new ServiceLink
        {
            Hash = hash,
            ServiceId = service.Id,
            Mailed = mailed,
            MadeAt = now,
        });

    /// <summary>
    /// All that a key opens, the one that its link was mailed for first: a mailed link opens all services that its organisation has
    /// under the same address.
    /// </summary>
    /// <returns>Null for a key that opens nothing.</returns>
    public static async Task<IReadOnlyList<ManagedService>?> OpenServicesAsync(
        this SiteDb db,
        ManageLinkAccess key,
        CancellationToken cancel
    )
    {
        var home = await db.OpenHomeAsync(key, cancel);
        var link = key is { Staff: null, Home: null }
            ? await db.OpenedByHash<ServiceLink>(key.Hash).AsNoTracking().SingleOrDefaultAsync(cancel)
            : new ServiceLink
            {
                Hash = "",
                ServiceId = key.Asked,
                Mailed = key.Staff is null,
                MadeAt = default,
            };
        if (link is null || (key.Home is not null && home is null))
            return null;
        var whole = db.Set<FamilyService>().Include(s => s.Points).Include(s => s.Steps).AsSplitQuery();
        if (await whole.SingleOrDefaultAsync(s => s.Id == link.ServiceId, cancel) is not { } first)
            return null;
        if (home is not null && (first.Contact != home.Contact || !first.IsForOrganiser))
            return null;
        if (key.Staff is { } staff)
            return [new(first, Mailed: false, staff)];
        if (!link.Mailed)
            return first.ConfirmedAt is null ? [new(first, Mailed: false, Staff: null)] : null;
        var head = await JoinedAsync(db, whole, first, cancel) ?? first;
        var others = await whole
            .Where(s => s.OrganisationId == first.OrganisationId || s.OrganisationId == head.OrganisationId)
            .Where(s => s.Id != first.Id && s.Id != head.Id && s.WithdrawnAt == null)
            .OrderBy(s => s.Id)
            .ToListAsync(cancel);
        // The one that was joined comes last: its page says what became of it.
        IEnumerable<FamilyService> all = others.Where(s => s.Contact == first.Contact).Prepend(head);
        return [.. (head == first ? all : all.Append(first)).Select(s => new ManagedService(s, Mailed: true, Staff: null))];
    }

    /// <summary>What staff joined is looked after by the old link too, where both were looked after from the same address.</summary>
    static async Task<FamilyService?> JoinedAsync(
        SiteDb db,
        IQueryable<FamilyService> whole,
        FamilyService first,
        CancellationToken cancel
    ) =>
        await db.JoinedAsync(first, cancel) is { } joined && joined.Contact == first.Contact
            ? await whole.SingleAsync(s => s.Id == joined.Id, cancel)
            : null;

    public static async Task<ManagedService?> OpenServiceAsync(this SiteDb db, ManageLinkAccess key, Guid id, CancellationToken cancel) =>
        (await db.OpenServicesAsync(key, cancel))?.FirstOrDefault(h => h.Service.Id == id);
}
