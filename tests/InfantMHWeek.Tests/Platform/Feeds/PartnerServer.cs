using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InfantMHWeek.Tests.Platform.Feeds;

/// <summary>What a server of ours was asked.</summary>
sealed record PartnerRequest(string Path, IReadOnlyDictionary<string, string> Headers);

/// <summary>A server of ours that plays somebody else's. It may misbehave in any way that bytes can.</summary>
sealed class PartnerServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();
    readonly Task serving;

    public PartnerServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public ConcurrentQueue<PartnerRequest> Asked { get; } = new();

    /// <summary>Writes the answer; what it waits for ends with the server.</summary>
    public Func<PartnerRequest, Stream, CancellationToken, Task> Answers { get; set; } = (_, _, _) => Task.CompletedTask;

    public void Says(Func<PartnerRequest, string> answer) =>
        Answers = async (request, stream, cancel) => await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(request)), cancel);

    public Uri At(string path, string host = "127.0.0.1") => new($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}{path}");

    public static string Ok(string body, string headers = "") => $"HTTP/1.1 200 OK\r\n{headers}Connection: close\r\n\r\n{body}";

    public static string Status(string line, string headers = "") =>
        $"HTTP/1.1 {line}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n";

    async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(ended.Token));
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or OperationCanceledException) { }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var path = (await reader.ReadLineAsync(ended.Token))?.Split(' ') is [_, var p, ..] ? p : "";
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(ended.Token) is { Length: > 0 } line)
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]
                    .Trim();
            var request = new PartnerRequest(path, headers);
            Asked.Enqueue(request);
            await Answers(request, stream, ended.Token);
        }
        catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It hung up, as it should where we misbehave.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await serving;
        ended.Dispose();
    }
}
