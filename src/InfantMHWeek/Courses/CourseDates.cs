using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>What the course's own page says of its groups at this moment, and the one thing to do next.</summary>
sealed record CourseDates(string Course, IReadOnlyList<CourseDates.Run> Runs, int HeadStartHours)
{
    /// <summary>One group: its sessions, its places, and whether people may apply.</summary>
    public sealed record Run(Cohort Cohort, CohortStage Stage);

    public Run? Open => Runs.FirstOrDefault(r => r.Stage == CohortStage.Open);
    public bool OnlyWaiting => Runs.Where(r => r.Stage == CohortStage.Open).All(r => r.Cohort.PlacesLeft == 0);

    const string Start = "/courses/";
    public static readonly PageAdditionSource Source = new(path => path.StartsWith(Start, StringComparison.Ordinal), MakeAsync);

    static async Task<PageAddition?> MakeAsync(IServiceProvider services, string path, CancellationToken cancel)
    {
        var course = path[Start.Length..];
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var cohorts = await services
            .GetRequiredService<SiteDb>()
            .Set<Cohort>()
            .AsNoTracking()
            .Include(c => c.Sessions)
            .Where(c => c.Course == course && c.OpensAt != null && c.CancelledAt == null && (c.EndsAt == null || c.EndsAt > now))
            .OrderBy(c => c.StartsAt)
            .ToListAsync(cancel);
        var dates = new CourseDates(
            course,
            [.. cohorts.Select(c => new Run(c, c.StageAt(now)))],
            services.GetRequiredService<IOptions<CourseSettings>>().Value.HeadStartHours
        );
        var facts = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        if (cohorts.Count > 0)
            facts["hasCourseInstance"] = new JsonArray([.. cohorts.Select(Instance)]);
        return new("/Courses/_Dates.cshtml", dates, facts);
    }

    static JsonObject Instance(Cohort cohort)
    {
        var online = cohort.Sessions.Any(s => s.OnlineLink is not null);
        var instance = new JsonObject
        {
            ["@type"] = "CourseInstance",
            ["name"] = cohort.Name,
            ["courseMode"] = online
                ? cohort.Sessions.All(s => s.OnlineLink is not null)
                    ? "Online"
                    : "Blended"
                : "Onsite",
            ["maximumAttendeeCapacity"] = cohort.Places,
            ["remainingAttendeeCapacity"] = cohort.PlacesLeft,
            ["subEvent"] = new JsonArray([.. cohort.InOrder.Select(Event)]),
        };
        if (cohort.InOrder.FirstOrDefault() is { } first)
            (instance["startDate"], instance["endDate"]) = (Day(first), Day(cohort.InOrder.Last()));
        return instance;
    }

    static JsonObject Event(CourseSession session) =>
        new()
        {
            ["@type"] = "Event",
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"Session {session.Number}"),
            ["startDate"] = WithOffset(session.StartsUtc),
            ["endDate"] = WithOffset(session.EndsUtc),
            ["location"] = session.Place is { Length: > 0 } place
                ? new JsonObject { ["@type"] = "Place", ["name"] = place }
                : new JsonObject { ["@type"] = "VirtualLocation" },
        };

    static string Day(CourseSession session) => session.Date.ToString("O", CultureInfo.InvariantCulture);

    static string WithOffset(DateTime utc) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), UkTime.Zone).ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);
}
