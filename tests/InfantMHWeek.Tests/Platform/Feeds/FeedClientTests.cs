using System.IO.Compression;
using System.Text;
using InfantMHWeek.Platform.Feeds;

namespace InfantMHWeek.Tests.Platform.Feeds;

/// <summary>The wall between the site and what it fetches. The pages of a feed of services are in <c>OpenReferralFeedTests</c>.</summary>
public sealed class FeedClientTests : IAsyncDisposable
{
    readonly PartnerServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static FeedLimits Limits(int seconds = 20, int most = 1 << 20) => new("text/calendar", TimeSpan.FromSeconds(seconds), most, most);

    async Task<FeedAnswer> Get(Uri at, FeedVersion? known = null, int seconds = 20, int most = 1 << 20)
    {
        using var client = new FeedClient(Limits(seconds, most), _ => true);
        return await client.GetAsync(at, known ?? FeedVersion.None, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    async Task<string> Trouble(Uri at, int seconds = 20, int most = 1 << 20) =>
        (await Assert.ThrowsAsync<FeedException>(() => Get(at, seconds: seconds, most: most))).Message;

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        server.Says(r =>
            r.Headers.GetValueOrDefault("If-None-Match") == "\"a\"" && r.Headers.ContainsKey("If-Modified-Since")
                ? PartnerServer.Status("304 Not Modified")
                : PartnerServer.Ok("first", "ETag: \"a\"\r\nLast-Modified: Mon, 08 Jun 2026 09:00:00 GMT\r\n")
        );
        var first = await Get(server.At("/"));
        Assert.Equal("first", Encoding.UTF8.GetString(first.Body!));
        var second = await Get(server.At("/"), first.Version);
        Assert.Null(second.Body);
        Assert.Equal(first.Version, second.Version);
    }

    [Fact]
    public async Task That_nothing_changed_since_never_is_no_answer()
    {
        server.Says(_ => PartnerServer.Status("304 Not Modified"));
        Assert.Contains("never had it", await Trouble(server.At("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_little_that_unpacks_to_much_is_left()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var n = 0; n < 64; n++)
                await gzip.WriteAsync(new byte[1 << 20], Cancel);
        Assert.InRange(packed.Length, 1, 1 << 20);
        server.Answers = async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(PartnerServer.Ok("", "Content-Encoding: gzip\r\n")), cancel);
            await stream.WriteAsync(packed.ToArray(), cancel);
        };
        Assert.Contains("too large", await Trouble(server.At("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_drips_is_left()
    {
        server.Answers = async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(PartnerServer.Ok("BEGIN:VCALENDAR")), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        };
        Assert.Contains("did not answer in time", await Trouble(server.At("/"), seconds: 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_megabytes_are_left()
    {
        server.Answers = async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(PartnerServer.Ok("")), cancel);
            for (var n = 0; n < 50; n++)
                await stream.WriteAsync(new byte[1 << 20], cancel);
        };
        Assert.Contains("too large", await Trouble(server.At("/")), StringComparison.Ordinal);
    }

    /// <summary>The control is the tests above: by its number, and with the wall open, the same server is read.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_name_that_leads_to_an_inner_address_is_not_asked(string host)
    {
        server.Says(_ => PartnerServer.Ok("secret"));
        using var client = new FeedClient(Limits());
        var problem = await Assert.ThrowsAsync<FeedException>(() => client.GetAsync(server.At("/", host), FeedVersion.None, Cancel));
        Assert.Contains("inside a network", problem.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
        Assert.Equal("secret", Encoding.UTF8.GetString((await Get(server.At("/", "localhost"))).Body!));
    }
}
