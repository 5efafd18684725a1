using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>What comes with a form's right token is no fault of ours: names that no form has, and methods that no page answers.</summary>
[OneStore("requests that change nothing")]
public sealed class OddFieldsTests(RealSite site)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] Names = ["x[", "x]", "[", "[]", "x[0", "x[0][y", "Name[", "Email[a]b", "x.[.y", ".", "..", "x[0].", "a[b].c["];

    /// <summary>A browser that opened the form, and its token.</summary>
    async Task<(HttpClient Browser, string Token)> Opened()
    {
        var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri("/contact/write", UriKind.Relative), Cancel);
        var token = ((IHtmlInputElement)(await TestSite.Read(opened)).QuerySelector("main [name=__RequestVerificationToken]")!).Value;
        return (browser, token);
    }

    [Theory]
    [InlineData("/contact/write")]
    [InlineData("/events/offer")]
    [InlineData("/services/offer")]
    [InlineData("/organiser")]
    [InlineData("/staff/sign-in")]
    public async Task Names_that_are_half_a_name(string path)
    {
        var (browser, token) = await Opened();
        using (browser)
            foreach (var name in Names)
            {
                using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new(name, "1")]);
                using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
                Assert.True((int)answer.StatusCode is 200 or 400 or 429, $"{path} {name}: {(int)answer.StatusCode}");
            }
    }

    [Fact]
    public async Task A_page_answers_the_methods_that_it_has_and_says_so_of_others()
    {
        var pages = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.Contains('{', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(pages.Count > 20);
        var (browser, token) = await Opened();
        var notAllowed = 0;
        using (browser)
            foreach (var path in pages)
            foreach (var method in new[] { "TRACE", "PUT", "DELETE", "PATCH", "POST", "BREW" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (method != "TRACE")
                    request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
                using var answer = await browser.SendAsync(request, Cancel);
                Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
                if (answer.StatusCode == HttpStatusCode.MethodNotAllowed)
                    notAllowed++;
            }
        Assert.True(notAllowed > pages.Count, $"{notAllowed} of {pages.Count} pages");
    }
}
