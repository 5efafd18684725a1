using System.Net;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>The site's contract with everybody who links to it: what answers, with which status and content type.</summary>
public sealed class PublicAddressesTests(RealSite site)
{
    const string Html = "text/html",
        Xml = "application/xml",
        Plain = "text/plain",
        Png = "image/png";

    public static TheoryData<string, HttpStatusCode, string?> Contract =>
        new()
        {
            { "/", HttpStatusCode.OK, Html },
            { "/themes", HttpStatusCode.OK, Html },
            { "/themes/2016", HttpStatusCode.OK, Html },
            { "/themes/2017", HttpStatusCode.OK, Html },
            { "/themes/2018", HttpStatusCode.OK, Html },
            { "/themes/2019", HttpStatusCode.OK, Html },
            { "/themes/2020", HttpStatusCode.OK, Html },
            { "/themes/2021", HttpStatusCode.OK, Html },
            { "/themes/2022", HttpStatusCode.OK, Html },
            { "/themes/2023", HttpStatusCode.OK, Html },
            { "/themes/2024", HttpStatusCode.OK, Html },
            { "/themes/2025", HttpStatusCode.OK, Html },
            { "/themes/2026", HttpStatusCode.NotFound, Html },
            { "/understanding-early-trauma", HttpStatusCode.OK, Html },
            { "/research", HttpStatusCode.OK, Html },
            { "/research/early-trauma-2022", HttpStatusCode.OK, Html },
            { "/events", HttpStatusCode.OK, Html },
            { "/events?near=LS1+4AP&miles=5&view=map", HttpStatusCode.OK, Html },
            { "/events/print?region=wales", HttpStatusCode.OK, Html },
            { "/events/embed", HttpStatusCode.OK, Html },
            { "/events/embed/how", HttpStatusCode.OK, Html },
            { "/services/embed", HttpStatusCode.OK, Html },
            { "/services/embed/how", HttpStatusCode.OK, Html },
            { "/events/nothing", HttpStatusCode.NotFound, Html },
            { "/events/nothing.ics", HttpStatusCode.NotFound, Html },
            { "/events/calendar.ics", HttpStatusCode.OK, "text/calendar" },
            { "/events/feed.atom", HttpStatusCode.OK, "application/atom+xml" },
            { "/events/sitemap.xml", HttpStatusCode.OK, Xml },
            { "/api/events", HttpStatusCode.OK, "application/json" },
            { "/api/openactive", HttpStatusCode.OK, "application/ld+json" },
            { "/api/openactive/sessions", HttpStatusCode.OK, "application/json" },
            { "/openapi/v1.json", HttpStatusCode.OK, "application/json" },
            { "/forms.css", HttpStatusCode.OK, "text/css" },
            { "/events.js", HttpStatusCode.OK, "text/javascript" },
            { "/services", HttpStatusCode.OK, Html },
            { "/services?near=LS1+4AP&miles=5&need=bond&how=online", HttpStatusCode.OK, Html },
            { "/services/print?region=wales", HttpStatusCode.OK, Html },
            { "/services/nothing", HttpStatusCode.NotFound, Html },
            { "/services/sitemap.xml", HttpStatusCode.OK, Xml },
            { "/courses", HttpStatusCode.OK, Html },
            { "/courses/infant-mental-health-introduction", HttpStatusCode.OK, Html },
            { "/courses/infant-mental-health-introduction/interest", HttpStatusCode.OK, Html },
            { "/courses/infant-mental-health-introduction/apply", HttpStatusCode.OK, Html },
            { "/courses/infant-mental-health-introduction/apply/x/you", HttpStatusCode.NotFound, Html },
            { "/courses/nothing/interest", HttpStatusCode.NotFound, Html },
            { "/courses/nothing/apply", HttpStatusCode.NotFound, Html },
            { "/courses/places/x", HttpStatusCode.NotFound, Html },
            { "/courses/places/x.ics", HttpStatusCode.NotFound, Html },
            { "/courses/certificates/x", HttpStatusCode.NotFound, Html },
            { "/courses/deleted", HttpStatusCode.OK, Html },
            { "/about", HttpStatusCode.OK, Html },
            { "/support", HttpStatusCode.OK, Html },
            { "/infant-mental-health", HttpStatusCode.OK, Html },
            { "/infant-mental-health/0-to-6-months", HttpStatusCode.OK, Html },
            { "/infant-mental-health/1-to-2-years", HttpStatusCode.OK, Html },
            { "/infant-mental-health/6-to-12-months", HttpStatusCode.OK, Html },
            { "/infant-mental-health/fathers-and-partners", HttpStatusCode.OK, Html },
            { "/infant-mental-health/for-professionals", HttpStatusCode.OK, Html },
            { "/infant-mental-health/nurseries-and-schools", HttpStatusCode.OK, Html },
            { "/infant-mental-health/pregnancy", HttpStatusCode.OK, Html },
            { "/take-part", HttpStatusCode.OK, Html },
            { "/take-part/poster", HttpStatusCode.OK, Html },
            { "/letters.woff2", HttpStatusCode.OK, "font/woff2" },
            { "/doors.svg", HttpStatusCode.OK, "image/svg+xml" },
            { "/support/not-safe", HttpStatusCode.OK, Html },
            { "/support/very-low", HttpStatusCode.OK, Html },
            { "/support/baby", HttpStatusCode.OK, Html },
            { "/support/loss", HttpStatusCode.OK, Html },
            { "/support/crying", HttpStatusCode.OK, Html },
            { "/support/hurt", HttpStatusCode.OK, Html },
            { "/support/father", HttpStatusCode.OK, Html },
            { "/support/families", HttpStatusCode.OK, Html },
            { "/support/crying/scotland", HttpStatusCode.OK, Html },
            { "/support/nothing", HttpStatusCode.NotFound, Html },
            { "/week.ics", HttpStatusCode.OK, "text/calendar" },
            { "/contact", HttpStatusCode.OK, Html },
            { "/contact/write", HttpStatusCode.OK, Html },
            { "/privacy", HttpStatusCode.OK, Html },
            { "/accessibility", HttpStatusCode.OK, Html },
            { "/using-this-site-privately", HttpStatusCode.OK, Html },
            { "/search", HttpStatusCode.OK, Html },
            { "/search?q=early+relationships", HttpStatusCode.OK, Html },
            { "/feed.atom", HttpStatusCode.OK, "application/atom+xml" },
            { "/sitemap.xml", HttpStatusCode.OK, Xml },
            { "/robots.txt", HttpStatusCode.OK, Plain },
            { "/.well-known/security.txt", HttpStatusCode.OK, Plain },
            { "/site.webmanifest", HttpStatusCode.OK, "application/manifest+json" },
            { "/share/home.png", HttpStatusCode.OK, Png },
            { "/share/themes/2022.png", HttpStatusCode.OK, Png },
            { "/share/nothing.png", HttpStatusCode.NotFound, Html },
            { "/icons/180.png", HttpStatusCode.OK, Png },
            { "/icons/192.png", HttpStatusCode.OK, Png },
            { "/icons/512.png", HttpStatusCode.OK, Png },
            { "/icons/9000.png", HttpStatusCode.NotFound, Html },
            { "/site.css", HttpStatusCode.OK, "text/css" },
            { "/exit.js", HttpStatusCode.OK, "text/javascript" },
            { "/share.js", HttpStatusCode.OK, "text/javascript" },
            { "/favicon.svg", HttpStatusCode.OK, "image/svg+xml" },
            { "/health/live", HttpStatusCode.OK, Plain },
            { "/health/ready", HttpStatusCode.OK, Plain },
            { "/article", HttpStatusCode.MovedPermanently, null },
            { "/themes/", HttpStatusCode.MovedPermanently, null },
            { "/Themes/2022", HttpStatusCode.MovedPermanently, null },
            { "/home", HttpStatusCode.NotFound, Html },
            { "/nothing", HttpStatusCode.NotFound, Html },
            { "/README", HttpStatusCode.NotFound, Html },
            { "/site.yml", HttpStatusCode.NotFound, Html },
            { "/emails/welcome", HttpStatusCode.NotFound, Html },
            { "/media/nothing.png", HttpStatusCode.NotFound, Html },
        };

    [Theory, MemberData(nameof(Contract))]
    public async Task Every_public_address_answers_as_promised(string path, HttpStatusCode status, string? contentType)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Every_page_of_the_site_map_is_in_the_table_and_opens()
    {
        using var browser = site.Browser();
        var map = System.Xml.Linq.XDocument.Parse(
            await browser.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var listed = map.Descendants().Where(e => e.Name.LocalName == "loc").Select(e => new Uri(e.Value).AbsolutePath);

        Assert.Equal(
            site.Library.Current.Pages.Keys.Concat(SupportTopics.All.Select(t => "/support/" + t.Name)).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal)
        );
        Assert.Empty(
            listed.Except(Contract.Where(row => row.Data.Item2 == HttpStatusCode.OK).Select(row => row.Data.Item1), StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("/%ff")]
    [InlineData("/a%2fb")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/media/..%2fsite.yml")]
    [InlineData("/media/..%5csite.yml")]
    [InlineData("/share/..%2f..%2f.png")]
    [InlineData("/search?q=%zz")]
    [InlineData("/search?q=%ff%fe")]
    [InlineData("/search?q=%00")]
    [InlineData("/search?q=a&q=b")]
    [InlineData("/?%")]
    [InlineData("/research/early-trauma-2022/..%2f.csv")]
    [InlineData("/icons/99999999999999.png")]
    [InlineData("/events?near=%00%ff&miles=-1&from=31-02-2026&to=2026-99-99&page=9999999999&fact=x&length=x")]
    [InlineData("/services?near=%00%ff&miles=-1&page=9999999999&need=x&language=x&age=%ff")]
    [InlineData("/events/calendar.ics?near=ZZ9+9ZZ")]
    [InlineData("/api/events?cursor=x&limit=-1")]
    public async Task Malformed_addresses_never_give_a_server_error(string path)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Theory]
    [InlineData("//evil.example/", "/evil.example")]
    [InlineData("/themes/?a=b", "/themes?a=b")]
    [InlineData("///evil.example//", "/evil.example")]
    public async Task Redirects_stay_on_the_site(string path, string to)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("https://week.example" + path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task What_cannot_be_sent_here_is_refused_in_words()
    {
        using var browser = site.Browser();
        using var words = new StringContent("x");
        using var answer = await browser.PostAsync(new Uri("/feed.atom", UriKind.Relative), words, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains(
            "nothing can be sent",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
