using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>Where a course stands, and the one thing to do about it, for the home page.</summary>
sealed record HomeCourse(string Title, string Path, string State, string More, string Label, string To)
{
    public static PageAdditionSource Source(LiveRows<HomeCourse> live) =>
        new(path => path == "/", (services, _, cancel) => MakeAsync(live, services, cancel));

    static async Task<PageAddition?> MakeAsync(LiveRows<HomeCourse> live, IServiceProvider services, CancellationToken cancel)
    {
        var seenElsewhere = services.GetRequiredService<PageClock>().OtherUtc is not null;
        var rows = seenElsewhere ? await ReadAsync(services, cancel) : await live.GetAsync(cancel);
        return new("/Courses/_OnHome.cshtml", rows ?? [])
        {
            True = rows is null || seenElsewhere ? null : live.WhileTheSame(rows),
            LacksRows = rows is null,
        };
    }

    /// <summary>One for each course that has a page.</summary>
    public static async Task<IReadOnlyList<HomeCourse>> ReadAsync(IServiceProvider services, CancellationToken cancel)
    {
        var now = services.GetRequiredService<PageClock>().GetUtcNow().UtcDateTime;
        var pages = services.GetRequiredService<PublicPages>().Below("/courses");
        if (pages.Count == 0)
            return [];
        var cohorts = await services
            .GetRequiredService<SiteDb>()
            .Set<Cohort>()
            .Where(c => c.OpensAt != null && c.CancelledAt == null && (c.EndsAt == null || c.EndsAt > now))
            .ToListAsync(cancel);
        return [.. pages.Select(page => Of(page, cohorts.Where(c => page.Path == "/courses/" + c.Course), now))];
    }

    static HomeCourse Of(PageLink page, IEnumerable<Cohort> cohorts, DateTime now)
    {
        var stages = cohorts.ToLookup(c => c.StageAt(now));
        HomeCourse Says(string state, string more, string label, string to) =>
            new(page.Label, page.Path, state, more, label, page.Path + to);

        var open = stages[CohortStage.Open].OrderBy(c => c.PlacesLeft == 0).ThenBy(c => c.ClosesAt ?? DateTime.MaxValue).FirstOrDefault();
        if (open is not null)
        {
            var until = open.ClosesAt is { } closes ? "until " + closes.WithWeekday() : "";
            return open.PlacesLeft > 0
                ? Says("Applications are open", until, "Apply for a place", "/apply")
                : Says("All places are taken", "You can join the waiting list " + until, "Join the waiting list", "/apply");
        }
        if (stages[CohortStage.Coming].Min(c => c.OpensAt) is { } opens)
            return Says("Applications open on " + opens.WithWeekday(), "We can tell you on the day", "Register your interest", "/interest");
        return Says(
            stages[CohortStage.Closed].Any() ? "Applications have closed" : "No course is open at the moment",
            "We can write to you once, when one opens",
            "Register your interest",
            "/interest"
        );
    }
}
