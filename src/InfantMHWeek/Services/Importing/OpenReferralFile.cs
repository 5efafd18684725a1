using System.Globalization;
using System.Text.Json;

namespace InfantMHWeek.Services.Importing;

/// <summary>
/// The records of a feed by Open Referral, in whatever form a source gives them: an envelope with a page, several of them, a list, one
/// service, or one a line.
/// </summary>
static class OpenReferralFile
{
    public const int MostBytes = 96 * 1024 * 1024,
        MostRecords = 50_000;

    /// <param name="Whole">No page is missing, as far as the file says.</param>
    public sealed record Contents(IReadOnlyList<JsonElement> Records, IReadOnlyList<ImportProblem> Problems, bool Whole);

    public static Contents Open(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Refuse("This file is saved as UTF-16. JSON is UTF-8: please save it so.");
        var (records, problems, whole) = (new List<JsonElement>(), new List<ImportProblem>(), true);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
                whole &= Take(JsonElement.ParseValue(ref reader), records, problems);
        }
        catch (JsonException problem)
        {
            if (ByLine(bytes) is { Records.Count: > 0 } lines)
                return lines;
            return Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This is no whole JSON: it breaks off or is broken in line {problem.LineNumber + 1}, "
                        + $"after {problem.BytePositionInLine} bytes."
                )
            );
        }
        if (records.Count > MostRecords)
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"It has more than {MostRecords:N0} services."));
        if (records.Count == 0 && problems.Count == 0)
            problems.Add(new("", "", "There is no service in it."));
        return new(records, problems, whole && records.Count > 0);
    }

    public static SourceRecords Read(Contents contents, ImportSource source, DateOnly today)
    {
        var (reader, listings, problems) = (new OpenReferralListing(source, today), new List<SourceListing>(), contents.Problems.ToList());
        var (seen, guids) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<Guid, int>());
        foreach (var (index, record) in contents.Records.Index())
        {
            var (number, id) = (index + 1, SourceIds.Of(record));
            var where = string.Create(CultureInfo.InvariantCulture, $"Record {number}") + (id.Length > 0 ? $" (id {id})" : "");
            if (id.Length > 0 && !seen.TryAdd(id, number))
            {
                problems.Add(new(where, "id", $"It is the id of record {seen[id]} too."));
                continue;
            }
            if (reader.Read(record, where, problems, out _) is not { } listing)
                continue;
            if (guids.TryAdd(listing.Id, number))
                listings.Add(listing);
            else
                problems.Add(new(where, "id", $"It is the id of record {guids[listing.Id]} too, written otherwise."));
        }
        return new(listings, problems, seen.Keys.ToHashSet(StringComparer.Ordinal), contents.Whole);
    }

    static Contents Refuse(string words) => new([], [new("", "", words)], Whole: false);

    /// <returns>False for a page of several that says of itself that it is not the last.</returns>
    static bool Take(JsonElement value, List<JsonElement> records, List<ImportProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var whole = true;
            foreach (var item in value.EnumerateArray())
                whole &= IsPage(item) ? Take(item, records, problems) : Take1(item, records, problems);
            return whole;
        }
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new("", "", "This is no list of services."));
            return false;
        }
        if (
            value.TryGetProperty("content", out _)
            && (value.TryGetProperty("totalElements", out _) || value.TryGetProperty("number", out _))
        )
            return Refused("This is version 1 of the standard (Open Referral UK 1.0). Ask the source for its feed of version 3.0.");
        if (value.TryGetProperty("resources", out _) && value.TryGetProperty("profile", out _))
            return Refused("This is the description of a package of tables (HSDS 1 or 2). We read JSON of Open Referral UK 3.0.");
        if (value.TryGetProperty("openapi_url", out _) && value.TryGetProperty("version", out var version))
            return Refused(
                $"This is the first page of a feed of version {version}. Its services are at the address that ends with /services."
            );
        if (!IsPage(value))
            return Take1(value, records, problems);
        foreach (var item in List(value).EnumerateArray())
            Take1(item, records, problems);
        return IsLastOf(value, records.Count);

        bool Refused(string words)
        {
            problems.Add(new("", "", words));
            return false;
        }
    }

    static bool Take1(JsonElement item, List<JsonElement> records, List<ImportProblem> problems)
    {
        if (item.ValueKind == JsonValueKind.Object)
            records.Add(item);
        else
            problems.Add(new(string.Create(CultureInfo.InvariantCulture, $"After record {records.Count}"), "", "This is no service."));
        return true;
    }

    internal static bool IsPage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && List(value).ValueKind == JsonValueKind.Array;

    static JsonElement List(JsonElement page) =>
        page.TryGetProperty("contents", out var contents) ? contents
        : page.TryGetProperty("services", out var services) ? services
        : default;

    /// <summary>The pages of one file follow each other: all of them are there when the last says so and the count is right.</summary>
    static bool IsLastOf(JsonElement page, int taken) =>
        !page.TryGetProperty("total_items", out var total) || !total.TryGetInt32(out var count) || taken >= count;

    /// <summary>One record a line: a broken one leaves the others whole.</summary>
    static Contents? ByLine(ReadOnlySpan<byte> bytes)
    {
        var (records, problems, number, good) = (new List<JsonElement>(), new List<ImportProblem>(), 0, 0);
        foreach (var range in bytes.Split((byte)'\n'))
        {
            number++;
            var line = bytes[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            try
            {
                var reader = new Utf8JsonReader(line);
                var value = JsonElement.ParseValue(ref reader);
                if (value.ValueKind != JsonValueKind.Object)
                    return null;
                Take1(value, records, problems);
                good++;
            }
            catch (JsonException)
            {
                if (line[0] != (byte)'{' || problems.Count > good + 10)
                    return null;
                problems.Add(
                    new(string.Create(CultureInfo.InvariantCulture, $"Line {number}"), "", "It is broken: this is no whole JSON.")
                );
            }
        }
        return new(records, problems, Whole: false);
    }
}
