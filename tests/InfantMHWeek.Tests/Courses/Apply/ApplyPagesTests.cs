using AngleSharp.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;

namespace InfantMHWeek.Tests.Courses.Apply;

/// <summary>From the course page to a confirmed place, through the pages that people see.</summary>
[OneStore("the pages; PlacesTests and TogetherTests try what they store")]
public sealed class ApplyPagesTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public ApplyPagesTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_course_page_says_plainly_what_is_free_and_offers_one_action()
    {
        var before = await site.Open(Course);
        Assert.Equal(Course + "/interest", Assert.Single(before.QuerySelectorAll(".notice .action a")).GetAttribute("href"));

        var cohort = await desk.Open(places: 1);
        var open = await site.Open(Course);
        Assert.Contains("There is 1 place left.", open.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Course + "/apply", Assert.Single(open.QuerySelectorAll(".notice .action a")).GetAttribute("href"));
        Assert.Equal(6, open.QuerySelectorAll(".notice ol li").Length);
        var data = System.Text.Json.Nodes.JsonNode.Parse(open.QuerySelector("script[type='application/ld+json']")!.TextContent)!;
        Assert.Equal(1, (int)data["hasCourseInstance"]![0]!["remainingAttendeeCapacity"]!);
        Assert.Equal("2026-07-27T10:00+01:00", (string)data["hasCourseInstance"]![0]!["subEvent"]![0]!["startDate"]!);

        await desk.Apply(cohort, "a@charity.example");
        var full = await site.Open(Course);
        Assert.Contains("All places are taken.", full.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Join the waiting list", full.QuerySelector(".notice .action a")!.TextContent);

        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(Course, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task An_application_goes_from_the_first_page_to_a_held_place_with_one_mail()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser);
        var check = await site.Open(draft + "/check");
        Assert.Contains("Morag O'Neill", check.Body!.TextContent, StringComparison.Ordinal);

        using (var refused = await browser.Send(draft + "/check"))
            Assert.Equal("#Agreed", (await TestSite.Read(refused)).QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.Equal(draft + "/sent", await Answer(browser, draft + "/check", ("Agreed", "true")));

        var sent = await site.Open(draft + "/sent");
        var application = Assert.Single(await desk.In(cohort));
        Assert.Equal(application.Reference, sent.QuerySelector(".reference")!.TextContent);
        Assert.Equal(
            (ApplicationState.Held, "morag+course@charity.example", "Morag O'Neill"),
            (application.State, application.Email.Text, application.Name)
        );
        Assert.Equal(
            "Captions,\nplease",
            await site.InStore(db => db.Set<AccessNeeds>().Select(n => n.Text).SingleAsync(TestContext.Current.CancellationToken))
        );
        Assert.Equal(
            "{}",
            await site.InStore(db => db.Set<ApplicationDraft>().Select(d => d.Answers).SingleAsync(TestContext.Current.CancellationToken))
        );

        // Back and once more: it stays one application, with the same reference.
        using (var again = await browser.GetAsync(new Uri(draft + "/check", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(draft + "/sent", again.Headers.Location!.OriginalString);
        Assert.Single(await desk.Mails());

        var place = await desk.LinkIn("morag+course@charity.example", "course-place-held");
        Assert.Contains(
            "We are holding a place for you",
            (await site.Open(place)).QuerySelector("h1")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(place, await Answer(browser, place, ("wish", "accept")));
        Assert.Equal(ApplicationState.Accepted, await desk.StateOf(application.Id));
        Assert.NotNull((await desk.Find(application.Id)).AddressUsedAt);
    }

    [Fact]
    public async Task Whom_the_course_is_not_for_is_told_so_first_and_kindly()
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        Assert.Equal(
            draft + "/not-this-time",
            await Answer(browser, draft + "/about", ("Kind", "business"), ("WorksWith", "fathers"), ("Nation", "wales"))
        );
        Assert.Contains(
            "third-sector organisations",
            (await site.Open(draft + "/not-this-time")).Body!.TextContent,
            StringComparison.Ordinal
        );
        using var skipped = await browser.GetAsync(new Uri(draft + "/check", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(draft + "/not-this-time", skipped.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Applying_again_gives_the_same_page_and_nothing_of_the_first_application()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var first = await FillIn(browser, "ann@charity.example");
        await Answer(browser, first + "/check", ("Agreed", "true"));
        var second = await FillIn(browser, "ANN@charity.example");
        await Answer(browser, second + "/check", ("Agreed", "true"));

        static string Plain(IDocument page) =>
            page.QuerySelector("main")!.TextContent.Replace(page.QuerySelector(".reference")!.TextContent, "", StringComparison.Ordinal);
        Assert.Equal(Plain(await site.Open(first + "/sent")), Plain(await site.Open(second + "/sent")));
        Assert.Single(await desk.In(cohort));
    }
}
