using System.IO.Compression;
using System.Net;

namespace InfantMHWeek.Tests.Platform;

/// <summary>
/// A newcomer's first start is in development, from a checkout: there too the style sheet must arrive, compressed as browsers ask for
/// it.
/// </summary>
public sealed class StyleSheetTests
{
    [Fact]
    public async Task The_style_sheet_arrives_compressed_in_development()
    {
        await using var site = new TestSite(environment: "Development");
        var address = (await site.Open("/")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "gzip" } } };
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.SingleOrDefault());
        await using var unpacked = new GZipStream(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
            CompressionMode.Decompress
        );
        using var reader = new StreamReader(unpacked);
        Assert.Contains("@layer", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
