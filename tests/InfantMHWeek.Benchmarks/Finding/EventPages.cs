using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>The lists of events of a site that runs on a store that was filled: pages, map, calendar, feeds and the API.</summary>
static class EventPages
{
    public static async Task<int> Run(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var (random, districts) = (new Random(2), Gazetteer.Default.Districts.Keys.Order(StringComparer.Ordinal).ToList());
        var regions = Regions.All.Select(r => r.Slug).ToList();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        (string Name, Func<string> Path)[] asked =
        [
            ("near", () => $"/events?near={District()}"),
            ("near, by distance", () => $"/events?near={District()}&sort=distance"),
            ("region", () => $"/events?region={Region()}"),
            ("month", () => $"/events?region={Region()}&view=month&from={Month()}"),
            ("map", () => $"/events?region={Region()}&view=map"),
            ("rare facts", () => $"/events?near={District()}&fact=step-free&fact=bsl&for=fathers"),
            ("calendar", () => $"/events/calendar.ics?region={Region()}"),
            ("feed", () => $"/events/feed.atom?region={Region()}"),
            ("api by region", () => $"/api/events?region={Region()}"),
        ];
        foreach (var (name, path) in asked)
        {
            var times = new List<double>();
            for (var round = 0; round < FinderSpeed.Warm + FinderSpeed.Rounds; round++)
            {
                var next = new Uri(path(), UriKind.Relative);
                var start = Stopwatch.GetTimestamp();
                await client.GetStringAsync(next);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            FinderSpeed.Tell(name, times[FinderSpeed.Warm..]);
        }
        return 0;

        string District() => districts[random.Next(districts.Count)];
        string Region() => regions[random.Next(regions.Count)];
        string Month() => today.AddMonths(random.Next(9)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
