using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Campaign.Library;

/// <summary>What the content can tell of itself.</summary>
static class ContentMetrics
{
    public static readonly Metric Pages = new("infantmhweek.content.pages", "{page}", "Pages that readers can open"),
        Unavailable = new("infantmhweek.content.unavailable", "{page}", "Pages that have no good version to show"),
        Faults = new("infantmhweek.content.faults", "{fault}", "Faults in content as it was last saved"),
        Version = new("infantmhweek.content.version", "1", "Always 1; the label says which version is shown"),
        Changed = new("infantmhweek.content.changed", "s", "When that version was first shown here, in seconds since 1970"),
        FromMemory = new("infantmhweek.pages.from_memory", "{page}", "Pages sent as they lay ready", OnlyGrows: true),
        FoundNothing = new("infantmhweek.search.found_nothing", "{search}", "Searches that nothing answered", OnlyGrows: true);

    public static readonly MetricSource Source = new([Pages, Unavailable, Faults, Version, Changed, FromMemory, FoundNothing], Read);

    static IReadOnlyList<MetricValue> Read(IServiceProvider services)
    {
        var library = services.GetRequiredService<PageLibrary>();
        var site = library.Current;
        var faults = library.Faults.CountBy(f => f.Severity).ToDictionary();
        return
        [
            new(Pages, site.Pages.Count),
            new(Unavailable, site.Broken.Count),
            .. Enum.GetValues<Severity>()
                .Select(s => new MetricValue(Faults, faults.GetValueOrDefault(s), ("severity", s.ToString().ToLowerInvariant()))),
            new(Version, 1, ("version", site.Version)),
            new(Changed, Math.Floor((site.Moment - DateTime.UnixEpoch).TotalSeconds)),
            new(FromMemory, services.GetRequiredService<Traffic>().FromMemory),
            new(FoundNothing, services.GetRequiredService<Traffic>().FoundNothing),
        ];
    }
}
