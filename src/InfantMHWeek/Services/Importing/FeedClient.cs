using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace InfantMHWeek.Services.Importing;

/// <summary>A feed could not be fetched, for a reason that the operator can read.</summary>
sealed class FeedException(string words, Exception? cause = null) : Exception(words, cause);

/// <summary>
/// Fetches one feed that the operator named, and nothing else: no inner address, no other host, no more than so many bytes, pages and
/// minutes.
/// </summary>
sealed class FeedClient : IDisposable
{
    const int MostPages = 2000,
        MostRedirects = 5;
    readonly HttpClient client;
    readonly CancellationTokenSource end;
    readonly Func<IPAddress, bool> mayAsk;
    readonly TimeSpan longest;
    long bytesLeft;

    /// <param name="mayAsk">Which addresses may be asked: those of the world outside.</param>
    /// <param name="longest">For all of it.</param>
    public FeedClient(Func<IPAddress, bool>? mayAsk = null, TimeSpan? longest = null, long mostBytes = 4L * OpenReferralFile.MostBytes)
    {
        (this.mayAsk, this.longest, bytesLeft) = (mayAsk ?? IsOutside, longest ?? TimeSpan.FromMinutes(20), mostBytes);
        end = new(this.longest);
        client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                MaxResponseHeadersLength = 32,
                ConnectCallback = ConnectAsync,
            }
        )
        {
            Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("InfantMHWeek");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

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
            full.Add(
                IsShort(record) && OpenReferralListing.IdOf(record) is { Length: > 0 } id
                    ? await WholeAsync(feed, id, record, cancel)
                    : record
            );
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
        catch (FeedException problem) when (problem.Data.Contains("status"))
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

    async Task<byte[]> GetAsync(Uri address, CancellationToken cancel)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        try
        {
            return await FollowAsync(address, both.Token);
        }
        catch (OperationCanceledException problem) when (!cancel.IsCancellationRequested)
        {
            throw new FeedException(
                $"{address.Host} did not answer in time ({longest.TotalMinutes:0} minutes are the most for all of it).",
                problem
            );
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException)
        {
            throw problem.GetBaseException() as FeedException
                ?? new FeedException($"{address} could not be fetched: {problem.Message}", problem);
        }
    }

    async Task<byte[]> FollowAsync(Uri address, CancellationToken cancel)
    {
        var host = address.IdnHost;
        for (var redirects = 0; ; redirects++)
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } location)
            {
                var next = new Uri(address, location);
                if (next.Scheme is not ("https" or "http") || next.IdnHost != host)
                    throw new FeedException(
                        $"{address} leads on to {next}. Nothing is fetched that you did not name: name that address if you want it."
                    );
                if (next.Scheme == "http" && address.Scheme == "https")
                    throw new FeedException($"{address} leads on to an address that is not encrypted.");
                if (redirects == MostRedirects)
                    throw new FeedException($"{address} leads on and on, and to no answer.");
                address = next;
                continue;
            }
            if (!answer.IsSuccessStatusCode)
                throw new FeedException($"{address} answers {(int)answer.StatusCode}.") { Data = { ["status"] = (int)answer.StatusCode } };
            return await ReadAsync(await answer.Content.ReadAsStreamAsync(cancel), cancel);
        }
    }

    /// <summary>What was packed counts unpacked.</summary>
    async Task<byte[]> ReadAsync(Stream body, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            bytesLeft -= count;
            if (bytesLeft < 0 || kept.Length + count > OpenReferralFile.MostBytes)
                throw new FeedException("The answer is too large, or it never ends.");
            kept.Write(buffer, 0, count);
        }
        return kept.ToArray();
    }

    /// <summary>The name is looked up here, and only what was looked at is asked: it cannot lead elsewhere a moment later.</summary>
    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        if (addresses.Length == 0 || !addresses.All(mayAsk))
            throw new FeedException($"{host} leads to an address inside a network. Only the world outside is asked.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static readonly IPNetwork[] Inner =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    static readonly IPNetwork World = IPNetwork.Parse("2000::/3");

    // These hold an address of the older kind, which may be an inner one, or are none of the world's.
    static readonly IPNetwork[] Wrapped = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>An address of the world outside: not of this machine, its network or a tunnel into one.</summary>
    public static bool IsOutside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Inner, n => n.Contains(address))
            : World.Contains(address) && !Array.Exists(Wrapped, n => n.Contains(address));
    }

    public void Dispose()
    {
        client.Dispose();
        end.Dispose();
    }
}
