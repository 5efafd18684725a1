using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>The same page for everybody, sent as cheaply as the browser allows.</summary>
public sealed class DeliveryTests(RealSite site)
{
    async Task<HttpResponseMessage> Get(string path, string? encodings = null, string? known = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (encodings is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var browser = site.Browser();
        return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("/", "br, gzip", "br")]
    [InlineData("/", "gzip, deflate", "gzip")]
    [InlineData("/", "gzip;q=1.0, br;q=0", "gzip")]
    [InlineData("/", "br;q=0.5", "br")]
    [InlineData("/", "identity", null)]
    [InlineData("/", null, null)]
    [InlineData("/", ";;;,,q=", null)]
    [InlineData("/search?q=baby", "br, gzip", "br")]
    [InlineData("/search?q=baby", "gzip", "gzip")]
    [InlineData("/nothing", "gzip", "gzip")]
    [InlineData("/share/home.png", "br", null)]
    public async Task Pages_are_compressed_as_the_browser_asks(string path, string? asked, string? given)
    {
        using var answer = await Get(path, asked);

        Assert.Equal(given, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/themes/2022", "br")]
    [InlineData("/themes/2022", "gzip")]
    [InlineData("/search?q=b%C3%A9b%C3%A9+baby", "gzip")]
    [InlineData("/search", "gzip")]
    [InlineData("/search", "br")]
    [InlineData("/nothing", "gzip")]
    public async Task Compressed_or_not_the_words_are_the_same(string path, string encoding)
    {
        using var plain = await Get(path);
        using var packed = await Get(path, encoding);
        var body = await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream unpacked =
            encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

        Assert.Equal(
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await reader.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_browser_that_has_the_page_is_not_sent_it_again()
    {
        using var first = await Get("/about", "br");
        using var again = await Get("/about", "br", first.Headers.ETag!.Tag);
        using var otherForm = await Get("/about", "gzip", first.Headers.ETag.Tag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag.Tag, again.Headers.ETag!.Tag);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, otherForm.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/search?q=baby")]
    [InlineData("/feed.atom")]
    [InlineData("/nothing")]
    public async Task Head_tells_the_same_without_the_body(string path)
    {
        using var get = await Get(path, "gzip");
        using var head = await Get(path, "gzip", method: HttpMethod.Head);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_first_and_the_thousandth_reader_get_the_same_bytes_and_headers()
    {
        using var content = new TestContentFolder();
        await using var fresh = new TestSite(content.Root);
        using var browser = fresh.Browser();
        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await browser.GetAsync(new Uri("/about", UriKind.Relative), TestContext.Current.CancellationToken);
            // Every answer has a reference of its own.
            Assert.True(answer.Headers.Remove("Request-Id"));
            answers.Add(
                $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}"
            );
        }
        // Headers may come in another order from memory than from the pipeline.
        Assert.Single(answers.Select(a => string.Join('\n', a.Split('\n').Order(StringComparer.Ordinal))).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/", "public, must-revalidate, max-age=0, s-maxage=1")]
    [InlineData("/search?q=baby", "no-store")]
    [InlineData("/nothing", "no-store")]
    [InlineData("/health/live", "no-store")]
    public async Task Caches_are_told_what_they_may_keep(string path, string expected)
    {
        using var answer = await Get(path);
        Assert.Equal(CacheControlHeaderValue.Parse(expected), answer.Headers.CacheControl);
    }

    [Fact]
    public async Task A_forged_host_is_found_nowhere_in_a_page()
    {
        using var content = new TestContentFolder();
        await using var fresh = new TestSite(content.Root);
        using var browser = fresh.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/about");
        request.Headers.Host = "evil.example";
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("evil.example", html + answer.Headers, StringComparison.Ordinal);
        Assert.Contains(
            "https://week.example/about",
            await (
                await browser.GetAsync(new Uri("/about", UriKind.Relative), TestContext.Current.CancellationToken)
            ).Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_log_knows_no_visitor()
    {
        using var browser = site.Browser();
        foreach (
            var path in new[]
            {
                "/search?q=my-secret-words",
                "/my-secret-path",
                "/my-secret-path/",
                "/x/my-secret.csv",
                "/media/my-secret.png",
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("User-Agent", "my-secret-agent");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.77");
            using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        }
        Assert.DoesNotContain(site.Log, line =>
            line.Contains("my-secret", StringComparison.Ordinal) || line.Contains("203.0.113.77", StringComparison.Ordinal)
        );
        // The control: the requests were logged, by route.
        Assert.Contains(site.Log, line => line.Contains("search", StringComparison.Ordinal));
    }
}
