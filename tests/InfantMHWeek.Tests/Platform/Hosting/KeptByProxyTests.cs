using System.IO.Compression;
using System.Net;
using System.Text;
using InfantMHWeek.Tests.Courses;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>What the shipped nginx file keeps for a second is the same for everyone, and nothing else is kept.</summary>
[OneStore("what a proxy keeps of answers; the queries behind them are tried elsewhere")]
public sealed class KeptByProxyTests : IAsyncDisposable
{
    const string Reference = "add_header Request-Id $reference always;";
    const string Telling =
        $"{Reference} add_header {SiteBehindNginx.Kept} $upstream_cache_status always; "
        + $"add_header {SiteBehindNginx.Made} $upstream_http_request_id always;";
    readonly TestContentFolder content = new();
    readonly SiteBehindNginx site;

    public KeptByProxyTests()
    {
        content.Write($"courses/{CourseDesk.Slug}.md", TestContentFolder.Page("Course", facts: "provider: Us"));
        content.Write("news.md", TestContentFolder.Page("News", "As it was. " + string.Join(' ', Enumerable.Range(0, 200))));
        site = new(content.Root);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        content.Dispose();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>For longer than the second, so that nothing slips between two; and each answer says what became of it.</summary>
    static string Watched(string file) => Change(file, ("$time_iso8601 ", ""), (Reference, Telling));

    static string KeepsEverything(string file) =>
        Change(
            Watched(file),
            ("proxy_cache $keeper;", "proxy_cache pages; proxy_ignore_headers Cache-Control Expires Set-Cookie; proxy_cache_valid any 1m;"),
            ("proxy_no_cache $is_personal $differs_otherwise $upstream_http_set_cookie;", "")
        );

    static string Change(string file, params ReadOnlySpan<(string Shipped, string Instead)> changes)
    {
        foreach (var (shipped, instead) in changes)
        {
            Assert.Contains(shipped, file, StringComparison.Ordinal);
            file = file.Replace(shipped, instead, StringComparison.Ordinal);
        }
        return file;
    }

    static IReadOnlyList<string> Wrongs(IReadOnlyList<Given> given)
    {
        var found = new List<string>();
        var secrets = given
            .SelectMany(g => g.Secrets.Select(secret => (Secret: secret, Given: g)))
            .ToLookup(s => s.Secret, s => s.Given, StringComparer.Ordinal);
        foreach (var twice in secrets.Where(s => s.Count() > 1))
            found.Add($"given twice, {twice.Key}: {string.Join(" and ", twice)}");
        var itself = given.Where(g => g.Who == SiteBehindNginx.NoProxy).ToDictionary(g => g.Path, StringComparer.Ordinal);
        foreach (var one in given.Where(g => g.IsKept))
        {
            if (one.Secrets.Count > 0)
                found.Add($"kept with a secret: {one}");
            if (one.Who is "Ada" or "Bea")
                found.Add($"kept for somebody with a cookie: {one}");
            if (Uri.UnescapeDataString(one.Path).StartsWith("/staff", StringComparison.OrdinalIgnoreCase))
                found.Add($"kept of the staff area: {one}");
            if (one.Status != HttpStatusCode.OK)
                found.Add($"kept although it is no page: {one}");
            if (one.Path.Contains('?', StringComparison.Ordinal))
                found.Add($"kept although it was asked for something: {one}");
            if (itself[one.Path].Body != one.Body)
                found.Add($"not the same for everyone: {one}");
        }
        // The same answer of the site twice is a kept one, whatever the proxy says of it.
        var made = given.Where(g => g.MadeFor is not null).GroupBy(g => g.MadeFor, StringComparer.Ordinal);
        foreach (var same in made.Where(m => m.Skip(1).Any(g => !g.IsKept)))
            found.Add("kept in silence: " + string.Join(" and ", same));
        return found;
    }

    [Fact]
    public async Task Nothing_of_one_person_is_given_to_another()
    {
        var given = await site.AskForEverything(Watched);
        Assert.Empty(Wrongs(given));
        // Forms and signed-in pages were among them, and what may be kept was.
        Assert.True(given.Count(g => g.Secrets.Count > 0) > 50);
        var opened = given.Where(g => g is { Who: "Ada", Status: HttpStatusCode.OK });
        Assert.True(opened.Count(g => g.Path.StartsWith("/staff", StringComparison.Ordinal)) > 15);
        var kept = given.Where(g => g.IsKept).Select(g => g.Path).ToList();
        string[] same = ["/", "/about", "/news", "/feed.atom", "/sitemap.xml", "/share/about.png", "/courses/" + CourseDesk.Slug];
        Assert.All(same, path => Assert.Contains(path, kept, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_questions_find_a_proxy_that_keeps_everything()
    {
        var wrongs = Wrongs(await site.AskForEverything(KeepsEverything));
        string[] kinds = ["given twice", "kept with a secret", "kept of the staff", "kept for somebody", "kept although", "not the same"];
        Assert.All(kinds, kind => Assert.Contains(wrongs, w => w.StartsWith(kind, StringComparison.Ordinal)));
    }

    /// <summary>Where files are sent, the site says how large one may be; elsewhere the proxy does, in words.</summary>
    [Fact]
    public async Task What_is_too_large_is_said_in_words()
    {
        await using var proxy = await site.Proxy();
        using var through = proxy.Browser();
        async Task<HttpResponseMessage> Send(string path, int megabytes)
        {
            using var body = new ByteArrayContent(new byte[megabytes * 1024 * 1024]);
            return await through.PostAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        }
        using var form = await Send("/contact/write", 2);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, form.StatusCode);
        var words = await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("larger than we can take", words, StringComparison.Ordinal);
        string[] forFiles = ["/staff/events/import", "/staff/services/import", "/staff/pages/pictures", "/events/manage/x/picture"];
        foreach (var path in forFiles)
        {
            using var file = await Send(path, 20);
            Assert.True((int)file.StatusCode is not 413 and < 500, $"{path}: {file.StatusCode}");
        }
    }

    [Fact]
    public async Task A_change_is_seen_within_a_second_and_a_half()
    {
        await using var proxy = await site.Proxy();
        using var through = proxy.Browser();
        for (var round = 0; round < 3; round++)
        {
            var word = $"Changed{round}";
            // It is being read all the time, so that it is kept when it changes.
            for (var i = 0; i < 20; i++)
                _ = await SiteBehindNginx.Ask(through, "a reader", "/news");
            content.Write("news.md", TestContentFolder.Page("News", word));
            site.Library.Refresh(openAll: true);
            var changed = TimeProvider.System.GetTimestamp();
            while (true)
            {
                var asked = TimeProvider.System.GetElapsedTime(changed);
                if ((await SiteBehindNginx.Ask(through, "a reader", "/news")).Body.Contains(word, StringComparison.Ordinal))
                    break;
                Assert.True(asked < TimeSpan.FromSeconds(1.5), $"still old when asked after {asked}");
            }
        }
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=1.0, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("xbr", null)]
    public async Task A_kept_page_comes_in_each_form_with_its_tag_and_a_reference_of_its_own(string accepts, string? encoding)
    {
        await using var proxy = await site.Proxy(Watched);
        using var through = proxy.Browser();
        var references = new HashSet<string>(StringComparer.Ordinal);
        for (var times = 0; times < 3; times++)
        {
            using var answer = await Send(through, HttpMethod.Get, accepts, null);
            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
            var reference = SiteBehindNginx.First(answer, "Request-Id")!;
            Assert.True(reference.Length == 10 && references.Add(reference), reference);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Contains("As it was.", Unpacked(bytes, encoding), StringComparison.Ordinal);

            using var known = await Send(through, HttpMethod.Get, accepts, answer.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
            Assert.True(known.Headers.Contains("Content-Security-Policy"));
            using var head = await Send(through, HttpMethod.Head, accepts, null);
            Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
            Assert.Equal("HIT", SiteBehindNginx.First(head, SiteBehindNginx.Kept));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    static string Unpacked(byte[] bytes, string? encoding)
    {
        using var packed = new MemoryStream(bytes);
        using Stream body = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(body, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    static async Task<HttpResponseMessage> Send(HttpClient through, HttpMethod method, string accepts, string? known)
    {
        using var request = new HttpRequestMessage(method, "/news") { Version = HttpVersion.Version20 };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await through.SendAsync(request, Cancel);
    }
}
