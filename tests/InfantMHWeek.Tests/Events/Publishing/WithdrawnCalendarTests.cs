using System.Net;
using Ical.Net;
using InfantMHWeek.Events;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events.Publishing;

/// <summary>A diary that follows an event hears that it was taken off the website, for as long as its page says so.</summary>
[BothStores]
public sealed class WithdrawnCalendarTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly EventTime First = new(new(2026, 6, 16), new(10, 0), new(2026, 6, 16), new(11, 30));
    static readonly string Weekly = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString();

    static readonly Schedule[] Schedules =
    [
        Schedule.Once(First),
        new(Repeat.Several, [First, First.DaysLater(3)]),
        new(Repeat.Weekly, [First], new(2026, 7, 28)),
        new(Repeat.Rule, [First], new(2026, 7, 28)) { Rule = Weekly },
        new(Repeat.Rule, [First]) { Rule = Weekly },
    ];

    async Task<string> Get(string path)
    {
        using var browser = site.Browser();
        return await browser.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_entry_is_cancelled_and_none_of_the_words_are_told(int which)
    {
        var generated = new GeneratedEvents(4);
        var e = generated.Published(
            generated.Once("Ann Lee’s songs") with
            {
                Schedule = Schedules[which],
                Attendance = Attendance.Both,
                OnlineLinkShown = true,
                Description = "At Ann’s.",
            }
        );
        await site.Write(db =>
        {
            db.Add(e);
            return Task.CompletedTask;
        });
        var path = $"/events/{e.Slug}.ics";
        var before = Calendar.Load(await Get(path))!.Events.ToDictionary(v => (v.Uid, v.RecurrenceIdentifier?.ToString()));

        await site.Write(async db =>
        {
            var held = await db.Set<Event>()
                .Include(o => o.Dates)
                .Include(o => o.Steps)
                .AsSplitQuery()
                .SingleAsync(o => o.Id == e.Id, Cancel);
            held.Withdraw("Ruth", "", site.Clock.GetUtcNow());
        });

        using var browser = site.Browser();
        using (var page = await browser.GetAsync(new Uri("/events/" + e.Slug, UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        var text = await Get(path);
        var after = Calendar.Load(text)!.Events;
        Assert.Equal(before.Count, after.Count);
        Assert.All(after, v =>
        {
            var was = before[(v.Uid, v.RecurrenceIdentifier?.ToString())];
            Assert.Equal(("CANCELLED", was.DtStart, null), (v.Status, v.DtStart, v.Location));
            Assert.True(v.Sequence > was.Sequence);
        });
        foreach (var word in new[] { "Ann", "hall", "meet.example", "Families together" })
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        using var none = await browser.GetAsync(new Uri("/events/never-there.ics", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
