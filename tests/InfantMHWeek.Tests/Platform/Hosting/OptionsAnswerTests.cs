using System.Net;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>What may be done at an address, as browsers and programs ask before they do it.</summary>
[OneStore("the methods of addresses")]
public sealed class OptionsAnswerTests(RealSite site)
{
    [Theory]
    [InlineData("/api/events", "GET, HEAD, OPTIONS", "*")]
    [InlineData("/api/openactive/sessions", "GET, HEAD, OPTIONS", "*")]
    [InlineData("/openapi/v1.json", "GET, HEAD, OPTIONS", "*")]
    [InlineData("/api/open-referral/3.0/services", "GET, HEAD, OPTIONS", "*")]
    [InlineData("/events/calendar.ics", "GET, HEAD, OPTIONS", null)]
    [InlineData("/sitemap.xml", "GET, HEAD, OPTIONS", null)]
    [InlineData("/events", "GET, HEAD, OPTIONS", null)]
    [InlineData("/events/offer", "GET, HEAD, POST, OPTIONS", null)]
    [InlineData("/site.css", "GET, HEAD, OPTIONS", null)]
    public async Task Options_says_what_may_be_done_and_who_may_read(string path, string allow, string? origin)
    {
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.TryAddWithoutValidation("Origin", "https://council.example");
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "GET");
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow));
        Assert.Equal(origin, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var sites) ? sites.Single() : null);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Behind_the_staffs_door_nothing_is_said()
    {
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/staff/events");
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.Allow);
    }
}
