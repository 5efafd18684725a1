using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// All events that were ever public in the order of their changes, by OpenActive's Realtime Paged Data Exchange: each stands once, where
/// it last changed, and goes to the end when it changes again. What was withdrawn stays, as deleted and without a word of it.
/// </summary>
static class OpenActiveFeed
{
    public const string DatasetPath = "/api/openactive",
        Path = "/api/openactive/sessions";
    public const int MostAtOnce = 500;

    /// <summary>Of a page whose items are known, and of the last one, which programs ask for again and again.</summary>
    const string ForAMinute = "public, max-age=60",
        ForAMoment = "public, max-age=8";

    /// <param name="Ms">After which place in the order of changes; with an id, after that event at this place.</param>
    sealed record Position(long? Ms, Guid? Id, int? Limit)
    {
        /// <returns>Null where it cannot be read.</returns>
        public static Position? Read(IQueryCollection query)
        {
            var (after, id, limit) = (query["afterTimestamp"].ToString(), query["afterId"].ToString(), query["limit"].ToString());
            var (ms, asked, count) = (0L, Guid.Empty, MostAtOnce);
            var read =
                (after.Length == 0 || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out ms))
                && (id.Length == 0 || after.Length > 0 && Guid.TryParseExact(id, "D", out asked))
                && (
                    limit.Length == 0
                    || int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MostAtOnce
                );
            return read ? new(after.Length > 0 ? ms : null, id.Length > 0 ? asked : null, limit.Length > 0 ? count : null) : null;
        }

        public string Query =>
            QueryString
                .Create(
                    new[]
                    {
                        KeyValuePair.Create("afterTimestamp", Ms?.ToString(CultureInfo.InvariantCulture)),
                        KeyValuePair.Create("afterId", Id?.ToString("D")),
                        KeyValuePair.Create("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
                    }.Where(p => p.Value is not null)
                )
                .Value
            ?? "";
    }

    public static void MapOpenActive(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, ReadMethods.All, SessionsAsync).ExcludeFromDescription();
        routes.MapMethods(DatasetPath, ReadMethods.All, Dataset).ExcludeFromDescription();
    }

    static async Task<IResult> SessionsAsync(
        SiteDb db,
        SiteAddress address,
        IOptions<EventSettings> settings,
        HttpContext http,
        CancellationToken cancel
    )
    {
        http.AllowPrograms();
        if (Position.Read(http.Request.Query) is not { } from)
            return EventApi.Refuse(
                $"afterTimestamp is a whole number, afterId an id beside it, limit from 1 to {MostAtOnce}: follow \"next\" as it is."
            );
        var page = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => !e.Sample)
            .ChangedAfter(from.Ms ?? 0, from.Id ?? Guid.Empty)
            .Take(from.Limit ?? MostAtOnce)
            .ToListAsync(cancel);
        var next = page.Count == 0 ? from : new(page[^1].Changed, page[^1].Event.Id, from.Limit);
        var answer = new JsonObject
        {
            ["next"] = address.Of(Path + next.Query),
            ["items"] = new JsonArray([.. page.Select(one => (JsonNode)Item(one, address))]),
            ["license"] = settings.Value.DataLicence,
        };
        var sent = ETagText.Send(http, answer.ToJsonString(), "application/json");
        http.Response.Headers.CacheControl = page.Count == 0 ? ForAMoment : ForAMinute;
        return sent;
    }

    static JsonObject Item(ChangedEvent one, SiteAddress address)
    {
        var item = new JsonObject
        {
            ["state"] = one.WithdrawnAt is null ? "updated" : "deleted",
            ["kind"] = "SessionSeries",
            ["id"] = one.Event.Id.ToString("D"),
            ["modified"] = one.Changed,
        };
        if (one.WithdrawnAt is null)
            item["data"] = OpenActiveSession.Of(one, address);
        return item;
    }

    /// <summary>What the feed is and under which licence, for catalogues.</summary>
    static IResult Dataset(SiteAddress address, IOptions<EventSettings> settings, HttpContext http)
    {
        http.AllowPrograms();
        var publisher = new JsonObject
        {
            ["@type"] = "Organization",
            ["name"] = "Infant Mental Health Awareness Week",
            ["url"] = address.Of("/"),
        };
        var dataset = new JsonObject
        {
            ["@context"] = new JsonArray("https://schema.org/", "https://openactive.io/"),
            ["@type"] = "Dataset",
            ["@id"] = address.Of(DatasetPath),
            ["url"] = address.Of(DatasetPath),
            ["name"] = "Groups and events for babies and their families",
            ["description"] = "Near real-time sessions of the groups, talks and meet-ups that Infant Mental Health Awareness Week lists.",
            ["keywords"] = new JsonArray("Babies", "Families", "Sessions", "OpenActive"),
            ["license"] = settings.Value.DataLicence,
            ["inLanguage"] = new JsonArray("en-GB"),
            ["schemaVersion"] = "https://openactive.io/modelling-opportunity-data/2.0/",
            ["discussionUrl"] = address.Of("/contact"),
            ["documentation"] = address.Of("/events/embed/how"),
            ["publisher"] = publisher,
            ["distribution"] = new JsonArray(
                new JsonObject
                {
                    ["@type"] = "DataDownload",
                    ["name"] = "SessionSeries",
                    ["additionalType"] = "https://openactive.io/SessionSeries",
                    ["encodingFormat"] = "application/vnd.openactive.rpde+json; version=1",
                    ["contentUrl"] = address.Of(Path),
                }
            ),
        };
        return ETagText.Send(http, dataset.ToJsonString(), "application/ld+json");
    }
}
