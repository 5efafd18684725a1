using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>
/// The organiser of a weekly group over more than a year, through the front door: offers it, is approved, cancels a date and moves one, is
/// asked twice a year whether it still runs, answers, is silent, comes back, and ends it. The jobs run every week.
/// </summary>
[BothStores]
public sealed partial class GroupYearTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<string> Location(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        if (answer.StatusCode != HttpStatusCode.Found)
            Assert.Fail($"{answer.StatusCode}: {(await TestSite.Read(answer)).QuerySelector("main")?.TextContent}");
        return answer.Headers.Location!.OriginalString;
    }

    async Task<string> MailedLink(string kind) =>
        Link()
            .Match(
                await site.InStore(db => db.Set<OutboxMail>().Where(m => m.Kind == kind).OrderBy(m => m.Id).Select(m => m.Text).LastAsync())
            )
            .Value;

    /// <summary>Week after week, as the site lives through it.</summary>
    async Task Until(int year, int month, int day)
    {
        var end = new DateTimeOffset(year, month, day, 9, 0, 0, TimeSpan.Zero);
        while (site.Clock.GetUtcNow() < end)
        {
            var week = site.Clock.GetUtcNow().AddDays(7);
            site.Clock.SetUtcNow(week < end ? week : end);
            await site.RunJobs(site.Services.GetServices<Job>().Where(j => j.Name is GroupDates.Job or GroupChecks.Job));
        }
    }

    async Task<List<string>> Asked() =>
        await site.InStore(db =>
            db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("event-still")).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync(Cancel)
        );

    async Task<string> Page(string slug) => (await site.Open("/events/" + slug)).QuerySelector("main")!.TextContent;

    async Task Answer(string what, string mail = "event-still-on")
    {
        using var browser = site.Browser();
        await Location(browser.Send(await MailedLink(mail), Fields(("Do", what))));
    }

    async Task<(string Manage, ScheduleTruth Truth)> Offer(RealSchedule said)
    {
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri("/events/offer", UriKind.Relative), Cancel);
        var start = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        var draft = await Location(browser.Send(start, "/events/offer", Fields(("Email", "sam@example.org"))));
        await Location(browser.Send(draft + "/what", Fields(("Name", "Tuesday babies"), ("Summary", "Songs and tea."))));
        var truth = await new OfferedSchedules(site).TypeAsync(browser, draft + "/dates", said);
        await Location(
            browser.Send(
                draft + "/place",
                Fields(("How", "in-person"), ("Venue", "Village hall"), ("Town", "Leeds"), ("Postcode", "ls1 4ap"))
            )
        );
        await Location(browser.Send(draft + "/audience", Fields(("For", "families"))));
        await Location(browser.Send(draft + "/booking", Fields(("Price", "free"), ("Book", "no"))));
        await Location(browser.Send(draft + "/organiser", Fields(("Organisation", "Families together"), ("YourName", "Sam Jones"))));
        await Location(browser.Send(draft, Fields(("Do", "send"), ("Declared", "true")), "form:has([name=Declared])"));
        var manage = await MailedLink("event-started");
        await Location(browser.Send(manage, Fields(("Do", "confirm"))));
        return (manage, truth);
    }

    [Fact]
    public async Task A_weekly_group_lives_through_more_than_a_year()
    {
        site.Clock.SetUtcNow(new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));
        var said = RealSchedule.Read(
            "Tuesday babies | Every Tuesday in term time | weekly 2026-09-08 10:00-11:30 term=england bank=england | "
                + "| cancel 2026-11-10; move 2026-12-15 to 2026-12-16 13:00-14:30; move 2027-01-12 to 2027-01-13"
        );
        var (manage, truth) = await Offer(said);
        var id = await site.InStore(db => db.Set<Event>().Select(e => e.Id).SingleAsync(Cancel));
        using (var moderator = await site.SignedIn(StaffRole.Events))
            await Location(moderator.Send($"/staff/events/review?id={id}", Fields(("Do", "approve")), "form:has([name=Revision])"));
        var slug = await site.InStore(db => db.Set<Event>().Select(e => e.Slug!).SingleAsync(Cancel));
        Assert.Contains("October half-term", await Page(slug), StringComparison.Ordinal);

        using var browser = site.Browser();
        foreach (var (number, change) in said.Changes.Index())
        {
            await Until(2026, 10 + number, 13);
            await OfferedSchedules.ChangeAsync(browser, manage + "/date", said, change);
        }
        var held = new Held(id, slug, "Tuesday babies", said, truth, manage, new(2026, 9, 1));
        await Agree(held);
        Assert.Contains("moved from Tuesday 12 January 2027", await Page(slug), StringComparison.Ordinal);

        // To change a date is a sign of life, so they are asked half a year after the last one; they answer.
        await Until(2027, 6, 8);
        Assert.Empty(await Asked());
        await Until(2027, 6, 22);
        Assert.Equal(["event-still-on"], await Asked());
        await Answer("yes");
        await Until(2027, 12, 13);
        Assert.Equal(["event-still-on"], await Asked());
        await Agree(held);

        // Nobody answers: reminded once, then given up, and families are told.
        await Until(2028, 2, 20);
        Assert.Equal(["event-still-on", "event-still-on", "event-still-on-again"], await Asked());
        Assert.Contains("not told us recently whether it still runs", await Page(slug), StringComparison.Ordinal);
        var known = await site.InStore(db => db.Set<Event>().Select(e => e.DatesUntil).SingleAsync(Cancel));
        await Until(2028, 6, 1);
        Assert.Equal(known, await site.InStore(db => db.Set<Event>().Select(e => e.DatesUntil).SingleAsync(Cancel)));
        Assert.Equal(3, (await Asked()).Count);

        // They come back by the old mail: all is as it was, with the holidays of years that nobody knew when it was offered.
        await Answer("yes", "event-still-on-again");
        Assert.DoesNotContain("not told us recently", await Page(slug), StringComparison.Ordinal);
        Assert.Contains("Summer holidays, by the usual days", await Page(slug), StringComparison.Ordinal);
        await new OfferedSchedules(site).LearnAsync(held);
        await Agree(held);

        // Sent again unchanged, with the holidays that it shows as ticked, the form is no news; another hour waits for a person.
        await Location(browser.Send(manage + "/dates", Fields(("Do", "save"))));
        Assert.False((await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync(Cancel))).Waiting);
        await Location(browser.Send(manage + "/dates", Fields(("Do", "save"), ("Starts", "10:15"))));
        Assert.True((await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync(Cancel))).Waiting);

        await Answer("ended", "event-still-on-again");
        Assert.Contains("over", await Page(slug), StringComparison.Ordinal);
        await Until(2029, 6, 1);
        Assert.Equal(3, (await Asked()).Count);
    }

    async Task Agree(Held held)
    {
        await new OfferedSchedules(site).LearnAsync(held);
        var wrong = new ConcurrentQueue<string>();
        var made = await site.InStore(db => db.Set<Event>().Select(e => e.DatesUntil).SingleAsync(Cancel));
        await new ScheduleOutputs(site, [held], wrong, made).AgreeAsync();
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
    }

    [GeneratedRegex(@"/events/(manage|still)/[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
