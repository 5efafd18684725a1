using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using Microsoft.EntityFrameworkCore;
using static System.Net.HttpStatusCode;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses.Apply;

/// <summary>What people type by mistake, and what changed while they typed: said in words, at its field, and nothing is lost.</summary>
[OneStore("what is refused is never stored")]
public sealed class ApplyBadInputTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public ApplyBadInputTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("you", "Name", "", "Enter your name.")]
    [InlineData("you", "Name", "300", "Use 100 characters or fewer.")]
    [InlineData("you", "Email", "morag at charity", "in the usual form")]
    [InlineData("you", "Email", "morag@gmial.com", "Did you mean morag@gmail.com?")]
    [InlineData("organisation", "Name", " ", "Enter the name of your organisation.")]
    [InlineData("about", "Kind", "<script>", "Choose the kind of organisation.")]
    [InlineData("colleagues", "People[1].Name", "Bea", "Enter an email address.")]
    [InlineData("needs", "Text", "1200", "Use 1,000 characters or fewer.")]
    public async Task What_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(string page, string field, string value, string words)
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        var typed = Fields(
            ("Name", "Jo"),
            ("Email", "jo@charity.example"),
            ("Role", "<b>Worker</b>"),
            ("Kind", "charity"),
            ("WorksWith", "mothers"),
            ("Nation", "scotland")
        );
        typed[field] = int.TryParse(value, CultureInfo.InvariantCulture, out var length) ? new string('x', length) : value;

        using var answer = await browser.Send($"{draft}/{page}", typed);
        Assert.Equal(OK, answer.StatusCode);
        var shown = await TestSite.Read(answer);
        Assert.StartsWith("Error: ", shown.Title, StringComparison.Ordinal);
        Assert.Contains(words, shown.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var link = shown.QuerySelector(".error-summary a")!.GetAttribute("href")!;
        var control = shown.QuerySelector(link.Replace("[", "\\[", StringComparison.Ordinal))!;
        if (page != "about")
            Assert.Equal("true", control.GetAttribute("aria-invalid"));
        if (page == "you")
            Assert.Equal("<b>Worker</b>", shown.QuerySelector("#Role")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_a_program_fills_in_is_said_and_has_no_field()
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        var typed = Fields(("Name", "Jo"), ("Email", "jo@charity.example"), ("Role", "Worker"), ("Website", "https://spam.example"));

        using var answer = await browser.Send(draft + "/you", typed);
        Assert.Equal(OK, answer.StatusCode);
        var summary = (await TestSite.Read(answer)).QuerySelector(".error-summary")!;
        Assert.Contains("a computer program filled this in", summary.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strange_address_that_is_sent_again_is_taken_as_it_is()
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        using var asked = await browser.Send(draft + "/you", Fields(("Name", "Ng"), ("Email", "o@gmial.com")));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(asked)).QuerySelector("main form")!;
        using var taken = await browser.Send(form, draft + "/you");
        Assert.Equal(draft + "/organisation", taken.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_group_that_closes_while_somebody_writes_says_so_and_keeps_the_answers()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser);
        await site.Write(db => db.Set<Cohort>().ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosesAt, desk.Now)));

        using var answer = await browser.Send(draft + "/check", Fields(("Agreed", "true")));
        Assert.Contains("closed while you were writing", (await TestSite.Read(answer)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await desk.In(cohort));
        Assert.Contains("Little Steps", (await site.Open(draft + "/check")).Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Names and addresses that other forms refuse.</summary>
    [Theory]
    [InlineData("Ŵ", "w@charity.example")]
    [InlineData("D'Arcy O’Neill-Nguyễn", "darcy+course@charity.example")]
    [InlineData("李小龙", "o'neill@charity.co.uk")]
    public async Task Short_and_unusual_names_and_addresses_are_taken_as_they_are(string name, string email)
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var draft = await FillIn(browser, email, name);
        Assert.Equal(draft + "/sent", await Answer(browser, draft + "/check", ("Agreed", "true")));
        var application = Assert.Single(await desk.In(cohort));
        Assert.Equal((name, email), (application.Name, application.Email.Text));
        Assert.Contains(name, Assert.Single(await desk.MailsTo(email)).Text, StringComparison.Ordinal);
    }

    /// <summary>No postcode is asked for, so a foreign one cannot be wrong; who works elsewhere is told so on the first page.</summary>
    [Fact]
    public async Task Who_works_abroad_is_told_so_first_and_nobody_is_asked_for_a_postcode()
    {
        await desk.Open(places: 1);
        using var browser = site.Browser();
        var draft = await FillIn(browser);
        foreach (var page in new[] { "about", "you", "organisation", "colleagues", "needs" })
            Assert.DoesNotContain((await site.Open($"{draft}/{page}")).QuerySelectorAll("main input, main textarea"), i =>
                i.GetAttribute("name")!.Contains("postcode", StringComparison.OrdinalIgnoreCase)
            );
        Assert.Equal(
            draft + "/not-this-time",
            await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "elsewhere"))
        );
        Assert.Contains("United Kingdom", (await site.Open(draft + "/not-this-time")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Little Steps", (await site.Open(draft + "/organisation")).QuerySelector("#Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_group_that_fills_up_while_somebody_writes_puts_them_first_on_the_waiting_list()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var draft = await FillIn(browser, "late@charity.example");
        Assert.Contains("There is 1 place left.", (await site.Open(draft + "/check")).Body!.TextContent, StringComparison.Ordinal);
        await desk.Apply(cohort, "quick@charity.example");

        Assert.Equal(draft + "/sent", await Answer(browser, draft + "/check", ("Agreed", "true")));
        Assert.Equal("course-waiting", await desk.KindsTo("late@charity.example"));
        var place = await site.Open(await desk.LinkIn("late@charity.example", "course-waiting"));
        Assert.Equal("You are on the waiting list", place.QuerySelector("h1")!.TextContent);
        Assert.Contains("You are next.", place.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_ended_or_was_used_says_so_and_changes_nothing()
    {
        var cohort = await desk.Open(places: 1);
        var first = await desk.Apply(cohort, "ann@charity.example");
        var second = await desk.Apply(cohort, "bea@charity.example");
        await desk.GiveUp(first);
        using var browser = site.Browser();
        var place = await desk.LinkIn("bea@charity.example", "course-place-offered");
        using var opened = await browser.GetAsync(new Uri(place, UriKind.Relative), TestContext.Current.CancellationToken);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        async Task<string> Accept()
        {
            using var pressed = await browser.Send(form, place, Fields(("wish", "accept")));
            Assert.Equal(place, pressed.Headers.Location!.OriginalString);
            return await browser.GetStringAsync(new Uri(place, UriKind.Relative), TestContext.Current.CancellationToken);
        }

        site.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Contains("This offer has ended. You can join the waiting list again.", await Accept(), StringComparison.Ordinal);
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(second));
        await desk.Expire();
        Assert.Contains("This offer has ended.", await Accept(), StringComparison.Ordinal);

        (await browser.Send(place, Fields(("wish", "rejoin")))).Dispose();
        Assert.Contains("Your place is confirmed", await Accept(), StringComparison.Ordinal);
        Assert.Contains("Your place is confirmed", await Accept(), StringComparison.Ordinal);
        Assert.Single(await desk.MailsTo("bea@charity.example"), m => m.Kind == "course-place-accepted");
    }
}
