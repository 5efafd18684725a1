using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

/// <param name="Why">What they have in common, in words.</param>
sealed record LikeService(Guid Id, string Title, string Organisation, ServiceState State, string Why);

/// <summary>Finds listings that may be of one service, for a person to look at.</summary>
sealed class ServiceDuplicates
{
    const int MostOfOne = 5;
    readonly List<(LikeService Service, ServiceLikeness Likeness)> all = [];
    readonly Dictionary<string, List<int>> byTrace = new(StringComparer.Ordinal);

    /// <param name="except">A source whose own listings are left out: it knows them apart.</param>
    public static async Task<ServiceDuplicates> LoadAsync(SiteDb db, CancellationToken cancel, string? except = null)
    {
        var index = new ServiceDuplicates();
        var services = db.Set<FamilyService>()
            .AsNoTracking()
            .Where(s => s.WithdrawnAt == null && s.DeclinedAt == null && s.ClosedAt == null && s.SentAt != null)
            .Where(s => except == null || s.Source == null || s.Source != except)
            .OrderBy(s => s.Id)
            .AsAsyncEnumerable();
        await foreach (var service in services.WithCancellation(cancel))
            index.Add(new(service.Id, service.Latest.Title, service.Latest.Organisation, service.State, ""), service.Latest);
        return index;
    }

    public void Add(LikeService service, ServiceDetails details)
    {
        var likeness = ServiceLikeness.Of(details);
        foreach (var trace in Traces(likeness))
        {
            if (!byTrace.TryGetValue(trace, out var list))
                byTrace.Add(trace, list = []);
            list.Add(all.Count);
        }
        all.Add((service, likeness));
    }

    /// <summary>Those that may be the same, the one itself left out.</summary>
    public IReadOnlyList<LikeService> Like(Guid id, ServiceDetails details)
    {
        var likeness = ServiceLikeness.Of(details);
        return
        [
            .. Traces(likeness)
                .SelectMany(t => byTrace.GetValueOrDefault(t) ?? [])
                .Distinct()
                .Order()
                .Select(i => all[i])
                .Where(a => a.Service.Id != id)
                .Select(a => (a.Service, Why: likeness.InCommonWith(a.Likeness)))
                .Where(a => a.Why is not null)
                .Select(a => a.Service with { Why = a.Why! })
                .Take(MostOfOne),
        ];
    }

    /// <summary>Two of the same share at least one of these.</summary>
    static IEnumerable<string> Traces(ServiceLikeness likeness)
    {
        if (likeness.Phone.Length > 0)
            yield return "phone " + likeness.Phone;
        foreach (var postcode in likeness.Postcodes)
            yield return "postcode " + postcode;
        foreach (var town in likeness.Towns)
            yield return "town " + town;
        foreach (var cell in likeness.Points.Select(p => (Math.Round(p.Latitude, 1), Math.Round(p.Longitude, 1))).Distinct())
            yield return $"square {cell}";
        if (likeness.Towns.Count == 0)
            yield return "organisation " + likeness.Organisation;
    }
}
