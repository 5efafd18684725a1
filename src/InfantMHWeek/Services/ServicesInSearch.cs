using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services;

/// <summary>The services that the site's search finds: those that the finder lists.</summary>
static class ServicesInSearch
{
    const int Most = 5000,
        ReadAtOnce = 500;

    public static readonly SearchSource Source = new("services", "Service", "Services", ReadAsync);

    static async Task<IReadOnlyList<SearchItem>> ReadAsync(
        IServiceProvider services,
        IReadOnlyDictionary<string, SearchItem> known,
        CancellationToken cancel
    )
    {
        var db = services.GetRequiredService<SiteDb>();
        var versions = await db.Set<FamilyService>()
            .WherePublic()
            .Where(s => s.ClosedAt == null && s.UnlistedAt == null)
            .OrderByDescending(s => s.Id)
            .Take(Most)
            .Select(s => new
            {
                s.Id,
                s.Slug,
                s.Revision,
            })
            .ToListAsync(cancel);
        var items = new List<SearchItem>(versions.Count);
        var changed = new Dictionary<Guid, string>();
        foreach (var s in versions)
        {
            var version = $"{s.Revision}";
            if (known.GetValueOrDefault("/services/" + s.Slug) is { } same && same.Version == version)
                items.Add(same);
            else
                changed[s.Id] = version;
        }
        foreach (var some in changed.Keys.Chunk(ReadAtOnce).Select(c => c.ToList()))
        {
            var read = await db.Set<FamilyService>().WherePublic().Where(s => EF.Parameter(some).Contains(s.Id)).ToListAsync(cancel);
            items.AddRange(read.Select(s => ItemOf(new(s), changed[s.Id])));
        }
        return items;
    }

    static SearchItem ItemOf(PublicService service, string version)
    {
        var live = service.Live;
        return new(
            service.Path,
            version,
            service.TitleWithState,
            live.Summary,
            string.Join(
                ". ",
                new[] { live.Description, live.Organisation }
                    .Concat(live.Places.Select(p => p.Town))
                    .Concat(ServiceLabels.NamesOf(live.Needs))
                    .Concat(ServiceLabels.NamesOf(live.Audience))
                    .Concat(ServiceLabels.NamesOf(live.Languages))
                    .Where(t => t.Length > 0)
            ),
            service.Where + (service.Sample ? " · Sample, not a real service" : "")
        );
    }
}
