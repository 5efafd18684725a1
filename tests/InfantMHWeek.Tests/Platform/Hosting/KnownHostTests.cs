using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>The site answers under its own name, and over what its name begins with; anything else is told in words.</summary>
public sealed class KnownHostTests(RealSite real)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<HttpResponseMessage> Ask(TestSite site, string host, string path, string scheme = "https")
    {
        using var browser = site.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new($"{scheme}://week.example") });
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        return await browser.SendAsync(request, Cancel);
    }

    [Theory]
    [InlineData("week.example", 200)]
    [InlineData("WEEK.example", 200)]
    [InlineData("week.example:5080", 200)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("forged.example", 421)]
    [InlineData("week.example.forged.example", 421)]
    [InlineData("xweek.example", 421)]
    [InlineData("203.0.113.5", 421)]
    public async Task Under_its_own_name_only(string host, int status)
    {
        foreach (var path in new[] { "/", "/", "/contact/write", "/site.css" })
        {
            using var answer = await Ask(real, host, path);
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 200)
                continue;
            var page = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Contains("another site&#39;s address".Replace("&#39;", "'", StringComparison.Ordinal), page, StringComparison.Ordinal);
            Assert.Contains("href=\"https://week.example/\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("forged", page + answer.Headers, StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Content-Security-Policy") && answer.Headers.Contains("Request-Id"));
        }
        using var probe = await Ask(real, host, "/health/live");
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task In_development_under_any()
    {
        await using var site = new TestSite(environment: "Development");
        using var answer = await Ask(site, "anything.example", "/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>What a proxy that sends no X-Forwarded-Proto makes of the site: pages are read, and nothing breaks.</summary>
    [Fact]
    public async Task Over_http_pages_are_read_and_forms_say_so_in_words()
    {
        await using var site = new TestSite();
        var routes = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(r =>
                !r.Contains('{', StringComparison.Ordinal)
                && !r.EndsWith(".gz", StringComparison.Ordinal)
                && !r.EndsWith(".br", StringComparison.Ordinal)
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("/contact/write", routes);
        foreach (var route in routes)
        {
            using var answer = await Ask(site, "week.example", route, "http");
            Assert.True((int)answer.StatusCode is < 500 or 503, $"{route}: {answer.StatusCode}");
        }
        using (var page = await Ask(site, "week.example", "/", "http"))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (var route in new[] { "/contact/write", "/staff/sign-in", "/events/offer" })
        {
            using var form = await Ask(site, "week.example", route, "http");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
            Assert.Contains("This page is being mended", await form.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        // Once a minute, however many ask.
        Assert.Single(site.Log, line => line.Contains("Site:BaseUrl is https, but a request arrived over http", StringComparison.Ordinal));
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Ask(site, "week.example", "/contact/write", "http")).Dispose();
        Assert.Equal(
            2,
            site.Log.Count(line => line.Contains("Site:BaseUrl is https, but a request arrived over http", StringComparison.Ordinal))
        );
    }
}
