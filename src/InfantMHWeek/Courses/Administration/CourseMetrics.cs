using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Courses.Administration;

/// <summary>Places and waiting people of the groups that are open, to come or under way.</summary>
static class CourseMetrics
{
    public static readonly Metric Places = new("infantmhweek.course.places", "{place}", "Places of a group"),
        Free = new("infantmhweek.course.places.free", "{place}", "Places nobody holds"),
        Waiting = new("infantmhweek.course.waiting", "{person}", "People on the waiting list");

    public static readonly MetricSource Source = new([Places, Free, Waiting], Read);

    static IReadOnlyList<MetricValue> Read(IServiceProvider services)
    {
        var (db, now) = (services.GetRequiredService<SiteDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var groups = db.Set<Cohort>()
            .Where(c => c.CancelledAt == null && c.OpensAt != null && (c.EndsAt == null || c.EndsAt > now))
            .OrderBy(c => c.StartsAt)
            .ThenBy(c => c.Id)
            .Select(c => new
            {
                c.Course,
                c.Name,
                c.Places,
                c.PlacesTaken,
                Waiting = db.Set<Application>().Count(a => a.CohortId == c.Id && a.State == ApplicationState.Waiting),
            })
            .ToList();
        return
        [
            .. groups.SelectMany(g =>
                new MetricValue[]
                {
                    new(Places, g.Places, ("course", g.Course), ("cohort", g.Name)),
                    new(Free, Math.Max(0, g.Places - g.PlacesTaken), ("course", g.Course), ("cohort", g.Name)),
                    new(Waiting, g.Waiting, ("course", g.Course), ("cohort", g.Name)),
                }
            ),
        ];
    }
}
