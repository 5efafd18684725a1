using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Tests.Events;
using InfantMHWeek.Tests.Services;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>One search over pages, events, services and helplines: what everybody may see, as it is now.</summary>
[BothStores]
public sealed class SearchEverywhereTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(23);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Event Made(string title, int inDays)
    {
        var day = UkTime.DayOf(TestSite.Start.UtcDateTime).AddDays(inDays);
        return generated.Waiting(
            generated.Details() with
            {
                Title = title,
                Schedule = Schedule.Once(new(day, new(14, 0), day, new(15, 0))),
                Attendance = Attendance.InPerson,
                Point = new(53.8, -1.55),
                Venue = "Marmalade hall",
            }
        );
    }

    Task Change(Event known, Action<Event> change) =>
        site.Write(async db =>
        {
            change(await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).SingleAsync(o => o.Id == known.Id, Cancel));
            return await db.SaveChangesAsync(Cancel);
        });

    /// <summary>A search waits for what was just written, but not for long: on a busy machine a later one has it.</summary>
    async Task<IHtmlDocument> Search(string path, string wanted)
    {
        IHtmlDocument page = null!;
        await Eventually.IsTrue(
            async () => Found(page = await site.Open(path)).Exists(p => p.StartsWith(wanted, StringComparison.Ordinal)),
            $"{path} finds {wanted}"
        );
        return page;
    }

    static List<string> Found(IHtmlDocument page) => [.. page.QuerySelectorAll(".results h3 a").Select(a => a.GetAttribute("href")!)];

    [Fact]
    public async Task The_form_may_be_found_by_search_engines_and_what_somebody_asked_for_may_not()
    {
        using var client = site.CreateClient();
        using var form = await client.GetAsync(new Uri("/search", UriKind.Relative), Cancel);
        using var answer = await client.GetAsync(new Uri("/search?q=crying", UriKind.Relative), Cancel);
        Assert.False(form.Headers.Contains("X-Robots-Tag"));
        Assert.Equal("noindex", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
        var page = await site.Open("/search");
        Assert.Null(page.QuerySelector("meta[name=robots]"));
        Assert.NotEmpty(page.QuerySelector("meta[name=description]")!.GetAttribute("content")!);
    }

    [Fact]
    public async Task Who_may_be_in_danger_gets_numbers_of_each_nation_a_way_out_and_nothing_else()
    {
        await using var real = new RealSite();
        var page = await real.Open("/search?q=he hits me");
        var lines = page.QuerySelectorAll(".help-box .help-lines li").Select(l => l.TextContent).ToList();
        foreach (var nation in new[] { "England", "Scotland", "Wales", "Northern Ireland" })
            Assert.Contains(lines, l => l.Contains(nation, StringComparison.Ordinal));
        Assert.True(Found(page).Count is > 0 and < 4);
        Assert.NotNull(page.QuerySelector(".exit a[data-exit]"));
        // All pages with these words are still one press away.
        Assert.True(Found(await real.Open("/search?q=he hits me&type=pages")).Count > 3);
    }

    [Fact]
    public async Task What_we_can_answer_is_answered_however_it_is_spelt_and_other_words_are_only_offered()
    {
        await using var real = new RealSite();
        var known = await real.Open("/search?q=postnatel depresion");
        Assert.Contains("postnatel depresion", known.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(Found(known));
        Assert.Empty(Found(await real.Open("/search?q=zzzzxq")));
    }

    [Fact]
    public async Task An_event_is_found_from_its_approval_until_it_is_over_or_withdrawn()
    {
        var e = Made("Otters and lullabies", 3);
        await site.Write(db =>
        {
            db.Add(e);
            return db.SaveChangesAsync(Cancel);
        });
        Assert.Empty(Found(await site.Open("/search?q=otters")));
        await Change(e, o => o.Approve("A colleague", o.Revision, GeneratedEvents.Now));

        var page = await Search("/search?q=otters+in+marmalade+hall", "/events/");
        var path = Found(page)[0];
        Assert.StartsWith("/events/otters-and-lullabies", path, StringComparison.Ordinal);
        var line = page.QuerySelector(".results li")!.TextContent;
        Assert.Contains("Event", line, StringComparison.Ordinal);
        Assert.Contains("Thursday 11 June 2026, 14:00 to 15:00", line, StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(Found(await site.Open("/search?q=otters&type=events"))));

        // What waits for a person is not found, and the approved words still are.
        await Change(e, o => o.Propose(o.Latest with { Title = "Badgers" }, GeneratedEvents.Now));
        Assert.Empty(Found(await site.Open("/search?q=badgers")));
        Assert.Single(Found(await site.Open("/search?q=otters")));

        site.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Empty(Found(await site.Open("/search?q=otters")));
    }

    [Fact]
    public async Task Kinds_are_links_and_the_store_may_be_away()
    {
        await site.Write(db =>
        {
            db.AddRange(Enumerable.Range(0, 5).Select(n => Approved(Made($"Crying together {n}", n + 1))));
            return db.SaveChangesAsync(Cancel);
        });
        await Search("/search?q=crying+together", "/events/");
        var page = await site.Open("/search?q=crying");
        var kinds = page.QuerySelectorAll(".kinds a").ToDictionary(a => a.TextContent.Split(' ')[0], a => a.GetAttribute("href")!);
        Assert.Equal("/search?q=crying&type=events", kinds["Events"]);
        Assert.Equal(3, Found(page).Count(p => p.StartsWith("/events/", StringComparison.Ordinal)));
        Assert.Equal(5, Found(await site.Open(kinds["Events"])).Count);
        Assert.All(Found(await site.Open(kinds["Pages"])), p => Assert.DoesNotContain("/events/crying", p, StringComparison.Ordinal));
        using (StoreOutage.Of(site))
        {
            site.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotEmpty(Found(await site.Open("/search?q=crying")));
            Assert.Contains("/about", Found(await site.Open("/search?q=about+the+week")));
        }
    }

    static Event Approved(Event e)
    {
        e.Approve("A colleague", e.Revision, GeneratedEvents.Now);
        return e;
    }

    [Fact]
    public async Task A_helpline_is_found_by_its_name_and_can_be_called_at_once()
    {
        var page = await site.Open("/search?q=samaritans");
        Assert.Contains(page.QuerySelectorAll(".results a"), a => a.GetAttribute("href") == "tel:116123");
    }

    [Fact]
    public async Task A_service_is_found_and_what_is_secret_of_it_is_not()
    {
        var made = new GeneratedServices(5);
        var service = made.Published(
            made.InLeeds("Hedgehog sleep clinic") with
            {
                Places = [new(Guid.NewGuid(), "Wombat house", "12 Quokka street", "Leeds", "LS1 4AP", null, default, Confidential: true)],
            }
        );
        await site.Write(db =>
        {
            db.Add(service);
            return db.SaveChangesAsync(Cancel);
        });
        Assert.Contains("/services/" + service.Slug, Found(await Search("/search?q=hedgehog+leeds", "/services/")));
        Assert.Empty(Found(await site.Open("/search?q=wombat")));
        Assert.Empty(Found(await site.Open("/search?q=quokka")));
    }
}
