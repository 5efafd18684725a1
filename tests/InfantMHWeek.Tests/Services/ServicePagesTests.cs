using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>What the public reads of services, through the front door.</summary>
[BothStores]
public sealed class ServicePagesTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedServices generated = new(7);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<FamilyService> Add(FamilyService service)
    {
        await site.Write(db =>
        {
            db.Add(service);
            return Task.CompletedTask;
        });
        return service;
    }

    static List<string> Titles(IParentNode page) => [.. page.QuerySelectorAll(".events h3 a").Select(a => a.TextContent)];

    [Fact]
    public async Task An_empty_directory_is_honest_and_says_whom_to_ask()
    {
        var page = await site.Open("/services?near=LS1");

        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("We do not list any services yet", text, StringComparison.Ordinal);
        Assert.Contains("health visitor", text, StringComparison.Ordinal);
        Assert.Contains(page.Links.OfType<IHtmlAnchorElement>(), a => a.PathName == "/support");
        Assert.NotNull(page.QuerySelector("main a[href^='tel:999']"));
    }

    [Fact]
    public async Task Nearest_first_and_help_stands_above_every_result_and_above_none()
    {
        var near = generated.InLeeds("Near help") with { Needs = Need.Bond };
        var far = near with { Title = "Further help", Places = [near.Places[0] with { Point = new(53.85, -1.65) }] };
        var comes = near with { Title = "Comes to you", Ways = Ways.AtHome, Places = [], Districts = ["LS"] };
        var everywhere = comes with { Title = "Rings you", Ways = Ways.Phone, Districts = [], Nationwide = true };
        foreach (var details in new[] { comes, far, near, everywhere })
            await Add(generated.Published(details));

        var page = await site.Open("/services?near=LS1+4AP&need=bond");
        var none = await site.Open("/services?near=IV1&miles=2&need=bond&how=place");

        Assert.Equal(["Near help", "Further help", "Comes to you", "Rings you"], Titles(page));
        foreach (var opened in new[] { page, none })
        {
            var main = opened.QuerySelector("main")!;
            var help = main.QuerySelector(".help-box")!;
            Assert.Contains("999", help.TextContent, StringComparison.Ordinal);
            Assert.True(help.CompareDocumentPosition(main.QuerySelector(".found")!).HasFlag(DocumentPositions.Following));
        }
        Assert.Contains("No services found", none.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(none.Links.OfType<IHtmlAnchorElement>(), a => a.Href.Contains("/services?need=bond", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("near=ZZ9+9ZZ")]
    [InlineData("near=75001")]
    [InlineData("near=Atlantis&miles=0&page=-3&need=nothing&language=xx&region=moon")]
    public async Task A_place_that_nobody_knows_is_said_in_words(string query)
    {
        var page = await site.Open("/services?" + query);

        Assert.StartsWith("We don’t know", page.QuerySelector("#near-error")!.LastChild!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main .help-box"));
    }

    [Fact]
    public async Task A_page_says_what_was_checked_by_whom_and_each_state()
    {
        var service = await Add(generated.Published(generated.InLeeds("Parents and babies") with { Nationwide = false }));
        var path = "/services/" + service.Slug;

        Assert.Contains("Checked on 8 June 2026 by the service itself", await Text(path), StringComparison.Ordinal);
        var data = (await site.Open(path)).QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.Contains("\"@type\":\"Service\"", data, StringComparison.Ordinal);

        await Change(s => s.Pause("Organiser", site.Clock.GetUtcNow()));
        Assert.Contains("closed for now", await Text(path), StringComparison.Ordinal);
        Assert.Contains(
            "Closed for now:",
            (await site.Open("/services")).QuerySelector(".events h3")!.TextContent,
            StringComparison.Ordinal
        );

        await Change(s => s.Close("Organiser", "", site.Clock.GetUtcNow()));
        Assert.Contains("This service has closed.", await Text(path), StringComparison.Ordinal);
        // Nobody is sent to a closed door: how to reach it is not said any more, and another is offered.
        var closed = (await site.Open(path)).QuerySelector("main")!;
        Assert.Equal("/services?near=LS1%204AP", closed.QuerySelector(".warning a.button")!.GetAttribute("href"));
        Assert.All(["How to get in touch", "Opening times", "Waiting time", "Good to know"], words =>
            Assert.DoesNotContain(words, closed.TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(closed.QuerySelectorAll("a[href*='01134960000'], a[href*='113496'], a[href*='openstreetmap']"));
        Assert.Empty(Titles(await site.Open("/services?near=LS1")));
        Assert.DoesNotContain(service.Slug!, await Text("/services/sitemap.xml"), StringComparison.Ordinal);

        await Change(s => s.Withdraw("Staff", "", site.Clock.GetUtcNow()));
        using var browser = site.Browser();
        using var gone = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);

        async Task<string> Text(string opened) => (await site.Open(opened)).DocumentElement.TextContent;
        Task Change(Action<FamilyService> act) =>
            site.Write(async db =>
                act(await db.Set<FamilyService>().Include(s => s.Points).Include(s => s.Steps).SingleAsync(s => s.Id == service.Id, Cancel))
            );
    }

    [Fact]
    public async Task Nothing_that_nobody_approved_is_seen()
    {
        var waiting = await Add(generated.Waiting(generated.InLeeds("Not yet read")));

        foreach (var path in new[] { "/services", "/services?near=LS1", "/services/print?near=LS1", "/services/sitemap.xml" })
            Assert.DoesNotContain("Not yet read", (await site.Open(path)).DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Null(waiting.Slug);
    }

    [Fact]
    public async Task Wrong_is_told_in_one_press_and_kept_once()
    {
        var service = await Add(generated.Published(generated.InLeeds("Parents and babies")));
        var path = "/services/wrong/" + service.Slug;
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;

        using var nothing = await browser.Send(form, path);
        Assert.Contains("Choose what is wrong", await nothing.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        for (var press = 0; press < 2; press++)
        {
            using var sent = await browser.Send(form, path, Fields(("What", "closed")));
            Assert.Equal(path + "?sent=true", sent.Headers.Location!.OriginalString);
        }
        using var other = await browser.Send(form, path, Fields(("What", "contact"), ("Words", "It is 0113 496 0001 now.")));

        var reports = await site.InStore(db => db.Set<ServiceReport>().AsNoTracking().OrderBy(r => r.What).ToListAsync(Cancel));
        Assert.Equal([("closed", ""), ("contact", "It is 0113 496 0001 now.")], reports.Select(r => (r.What, r.Words)));
    }
}
