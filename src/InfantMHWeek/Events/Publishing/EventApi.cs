using System.Globalization;
using System.Text.Json;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Events.Publishing;

/// <summary>An event that whoever holds it should no longer show.</summary>
/// <param name="Why"><c>withdrawn</c>, or <c>elsewhere</c>: it is not, or no longer, in the region that was asked for.</param>
sealed record GoneEvent(Guid Id, string At, string Why);

/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Gone">Null where all events are asked for, and not what changed.</param>
/// <param name="AsOf">From when to ask what changed, once all pages have been read.</param>
sealed record EventPageAnswer(
    string Version,
    IReadOnlyList<PublishedEvent> Events,
    string? Next,
    string? NextUrl,
    IReadOnlyList<GoneEvent>? Gone,
    string? AsOf
);

/// <summary>
/// The interface for programs: read-only, public facts only, version 1.1. A cursor says where the next page begins. What changed is read in
/// the order in which it was stored, so nothing is missed that happens meanwhile; what was withdrawn is kept for good, and told.
/// </summary>
static class EventApi
{
    public const string Path = "/api/events";

    public static void MapEventApi(this IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods(Path, ReadMethods.All, ListAsync)
            .WithName("ListEvents")
            .WithSummary("Approved events, in the order of their ids.")
            .Produces<EventPageAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes
            .MapMethods("/openapi/v1.json", ReadMethods.All, (SiteAddress address, IOptions<EventSettings> settings, HttpContext http) =>
            {
                http.AllowPrograms();
                return ETagText.Send(http, EventApiDescription.Of(address, settings.Value).ToJsonString(), "application/json");
            })
            .ExcludeFromDescription();
    }

    /// <summary>Programs in browsers may read the answer, and what its headers say of the next one.</summary>
    public static void AllowPrograms(this HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.AccessControlExposeHeaders = "ETag, Link";
    }

    public static IResult Refuse(string words) =>
        TypedResults.Problem(words, statusCode: StatusCodes.Status400BadRequest, title: "We could not read that.");

    public static string Instant(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    static async Task<IResult> ListAsync(SiteDb db, SiteAddress address, HttpContext http, PageClock clock, CancellationToken cancel)
    {
        http.AllowPrograms();
        if (EventApiRequest.Read(http.Request.Query, out var wrong) is not { } asked)
            return Refuse(wrong);
        var pages = new EventApiPages(db, address, clock.GetUtcNow());
        var answer = asked.SinceMs is null ? await pages.AllAsync(asked, cancel) : await pages.ChangedAsync(asked, cancel);
        if (answer.Next is { } next)
        {
            answer = answer with { NextUrl = address.Of(Path + Continued(http.Request.Query, next)) };
            http.Response.Headers.Link = $"<{answer.NextUrl}>; rel=\"next\"";
        }
        return ETagText.Send(http, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), "application/json");
    }

    static string Continued(IQueryCollection query, string cursor) =>
        QueryString
            .Create(
                ((string[])["region", "nation", "limit", "updated-since"])
                    .Select(name => KeyValuePair.Create(name, (string?)query[name].ToString()))
                    .Where(p => !string.IsNullOrEmpty(p.Value))
                    .Append(new("cursor", cursor))
            )
            .Value!;
}
