using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Events.SpokenDates;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>A schedule that is on the website, and its truth.</summary>
sealed record Held(Guid Id, string Slug, string Title, RealSchedule Said, ScheduleTruth Truth, string Manage, DateOnly Offered);

/// <summary>Types schedules into the organiser's form, and what changes into the form for single dates.</summary>
sealed class OfferedSchedules(TestSite site)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<Held> OfferAsync(RealSchedule said, string title)
    {
        var (e, manage) = await BeginAsync(title);
        using var browser = site.Browser();
        var truth = await TypeAsync(browser, manage + "/dates", said);
        var slug = await site.Write(async db =>
        {
            var kept = await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).AsSplitQuery().SingleAsync(o => o.Id == e, Cancel);
            kept.Confirm(site.Clock.GetUtcNow());
            kept.Send(site.Clock.GetUtcNow());
            Assert.Equal(Decision.Done, kept.Approve("A colleague", kept.Revision, site.Clock.GetUtcNow()));
            await db.SaveChangesAsync(Cancel);
            return kept.Slug!;
        });
        foreach (var change in said.Changes)
            await ChangeAsync(browser, manage + "/date", said, change);
        return new(e, slug, title, said, truth, manage, DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime));
    }

    async Task<(Guid Id, string Path)> BeginAsync(string title)
    {
        var e = Event.Start(
            EmailAddress.Parse("group@example.org", null),
            site.Clock.GetUtcNow(),
            new GeneratedEvents(1).Once(title) with
            {
                Schedule = Schedule.None,
            }
        );
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(Cancel);
            return (e.Id, "/events/manage/" + token);
        });
    }

    /// <returns>What was typed means this.</returns>
    public async Task<ScheduleTruth> TypeAsync(HttpClient browser, string path, RealSchedule said)
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var page = await TestSite.Read(opened);
        IReadOnlyList<string> ticked = [];
        if (said.TermOf.Length > 0)
        {
            using var asked = await SendAsync(browser, path, page, [.. said.Fields([]), new("Do", "show")]);
            page = await TestSite.Read(asked);
            ticked = Suggested(page);
            Assert.True(ticked.Count >= 4, said.Said);
        }
        var off = ticked.Select(Days).ToList();
        var truth = new ScheduleTruth(said, off);
        using (var shown = await SendAsync(browser, path, page, [.. said.Fields(ticked), new("Do", "show")]))
        {
            page = await TestSite.Read(shown);
            Assert.True(
                page.QuerySelector(".error-summary") is not { } wrong,
                $"{said.Said}: {page.QuerySelector(".error-summary")?.TextContent}"
            );
            if (said.Repeats)
                Assert.StartsWith(said.Words + said.After, page.QuerySelector(".every")!.TextContent, StringComparison.Ordinal);
            var now = site.Clock.GetUtcNow().UtcDateTime;
            var today = DateOnly.FromDateTime(UkClock.Local(now));
            var planned = new ScheduleTruth(said with { Changes = [] }, off).Between(
                today,
                said.Repeats ? today.AddDays(Schedule.DaysAhead) : ScheduleOutputs.Last
            );
            var first = said.First > today.AddDays(Schedule.DaysAhead);
            if (!first)
                Assert.Equal(planned.Where(d => d.Ends > now).Take(12), Words(Shown(page)));
        }
        using (var saved = await SendAsync(browser, path, page, [.. said.Fields(ticked), new("Do", "save")]))
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        return truth;
    }

    static IReadOnlyList<string> Suggested(IHtmlDocument page, string which = "") =>
        [.. page.QuerySelectorAll("input[name=Suggested]" + which).Select(i => i.GetAttribute("value")!)];

    static (DateOnly From, DateOnly To) Days(string ticked) =>
        (RealSchedule.Day(ticked.Split(' ')[0]), RealSchedule.Day(ticked.Split(' ')[1]));

    /// <summary>A year on, the form shows as ticked by which holidays the site goes meanwhile.</summary>
    public async Task LearnAsync(Held group)
    {
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri(group.Manage + "/dates", UriKind.Relative), Cancel);
        foreach (var (from, to) in Suggested(await TestSite.Read(opened), "[checked]").Select(Days))
            group.Truth.Learn(from, to);
    }

    public static async Task ChangeAsync(HttpClient browser, string path, RealSchedule said, SaidChange change)
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var at =
            change.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T" + RealSchedule.Clock(said.HoursOn(change.Day).Starts);
        List<KeyValuePair<string, string>> fields = [new("What", change.What), new("At", at)];
        if (change.What != "cancel")
            fields.AddRange(RealSchedule.Date("Day", change.To).Select(f => KeyValuePair.Create(f.Name, f.Value)));
        if (change is { Starts: { } starts, Ends: { } ends })
            fields.AddRange([new("Starts", RealSchedule.Clock(starts)), new("Ends", RealSchedule.Clock(ends))]);
        using var answer = await SendAsync(browser, path, await TestSite.Read(opened), fields);
        if (answer.StatusCode != HttpStatusCode.Found)
            Assert.Fail($"{said.Said}: {(await TestSite.Read(answer)).QuerySelector(".error-summary")?.TextContent}");
    }

    static async Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        string path,
        IHtmlDocument page,
        IEnumerable<KeyValuePair<string, string>> fields
    )
    {
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token)));
        return await browser.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
    }

    public static string Shown(IHtmlDocument page) =>
        string.Join('\n', page.QuerySelectorAll(".when-list time").Select(t => t.TextContent));
}
