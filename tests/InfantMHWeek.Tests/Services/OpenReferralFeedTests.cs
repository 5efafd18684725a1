using System.Net;
using System.Net.Sockets;
using System.Text;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Services.Importing;

namespace InfantMHWeek.Tests.Services;

/// <summary>What the operator named is fetched, and nothing else: a server of ours plays the source.</summary>
public sealed class OpenReferralFeedTests : IDisposable
{
    readonly TcpListener server = new(IPAddress.Loopback, 0);
    readonly List<string> asked = [];
    readonly CancellationTokenSource ended = new();

    public OpenReferralFeedTests() => server.Start();

    public void Dispose()
    {
        ended.Cancel();
        server.Dispose();
        ended.Dispose();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    Uri At(string path) => new($"http://127.0.0.1:{Port}{path}");

    /// <summary>Answers each request by what its path says, until the test ends.</summary>
    async Task Serve(Func<string, string> answer)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(Cancel);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                var path = (await reader.ReadLineAsync(Cancel))?.Split(' ') is [_, var p, ..] ? p : "";
                while (await reader.ReadLineAsync(Cancel) is { Length: > 0 }) { }
                asked.Add(path);
                try
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(path)), Cancel);
                    if (path == "/silent")
                        await Task.Delay(Timeout.Infinite, ended.Token);
                    for (var more = 0; path == "/endless" && more < 100_000; more++)
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(new string(' ', 8192)), Cancel);
                }
                catch (IOException)
                {
                    // It hung up: that is what it should do.
                }
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or OperationCanceledException) { }
    }

    static string Json(string text) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{text}";

    async Task<OpenReferralFile.Contents> Fetch(string path, Func<string, string> answer, long most = 1 << 20, int seconds = 20)
    {
        _ = Serve(answer);
        using var client = new OpenReferralFeed(_ => true, TimeSpan.FromSeconds(seconds), most);
        return await client.FetchAsync(At(path), _ => { }, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task A_paged_feed_is_read_to_its_last_page_and_short_services_in_full()
    {
        var read = await Fetch("/or/services?per_page=1", path => path == "/or/services/b"
                ? Json("""{"id":"b","name":"Whole","contacts":[{"id":"c"}]}""")
            : path.Contains("page=2", StringComparison.Ordinal)
                ? Json("""{"total_pages":2,"page_number":2,"last_page":true,"contents":[{"id":"b","name":"Short"}]}""")
            : Json("""{"total_pages":2,"page_number":1,"last_page":false,"contents":[{"id":"a","name":"A","contacts":[{"id":"c"}]}]}"""));

        Assert.Equal(["A", "Whole"], read.Records.Select(r => r.GetProperty("name").GetString()));
        Assert.True(read.Whole);
        Assert.Equal(["/or/services?per_page=1", "/or/services?per_page=1&page=2", "/or/services/b"], asked);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "leads on to http://169.254.169.254/latest/meta-data. Nothing is fetched")]
    [InlineData("http://localhost:1/", "Nothing is fetched that you did not name")]
    [InlineData("file:///etc/passwd", "Nothing is fetched that you did not name")]
    [InlineData("/again", "leads on and on")]
    public async Task A_feed_that_leads_elsewhere_is_not_followed(string location, string words)
    {
        var problem = await Assert.ThrowsAsync<FeedException>(() =>
            Fetch("/", _ => $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        );

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.All(asked, path => Assert.True(path is "/" or "/again"));
    }

    [Theory]
    [InlineData("/endless", 5, "never ends")]
    [InlineData("/silent", 2, "did not answer in time")]
    public async Task A_feed_that_never_ends_is_left(string path, int seconds, string words)
    {
        var problem = await Assert.ThrowsAsync<FeedException>(() =>
            Fetch(path, p => p == "/silent" ? "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n" : Json("["), seconds: seconds)
        );

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_whose_pages_never_end_is_left()
    {
        var problem = await Assert.ThrowsAsync<FeedException>(() =>
            Fetch(
                "/pages",
                _ => Json("""{"last_page":false,"contents":[{"id":"a","contacts":[]}]}""" + new string(' ', 4000)),
                most: 100_000
            )
        );

        Assert.Contains("never ends", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The control is the tests above: with the wall taken away the same server is read.</summary>
    [Fact]
    public async Task An_inner_address_is_not_asked()
    {
        _ = Serve(_ => Json("[]"));
        using var client = new OpenReferralFeed();

        var problem = await Assert.ThrowsAsync<FeedException>(() => client.FetchAsync(At("/"), _ => { }, Cancel));

        Assert.Contains("inside a network", problem.Message, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4009:81f::200e", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    public void Only_the_world_outside_is_outside(string address, bool outside) =>
        Assert.Equal(outside, OuterAddresses.Contain(IPAddress.Parse(address)));
}
