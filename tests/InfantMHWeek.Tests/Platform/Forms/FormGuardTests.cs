using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Tests.Courses;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>Programs that send forms by the thousand are made to wait; the people beside them are not.</summary>
[BothStores]
public sealed class FormGuardTests : IAsyncDisposable
{
    const string Course = "/courses/" + CourseDesk.Slug;
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public FormGuardTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Dictionary<string, string?> Interest(int person) =>
        new(StringComparer.Ordinal)
        {
            ["Name"] = "Ŵyn O'Neill",
            ["Email"] = string.Create(CultureInfo.InvariantCulture, $"p{person}@charity.example"),
            ["Organisation"] = "Little Steps",
        };

    Task<int> Begun() => site.InStore(db => db.Set<ApplicationDraft>().CountAsync(Cancel));

    /// <summary>At the moment when a course opens, all behind the one address of an office or a phone company.</summary>
    [Fact]
    public async Task Two_hundred_people_behind_one_address_are_all_let_in_at_once()
    {
        await desk.Open(places: 9);
        var people = new List<(HttpClient Browser, IHtmlFormElement Form)>();
        for (var person = 0; person < 200; person++)
        {
            var browser = site.Browser();
            using (var started = await browser.Send(Course + "/apply"))
                Assert.Equal(HttpStatusCode.Found, started.StatusCode);
            people.Add((browser, await Form(browser, Course + "/interest")));
        }
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var (person, (browser, form)) in people.Index())
        {
            using var registered = await browser.Send(form, Course + "/interest", Interest(person));
            Assert.Equal(HttpStatusCode.Found, registered.StatusCode);
            browser.Dispose();
        }
        Assert.Equal(200, await Begun());
    }

    [Fact]
    public async Task A_program_with_one_browser_soon_waits_and_nobody_beside_it_does()
    {
        await desk.Open(places: 9);
        using var program = site.Browser();
        var form = await Form(program, Course + "/apply");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await program.Send(form, Course + "/apply");
            answers.Add(answer.StatusCode);
        }
        Assert.Equal((10, 990), (answers.Count(a => a == HttpStatusCode.Found), answers.Count(a => a == HttpStatusCode.TooManyRequests)));
        Assert.Equal(10, await Begun());

        using var neighbour = site.Browser();
        using var started = await neighbour.Send(Course + "/apply");
        Assert.Equal(HttpStatusCode.Found, started.StatusCode);
    }

    [Fact]
    public async Task Who_must_wait_is_told_how_long_and_keeps_what_they_typed()
    {
        using var program = site.Browser();
        var form = await Form(program, Course + "/interest");
        for (var i = 0; i < 10; i++)
            (await program.Send(form, Course + "/interest", Interest(i))).Dispose();

        using var refused = await program.Send(form, Course + "/interest", Interest(99));
        Assert.Equal((HttpStatusCode.TooManyRequests, 60), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        var page = await TestSite.Read(refused);
        Assert.Contains("press the button again in a minute", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ("Ŵyn O'Neill", "p99@charity.example", "Little Steps"),
            (ValueOf(page, "Name"), ValueOf(page, "Email"), ValueOf(page, "Organisation"))
        );

        site.Clock.Advance(refused.Headers.RetryAfter.Delta.Value);
        using var again = await program.Send((IHtmlFormElement)page.QuerySelector("main form[method=post]")!, Course + "/interest");
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Equal(11, await site.InStore(db => db.Set<Interest>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_program_that_throws_its_cookies_away_meets_the_limit_of_its_network_and_others_do_not()
    {
        await using var behind = new BehindProxy();
        await new CourseDesk(behind).Open(places: 9);
        async Task<HttpStatusCode> Start(string from)
        {
            using var browser = behind.Browser();
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", from);
            using var answer = await browser.Send(Course + "/apply");
            return answer.StatusCode;
        }

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Found, await Start("203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Start("203.0.113.7"));
        Assert.Equal(HttpStatusCode.Found, await Start("203.0.113.8"));
        behind.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Found, await Start("203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Start("203.0.113.7"));
    }

    /// <summary>With a small network budget, so that few requests show what many would.</summary>
    sealed class BehindProxy : TestSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("ReverseProxy:KnownAddresses", "127.0.0.1");
            builder.UseSetting("Courses:FormsAtOnce", "5");
        }
    }

    static async Task<IHtmlFormElement> Form(HttpClient browser, string path)
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
    }

    static string ValueOf(IHtmlDocument page, string field) => page.QuerySelector<IHtmlInputElement>("#" + field)!.Value;
}
