using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Feeds;

/// <summary>A feed could not be fetched, for a reason that people can read.</summary>
/// <param name="status">What its server answered, where it answered.</param>
sealed class FeedException(string words, Exception? cause = null, int? status = null) : Exception(words, cause)
{
    public int? Status => status;
}

/// <param name="Accept">The kinds of answers that are understood.</param>
/// <param name="Longest">For all that one client fetches.</param>
/// <param name="MostBytes">Of all its answers, unpacked.</param>
/// <param name="MostInAnswer">Of one.</param>
sealed record FeedLimits(string Accept, TimeSpan Longest, long MostBytes, int MostInAnswer);

/// <summary>By what a server knows the version of a feed that it gave us last.</summary>
sealed record FeedVersion(string? ETag, string? LastModified)
{
    public static readonly FeedVersion None = new(null, null);
}

/// <param name="Body">Null where nothing has changed since the version that was known.</param>
/// <param name="Next">Where the answer says that it goes on (RFC 8288), on the same host; null where it is all.</param>
sealed record FeedAnswer(byte[]? Body, FeedVersion Version, Uri? Next = null);

/// <summary>
/// Fetches what somebody named, and nothing else: no inner address, no other host, no more than so many bytes and minutes.
/// </summary>
sealed class FeedClient : IDisposable
{
    const int MostRedirects = 5,
        MostVersion = 200;
    readonly HttpClient client;
    readonly CancellationTokenSource end;
    readonly Func<IPAddress, bool> mayAsk;
    readonly FeedLimits limits;
    long bytesLeft;

    /// <param name="mayAsk">Which addresses may be asked: those of the world outside.</param>
    public FeedClient(FeedLimits limits, Func<IPAddress, bool>? mayAsk = null)
    {
        (this.limits, this.mayAsk, bytesLeft) = (limits, mayAsk ?? OuterAddresses.Contain, limits.MostBytes);
        end = new(limits.Longest);
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
        client.DefaultRequestHeaders.Accept.ParseAdd(limits.Accept);
    }

    /// <exception cref="FeedException">It could not be fetched, or is more than may be.</exception>
    public async Task<FeedAnswer> GetAsync(Uri address, FeedVersion known, CancellationToken cancel)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        try
        {
            return await FollowAsync(address, known, both.Token);
        }
        catch (OperationCanceledException problem) when (!cancel.IsCancellationRequested)
        {
            throw new FeedException($"{address.Host} did not answer in time ({LongestInWords} are the most for all of it).", problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException)
        {
            throw problem.GetBaseException() as FeedException
                ?? new FeedException($"{address} could not be fetched: {problem.Message}", problem);
        }
    }

    string LongestInWords =>
        limits.Longest < TimeSpan.FromMinutes(2) ? $"{limits.Longest.TotalSeconds:0} seconds" : $"{limits.Longest.TotalMinutes:0} minutes";

    async Task<FeedAnswer> FollowAsync(Uri address, FeedVersion known, CancellationToken cancel)
    {
        var host = address.IdnHost;
        for (var redirects = 0; ; redirects++)
        {
            using var answer = await SendAsync(address, known, cancel);
            if (answer.StatusCode == HttpStatusCode.NotModified)
                return known != FeedVersion.None
                    ? new(null, known)
                    : throw new FeedException($"{address} answers that it has not changed, although we never had it.");
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
                throw new FeedException($"{address} answers {(int)answer.StatusCode}.", status: (int)answer.StatusCode);
            return new(await ReadAsync(await answer.Content.ReadAsStreamAsync(cancel), cancel), VersionOf(answer), NextOf(answer, address));
        }
    }

    static Uri? NextOf(HttpResponseMessage answer, Uri address)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
            return null;
        var next = links
            .SelectMany(l => l.Split(','))
            .Select(l => l.Split(';', StringSplitOptions.TrimEntries))
            .FirstOrDefault(l => l.Skip(1).Any(p => p is "rel=next" or "rel=\"next\""));
        return
            next is [['<', .., '>'] found, ..]
            && Uri.TryCreate(address, found[1..^1], out var at)
            && at.Scheme == address.Scheme
            && at.Authority == address.Authority
            ? at
            : null;
    }

    async Task<HttpResponseMessage> SendAsync(Uri address, FeedVersion known, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (known.LastModified is { } moment)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", moment);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    /// <summary>Given back as it came; what is too long to be kept is as if it had not come.</summary>
    static FeedVersion VersionOf(HttpResponseMessage answer)
    {
        var (tag, moment) = (answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified?.ToString("r"));
        return tag is { Length: > MostVersion } ? FeedVersion.None : new(tag, moment);
    }

    /// <summary>What was packed counts unpacked.</summary>
    async Task<byte[]> ReadAsync(Stream body, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            bytesLeft -= count;
            if (bytesLeft < 0 || kept.Length + count > limits.MostInAnswer)
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

    public void Dispose()
    {
        client.Dispose();
        end.Dispose();
    }
}
