using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>
/// On 25 October 2026 half past one comes twice. Whichever way an event comes to begin then, its organiser is asked which one is meant, and
/// the answer is kept.
/// </summary>
[OneStore("the steps of a form; SingleDateTests stores rules")]
public sealed class ClocksGoBackTests : IAsyncDisposable
{
    static readonly DateOnly Twice = new(2026, 10, 25);
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static (string, string?)[] On(DateOnly day) => [("Day.Day", $"{day.Day}"), ("Day.Month", $"{day.Month}"), ("Day.Year", $"{day.Year}")];

    async Task<(Event Event, string Manage)> Group()
    {
        var first = new DateOnly(2026, 6, 9);
        var generated = new GeneratedEvents(8);
        var e = generated.Published(
            generated.Once("Baby days") with
            {
                Schedule = new(Repeat.Rule, [new(first, new(10, 0), first, new(11, 30))])
                {
                    Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString(),
                },
            }
        );
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return (e, "/events/manage/" + token);
        });
    }

    async Task<IHtmlDocument?> Send(string path, params (string, string?)[] typed)
    {
        using var browser = site.Browser();
        using var answer = await browser.Send(path, Fields(typed));
        return answer.StatusCode == HttpStatusCode.Found ? null : await TestSite.Read(answer);
    }

    async Task<EventTime> Kept(Event e)
    {
        var now = await site.InStore(db => db.Set<Event>().AsNoTracking().SingleAsync(o => o.Id == e.Id));
        return now.Latest.Schedule.All(Twice, Twice).Single(t => t.Day == Twice);
    }

    /// <summary>Before the spring, when half past one does not come at all.</summary>
    static readonly (string, string?)[] Until = [("Until.Day", "20"), ("Until.Month", "12"), ("Until.Year", "2026")];

    static readonly (string, string?)[] Sunday = [("Kind", "weekly"), .. On(new(2026, 6, 14)), ("On", "sun"), .. Until];

    public static TheoryData<string, (string, string?)[]> Ways =>
        new()
        {
            { "a rule", [.. Sunday, ("Starts", "01:30"), ("Ends", "02:30")] },
            {
                "the hours of a weekday",
                [
                    .. Sunday,
                    .. On(new(2026, 6, 13)),
                    ("On", "sat"),
                    ("Starts", "10:00"),
                    ("Ends", "11:00"),
                    ("On", "sun"),
                    ("Hours.Sun.Starts", "01:30"),
                    ("Hours.Sun.Ends", "02:30"),
                ]
            },
            {
                "a list",
                [
                    ("Kind", "several"),
                    .. On(new(2026, 6, 14)),
                    ("Starts", "10:00"),
                    ("Ends", "11:00"),
                    ("Others", "25 October 2026, 01:30 to 02:30"),
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public async Task Its_organiser_says_which_one_and_that_is_kept(string way, (string, string?)[] typed)
    {
        // Of a field that stands there twice the later counts, save for the days, which are ticked beside each other.
        var fields = typed.Where(f => f.Item1 != "On").GroupBy(f => f.Item1).Select(g => g.Last()).ToList();
        var days = typed.Where(f => f.Item1 == "On").Select(f => f.Item2).Distinct().ToList();
        var (e, manage) = await Group();
        foreach (var answer in new[] { "second", "first" })
        {
            var asked = await Post(null);
            Assert.True(asked is not null, way);
            Assert.Contains("On 25 October 2026 the clock shows 01:30 twice", asked.Body!.TextContent, StringComparison.Ordinal);
            Assert.Null(await Post(answer));
            var (time, hour) = (await Kept(e), answer == "second" ? 1 : 0);
            Assert.Equal((new(2026, 10, 25, hour, 30, 0), new(2026, 10, 25, 2, 30, 0)), (time.StartUtc, time.EndUtc));
            using var browser = site.Browser();
            using var again = await browser.GetAsync(new Uri(manage + "/dates", UriKind.Relative), TestContext.Current.CancellationToken);
            var chosen = (await TestSite.Read(again)).QuerySelector("[name=Second]:checked")?.GetAttribute("value");
            Assert.Equal(answer, chosen);
        }

        async Task<IHtmlDocument?> Post(string? second)
        {
            using var browser = site.Browser();
            using var opened = await browser.GetAsync(new Uri(manage + "/dates", UriKind.Relative), TestContext.Current.CancellationToken);
            var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
            foreach (var box in form.QuerySelectorAll("[name=On]").OfType<IHtmlInputElement>())
                box.IsChecked = days.Contains(box.Value);
            using var answer = await browser.Send(form, manage + "/dates", Fields([.. fields, ("Second", second)]));
            return answer.StatusCode == HttpStatusCode.Found ? null : await TestSite.Read(answer);
        }
    }

    [Theory]
    [InlineData("add", "")]
    [InlineData("move", "2026-10-20T10:00")]
    public async Task One_date_too(string what, string at)
    {
        var (e, manage) = await Group();
        (string, string?)[] typed = [("What", what), ("At", at), .. On(Twice), ("Starts", "01:30"), ("Ends", "02:30")];
        var asked = await Send(manage + "/date", typed);
        Assert.Contains("On 25 October 2026 the clock shows 01:30 twice", asked!.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(asked.QuerySelector("[name=Second]"));
        Assert.Null(await Send(manage + "/date", [.. typed, ("Second", "second")]));
        Assert.Equal(new(2026, 10, 25, 1, 30, 0), (await Kept(e)).StartUtc);
    }
}
