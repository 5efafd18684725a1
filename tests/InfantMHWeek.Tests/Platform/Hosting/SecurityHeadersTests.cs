using System.Net;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Tests.Platform.Hosting;

public sealed class SecurityHeadersTests(RealSite site)
{
    public static TheoryData<string, string> Headers =>
        new()
        {
            {
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
                    + "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'"
            },
            { "X-Content-Type-Options", "nosniff" },
            { "Referrer-Policy", "same-origin" },
            { "Cross-Origin-Opener-Policy", "same-origin" },
            { "Cross-Origin-Embedder-Policy", "require-corp" },
            { "Cross-Origin-Resource-Policy", "same-origin" },
            { "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload" },
        };

    [Theory, MemberData(nameof(Headers))]
    public async Task Every_status_code_carries_the_header(string name, string value)
    {
        using var browser = site.Browser();
        foreach (
            var (path, status) in new[]
            {
                ("/", 200),
                ("/", 200),
                ("/nothing", 404),
                ("/themes/", 301),
                ("/article", 301),
                ("/search", 200),
                ("/site.css", 200),
                ("/health/live", 200),
                ("/icons/1.png", 404),
            }
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
        }
        using var refused = await browser.DeleteAsync(new Uri("/sitemap.xml", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(value, Assert.Single(refused.Headers.GetValues(name)));
    }

    [Theory]
    [InlineData("/feed.atom")]
    [InlineData("/share/home.png")]
    public async Task Only_feeds_and_share_pictures_may_be_shown_elsewhere(string path)
    {
        using var browser = site.Browser();
        // Made on the first request, sent from memory on the second: both must say the same.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("cross-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }
    }

    [Fact]
    public async Task Reading_pages_set_no_cookie_and_hold_no_token()
    {
        using var browser = site.Browser();
        foreach (var path in site.Library.Current.Pages.Keys)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
            Assert.DoesNotContain(
                "__RequestVerificationToken",
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
    }
}
