using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Finding;

/// <summary>The services that an organisation looks after itself, for other features' pages.</summary>
static class ServicesOfOrganisation
{
    public const string Feature = "services";
    const int MostRead = 30;

    public static readonly OrganisationLinks Links = new("Their services", Feature, FindAsync);

    static async Task<IReadOnlyList<(string, PageLink)>> FindAsync(SiteDb db, EmailAddress contact, DateTime now, CancellationToken cancel)
    {
        var own = db.Set<FamilyService>()
            .AsNoTracking()
            .Where(s => s.Contact == contact && s.ConfirmedAt != null && (s.Source == null || s.ClaimedAt != null) && !s.Sample);
        var services = await own.WherePublic()
            .Where(s => s.ClosedAt == null && s.UnlistedAt == null)
            .OrderBy(s => s.Id)
            .Take(MostRead)
            .ToListAsync(cancel);
        // Theirs too is what one of theirs was joined to.
        var gone = await own.Where(s => s.WithdrawnAt != null && s.Live != null).OrderBy(s => s.Id).Take(MostRead).ToListAsync(cancel);
        foreach (var one in gone.Where(s => s.JoinedTo is not null))
            if (await db.JoinedAsync(one, cancel) is { Listed: true } joined)
                services.Add(joined);
        return [.. services.DistinctBy(s => s.Id).Select(s => (s.Live!.Organisation, new PageLink("/services/" + s.Slug, s.Live.Title)))];
    }

    /// <summary>The address at which the organisation of a public service is known to read; null where that is not known.</summary>
    public static Task<EmailAddress?> ContactAsync(SiteDb db, Guid service, CancellationToken cancel) =>
        db.Set<FamilyService>()
            .Where(s => s.Id == service && s.ConfirmedAt != null && (s.Source == null || s.ClaimedAt != null) && !s.Sample)
            .Select(s => (EmailAddress?)s.Contact)
            .FirstOrDefaultAsync(cancel);
}
