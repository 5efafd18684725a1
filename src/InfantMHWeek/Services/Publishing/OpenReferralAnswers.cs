using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InfantMHWeek.Services.Publishing;

/// <summary>Answers in the form of the standard: pages of a list, one object, or why there is none.</summary>
static class OpenReferralAnswers
{
    public const int PerPage = 50,
        MostPerPage = 100;
    public const string NdJson = "ndjson";

    public static (int Page, int Size) PageOf(HttpContext http, int mostPerPage = MostPerPage, int perPage = PerPage)
    {
        return (Number("page", 1, 100_000), Number("per_page", perPage, mostPerPage));

        int Number(string name, int otherwise, int most) =>
            int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Math.Clamp(number, 1, most)
                : otherwise;
    }

    public static JsonObject Page(HttpContext http, IEnumerable<JsonObject> all)
    {
        var ((page, size), list) = (PageOf(http), all.ToList());
        return Envelope(list.Count, page, size, [.. list.Skip((page - 1) * size).Take(size)]);
    }

    public static JsonObject Envelope(int count, int page, int size, IReadOnlyList<JsonObject> contents)
    {
        var pages = Math.Max(1, (count + size - 1) / size);
        return new()
        {
            ["total_items"] = count,
            ["total_pages"] = pages,
            ["page_number"] = page,
            ["size"] = contents.Count,
            ["first_page"] = page == 1,
            ["last_page"] = page >= pages,
            ["empty"] = contents.Count == 0,
            ["contents"] = new JsonArray([.. contents]),
        };
    }

    public static IResult Send(HttpContext http, JsonObject answer)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Request.Query["format"] == NdJson && answer["contents"] is JsonArray contents
            ? ETagText.Send(http, string.Concat(contents.Select(c => c!.ToJsonString() + "\n")), "application/x-ndjson")
            : ETagText.Send(http, answer.ToJsonString(), "application/json");
    }

    public static JsonHttpResult<JsonObject> Missing(HttpContext http) =>
        Say(http, StatusCodes.Status404NotFound, "There is nothing of this id.");

    public static JsonHttpResult<JsonObject> Refuse(HttpContext http) =>
        Say(http, StatusCodes.Status400BadRequest, "A number, date or postcode in the address could not be read.");

    static JsonHttpResult<JsonObject> Say(HttpContext http, int status, string words)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Json(new JsonObject { ["title"] = words, ["status"] = status }, statusCode: status);
    }

    public static IResult Found(HttpContext http, string id, IEnumerable<JsonObject> all) =>
        all.FirstOrDefault(o => (string?)o["id"] == id) is { } found ? Send(http, found) : Missing(http);
}
