using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Publishing;

/// <summary>The interface for programs: read-only, public facts only, version 1. A cursor says where the next page begins.</summary>
static class EventApi
{
    const int MostAtOnce = 100;

    public sealed record DateFacts(string Start, string End);

    /// <summary>How it repeats: in words, by RFC 5545, and from when to when it does not take place.</summary>
    public sealed record RepeatFacts(string Words, string Rule, string First, string? Until, IReadOnlyList<BreakFacts> Breaks);

    public sealed record BreakFacts(string From, string To, string? Reason);

    public sealed record EventFacts(
        Guid Id,
        string Url,
        string Title,
        string Summary,
        string Status,
        string? Notice,
        string Attendance,
        string? Venue,
        string? Town,
        string? Postcode,
        double? Latitude,
        double? Longitude,
        string? Region,
        IReadOnlyList<DateFacts> Dates,
        IReadOnlyList<string> Audience,
        IReadOnlyList<string> Stages,
        IReadOnlyDictionary<string, string> Facts,
        string Cost,
        string Organiser,
        string Updated,
        RepeatFacts? Repeats
    );

    public sealed record EventPage(string Version, IReadOnlyList<EventFacts> Events, string? Next);

    public static void MapEventApi(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods("/api/events", [HttpMethods.Get, HttpMethods.Head], List)
            .WithName("ListEvents")
            .WithSummary("Approved events, in the order of their ids.")
            .Produces<EventPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes
            .MapMethods("/openapi/v1.json", [HttpMethods.Get, HttpMethods.Head], (SiteAddress address, HttpContext http) =>
            {
                http.Response.Headers.AccessControlAllowOrigin = "*";
                return ETagText.Send(http, Describe(address).ToJsonString(), "application/json");
            })
            .ExcludeFromDescription();
    }

    static async Task<IResult> List(
        SiteDb db,
        SiteAddress address,
        HttpContext http,
        PageClock clock,
        string? region,
        string? cursor,
        string? limit,
        CancellationToken cancel
    )
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        var after = Guid.Empty;
        if (!string.IsNullOrEmpty(cursor) && !Guid.TryParseExact(cursor, "N", out after))
            return Refuse("The cursor is not one of ours: take it from \"next\".");
        var count = MostAtOnce;
        if (
            !string.IsNullOrEmpty(limit)
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostAtOnce)
        )
            return Refuse($"The limit must be from 1 to {MostAtOnce}.");
        var wanted = Regions.Find(region);
        if (!string.IsNullOrEmpty(region) && wanted == Region.None)
            return Refuse("There is no such region. The description at /openapi/v1.json names them.");

        var events = db.Set<Event>().AsNoTracking().Where(e => e.Id.CompareTo(after) > 0);
        if (wanted != Region.None)
            events = events.Where(e => e.Dates.Any(d => d.Region == wanted));
        var page = await events.OrderBy(e => e.Id).AsPublic().Take(count + 1).ToListAsync(cancel);
        var next = page.Count > count ? page[count - 1].Id.ToString("N") : null;
        var nowUtc = clock.GetUtcNow().UtcDateTime;
        var answer = new EventPage("1", [.. page.Take(count).Select(e => FactsOf(e, address, nowUtc))], next);
        return ETagText.Send(http, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), "application/json");
    }

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Refuse(string words) =>
        TypedResults.Problem(words, statusCode: StatusCodes.Status400BadRequest, title: "We could not read that.");

    static EventFacts FactsOf(PublicEvent e, SiteAddress address, DateTime nowUtc)
    {
        var live = e.Live;
        return new(
            e.Id,
            address.Of(e.Path),
            live.Title,
            live.Summary,
            e.Cancelled ? "cancelled"
                : e.Postponed ? "postponed"
                : "scheduled",
            e.Notice.Length > 0 ? e.Notice : null,
            live.Attendance switch
            {
                Attendance.Online => "online",
                Attendance.Both => "both",
                _ => "in-person",
            },
            live.InPerson ? live.Venue : null,
            live.InPerson ? live.Town : null,
            live.InPerson ? live.Postcode : null,
            live.InPerson ? live.Point?.Latitude : null,
            live.InPerson ? live.Point?.Longitude : null,
            Regions.TileOf(live.Region)?.Slug,
            [.. Dates(e, nowUtc).Select(t => new DateFacts(EventTimes.WithOffset(t.StartUtc), EventTimes.WithOffset(t.EndUtc)))],
            [.. EventLabels.Audiences.Where(a => live.Audience.HasFlag(a.Value)).Select(a => a.Slug)],
            [.. EventLabels.Stages.Where(a => live.Stage.HasFlag(a.Value)).Select(a => a.Slug)],
            EventLabels.Facts.ToDictionary(
                f => f.Slug,
                f =>
                    live.Yes.HasFlag(f.Value) ? "yes"
                    : live.No.HasFlag(f.Value) ? "no"
                    : "not said",
                StringComparer.Ordinal
            ),
            EventLabels.Costs.FirstOrDefault(c => c.Value == live.Cost).Slug ?? "not said",
            live.Organiser,
            EventTimes.WithOffset(e.UpdatedAt),
            RepeatsOf(live.Schedule)
        );
    }

    /// <summary>All dates; of what repeats by a rule those to come, as far as they are known.</summary>
    static IEnumerable<EventTime> Dates(PublicEvent e, DateTime nowUtc) =>
        e.Live.Schedule.Repeat == Repeat.Rule
            ? e.Live.Schedule.All(e.DatesUntil, UkTime.DayOf(nowUtc).AddDays(-Schedule.MostDays)).Where(t => t.EndUtc > nowUtc)
            : e.Live.Schedule.All();

    static RepeatFacts? RepeatsOf(Schedule schedule)
    {
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return schedule.Recurrence is not { } rule
            ? null
            : new(
                ScheduleWords.Every(schedule)!,
                rule.ToString(),
                Day(schedule.Times[0].Day),
                schedule.Until is { } until ? Day(until) : null,
                [.. (schedule.Gaps ?? []).Select(g => new BreakFacts(Day(g.From), Day(g.To), g.Reason.Length > 0 ? g.Reason : null))]
            );
    }

    /// <summary>Written by hand: the generated one would describe the staff's endpoints too, and every form.</summary>
    static JsonObject Describe(SiteAddress address)
    {
        static JsonObject Text() => new() { ["type"] = "string" };
        static JsonObject Parameter(string name, string words, JsonObject schema) =>
            new()
            {
                ["name"] = name,
                ["in"] = "query",
                ["required"] = false,
                ["description"] = words,
                ["schema"] = schema,
            };
        var regions = Text();
        regions["enum"] = new JsonArray([.. Regions.All.Select(r => (JsonNode)r.Slug)]);
        var properties = new JsonObject();
        foreach (var property in typeof(EventFacts).GetProperties())
            properties[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = property.Name switch
            {
                "Latitude" or "Longitude" => new JsonObject { ["type"] = new JsonArray("number", "null") },
                "Dates" => new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["start"] = Text(), ["end"] = Text() },
                    },
                },
                "Repeats" => new JsonObject
                {
                    ["type"] = new JsonArray("object", "null"),
                    ["properties"] = new JsonObject
                    {
                        ["words"] = Text(),
                        ["rule"] = Text(),
                        ["first"] = Text(),
                        ["until"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
                        ["breaks"] = new JsonObject
                        {
                            ["type"] = "array",
                            ["items"] = new JsonObject
                            {
                                ["type"] = "object",
                                ["properties"] = new JsonObject
                                {
                                    ["from"] = Text(),
                                    ["to"] = Text(),
                                    ["reason"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
                                },
                            },
                        },
                    },
                },
                "Audience" or "Stages" => new JsonObject { ["type"] = "array", ["items"] = Text() },
                "Facts" => new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("yes", "no", "not said") },
                },
                "Notice" or "Venue" or "Town" or "Postcode" or "Region" => new JsonObject { ["type"] = new JsonArray("string", "null") },
                _ => Text(),
            };
        var page = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["version"] = Text(),
                ["events"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "object", ["properties"] = properties },
                },
                ["next"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
            },
        };
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Events of Infant Mental Health Awareness Week",
                ["version"] = "1",
                ["description"] = "Approved events only, and no personal data. Times carry their offset from UTC.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = address.Of("/").TrimEnd('/') }),
            ["paths"] = new JsonObject
            {
                ["/api/events"] = new JsonObject
                {
                    ["get"] = new JsonObject
                    {
                        ["operationId"] = "listEvents",
                        ["summary"] = "Approved events, in the order of their ids",
                        ["parameters"] = new JsonArray(
                            Parameter("region", "A nation or region.", regions),
                            Parameter("cursor", "The next of the page before.", Text()),
                            Parameter(
                                "limit",
                                "How many at once.",
                                new()
                                {
                                    ["type"] = "integer",
                                    ["minimum"] = 1,
                                    ["maximum"] = MostAtOnce,
                                }
                            )
                        ),
                        ["responses"] = new JsonObject
                        {
                            ["200"] = new JsonObject
                            {
                                ["description"] = "A page of events.",
                                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = page } },
                            },
                            ["400"] = new JsonObject { ["description"] = "Something in the address could not be read." },
                        },
                    },
                },
            },
        };
    }
}
