using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Tests.Events.Organisers;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>What staff find among all events: by kind, by words and by day.</summary>
[BothStores]
public sealed class EventListTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(12);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    Event Named(string title, Func<EventDetails, Event> make) => make(generated.Once(title) with { Venue = "Swarthmore Hall" });

    async Task Fill()
    {
        var (changed, away, flagged) = (
            Named("Changed", generated.Published),
            Named("Away", generated.Published),
            Named("Flagged", generated.Published)
        );
        changed.Propose(changed.Latest with { Summary = "Other words" }, GeneratedEvents.Now);
        away.Withdraw("Ruth", "", GeneratedEvents.Now);
        var past = Named("Past", d =>
            generated.Published(d with { Schedule = Schedule.Once(new(new(2026, 1, 5), new(10, 0), new(2026, 1, 5), new(11, 0))) })
        );
        await site.Keep(
            changed,
            away,
            flagged,
            past,
            Named("Live", generated.Published),
            Named("Waiting", generated.Waiting),
            Named("Draft", d => HomeOf.Draft("draft@example.org", d)),
            new EventConcern
            {
                Id = Guid.CreateVersion7(),
                EventId = flagged.Id,
                At = GeneratedEvents.Now.UtcDateTime,
                Words = "It is full.",
            }
        );
    }

    static async Task<string> Titles(HttpClient staff, string query) =>
        string.Join(
            ' ',
            (await staff.Open("/staff/events" + query))
                .QuerySelectorAll("#all ~ .table-wrap th a")
                .Select(a => a.TextContent)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Each_kind_has_its_own_and_words_are_looked_for_in_all()
    {
        await Fill();
        using var staff = await site.SignedIn(StaffRole.Events);
        foreach (
            var (kind, titles) in new[]
            {
                ("waiting", "Changed Waiting"),
                ("live", "Changed Flagged Live"),
                ("changed", "Changed"),
                ("flagged", "Flagged"),
                ("past", "Past"),
                ("drafts", "Draft"),
                ("away", "Away"),
                ("nonsense", "Away Flagged Live Past"),
            }
        )
            Assert.Equal(titles, await Titles(staff, "?show=" + kind));
        Assert.Equal("Away Changed Draft Flagged Live Past Waiting", await Titles(staff, "?find=swarthmore"));
        Assert.Equal("Draft", await Titles(staff, "?find=draft%40example"));
        Assert.Equal("Changed Waiting", await Titles(staff, "?find=swarthmore&show=waiting"));
        Assert.Equal("", await Titles(staff, "?find=swarthmoor&show=waiting"));
    }

    [Fact]
    public async Task The_calendar_counts_what_is_approved_and_lists_a_day()
    {
        await Fill();
        using var staff = await site.SignedIn(StaffRole.Events);
        var page = await staff.Open("/staff/events/calendar?month=2026-01&day=2026-01-05");
        var link = Assert.Single(page.QuerySelectorAll(".month a"));
        Assert.Equal("/staff/events/calendar?month=2026-01&day=2026-01-05#day", link.GetAttribute("href"));
        Assert.Contains("Past", page.QuerySelector("section:has(#day)")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            "8",
            (await staff.Open("/staff/events/calendar?month=x")).QuerySelector("td[aria-current=date]")!.TextContent.Trim()[..1]
        );
        Assert.NotNull((await staff.Open("/staff/events/calendar?month=2026-01&day=2026-02-31")).QuerySelector(".month"));
    }
}
