using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Health;

/// <summary>How the site is doing, for people who do not run servers: what is fine, what needs somebody, and what to do.</summary>
sealed class IndexModel(SiteHealthItems site, SiteMetrics metrics, Traffic traffic, SiteDb db, IEnumerable<Job> jobs) : PageModel
{
    public IReadOnlyList<HealthItem> NeedSomebody { get; private set; } = [];
    public IReadOnlyList<HealthItem> Fine { get; private set; } = [];
    public IReadOnlyList<Chart> Charts { get; private set; } = [];
    public IReadOnlyList<JobState> Jobs { get; private set; } = [];
    public DateTime Since => traffic.Since;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (readings, day) = (metrics.Read(), traffic.Day());
        var signs = (await site.ReadAsync(cancel)).ToLookup(s => s.ToDo is not null);
        (NeedSomebody, Fine) = ([.. signs[true]], [.. signs[false]]);
        Charts =
        [
            new(
                "What was asked for",
                "Answer",
                "Requests",
                [
                    ("Pages sent as they lay ready", day.Sum(h => h.FromMemory)),
                    ("Other answers that went well", day.Sum(h => h.Made)),
                    ("Addresses that lead nowhere, and forms that were not right", day.Sum(h => h.Refused)),
                    ("Went wrong on our side", day.Sum(h => h.Failed)),
                ]
            ),
            new("Free places", "Group", "Places", Groups(readings, CourseMetrics.Free)),
            new("People on waiting lists", "Group", "People", Groups(readings, CourseMetrics.Waiting)),
            new(
                "Requests by the hour",
                "Hour (UK time)",
                "Requests",
                [
                    .. day.Reverse()
                        .Select(h =>
                            (UkTime.FromUtc(h.Begins).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), h.All)
                        ),
                ]
            ),
        ];
        var known = jobs.Select(j => j.Name).ToList();
        Jobs = await db.Set<JobState>().AsNoTracking().Where(j => known.Contains(j.Name)).OrderBy(j => j.Name).ToListAsync(cancel);
    }

    static IReadOnlyList<(string, long)> Groups(IReadOnlyList<MetricValue> readings, Metric measure) =>
        [.. readings.Where(r => r.Metric == measure).Select(r => ($"{r["cohort"]} ({r["course"]})", (long)r.Value))];
}
