using System.Globalization;
using System.Net;
using System.Text.Json;
using InfantMHWeek.Platform.Feeds;

namespace InfantMHWeek.Services.Importing;

/// <summary>Reads the services of one feed that the operator named, from its first page to its last.</summary>
sealed class OpenReferralFeed : IDisposable
{
    const int MostPages = 2000;
    readonly FeedClient client;

    /// <inheritdoc cref="FeedClient(FeedLimits, Func{IPAddress, bool}?)"/>
    /// <param name="longest">For all of it.</param>
    public OpenReferralFeed(
        Func<IPAddress, bool>? mayAsk = null,
        TimeSpan? longest = null,
        long mostBytes = 4L * OpenReferralFile.MostBytes
    ) => client = new(new("application/json", longest ?? TimeSpan.FromMinutes(20), mostBytes, OpenReferralFile.MostBytes), mayAsk);

    /// <summary>All pages of the feed; of services that a list shows without their places, each in full.</summary>
    public async Task<OpenReferralFile.Contents> FetchAsync(Uri feed, Action<string> says, CancellationToken cancel)
    {
        var (records, problems, whole) = (new List<JsonElement>(), new List<ImportProblem>(), true);
        for (var page = 1; ; page++)
        {
            var body = await GetAsync(page == 1 ? feed : WithPage(feed, page), cancel);
            var contents = OpenReferralFile.Open(body);
            records.AddRange(contents.Records);
            if (contents.Records.Count == 0 && page == 1)
                problems.AddRange(contents.Problems);
            if (records.Count > OpenReferralFile.MostRecords)
                throw new FeedException(
                    string.Create(CultureInfo.InvariantCulture, $"The feed has more than {OpenReferralFile.MostRecords:N0} services.")
                );
            if (contents.Records.Count == 0 || !HasMore(body))
                break;
            if (page == MostPages)
                throw new FeedException($"The feed has more than {MostPages} pages, or it never ends.");
            says(string.Create(CultureInfo.InvariantCulture, $"{records.Count:N0} services after {page} pages"));
        }
        var full = new List<JsonElement>(records.Count);
        foreach (var record in records)
            full.Add(IsShort(record) && SourceIds.Of(record) is { Length: > 0 } id ? await WholeAsync(feed, id, record, cancel) : record);
        return new(full, problems, whole && full.Count > 0);
    }

    /// <summary>A list has one-to-one fields only: a service without a single list in it may have more elsewhere.</summary>
    static bool IsShort(JsonElement record) => !record.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.Array);

    async Task<JsonElement> WholeAsync(Uri feed, string id, JsonElement otherwise, CancellationToken cancel)
    {
        var path = feed.AbsolutePath.TrimEnd('/') + "/" + Uri.EscapeDataString(id);
        try
        {
            return
                OpenReferralFile.Open(await GetAsync(new UriBuilder(feed) { Path = path, Query = "" }.Uri, cancel)).Records is [var whole]
                ? whole
                : otherwise;
        }
        catch (FeedException problem) when (problem.Status is not null)
        {
            return otherwise;
        }
    }

    static bool HasMore(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && OpenReferralFile.IsPage(json.RootElement)
            && (
                json.RootElement.TryGetProperty("last_page", out var last)
                    ? last.ValueKind == JsonValueKind.False
                    : json.RootElement.TryGetProperty("total_pages", out var pages)
                        && json.RootElement.TryGetProperty("page_number", out var page)
                        && pages.TryGetInt32(out var all)
                        && page.TryGetInt32(out var now)
                        && now < all
            );
    }

    static Uri WithPage(Uri feed, int page)
    {
        var kept = feed
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.StartsWith("page=", StringComparison.Ordinal));
        return new UriBuilder(feed) { Query = string.Join('&', kept.Append($"page={page}")) }.Uri;
    }

    async Task<byte[]> GetAsync(Uri address, CancellationToken cancel) =>
        (await client.GetAsync(address, FeedVersion.None, cancel)).Body ?? [];

    public void Dispose() => client.Dispose();
}
