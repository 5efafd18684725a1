using InfantMHWeek.Events;
using InfantMHWeek.Tests.Platform.Feeds;
using static InfantMHWeek.Tests.Events.Feeds.FeedSite;

namespace InfantMHWeek.Tests.Events.Feeds;

/// <summary>A news feed is read as far as it says for machines when its events are; what does not is named.</summary>
[OneStore("what feeds say")]
public sealed class NewsFeedTests : IAsyncDisposable
{
    readonly FeedSite site = new();
    readonly PartnerServer partner = new();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await partner.DisposeAsync();
    }

    const string Atom = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005">
          <title>What is on</title><id>urn:x</id>
          <entry><id>urn:1</id><title>Songs, and tea</title><summary type="html">&lt;p&gt;For babies; all welcome&lt;/p&gt;</summary>
            <gd:when startTime="2026-06-18T10:00:00+01:00" endTime="2026-06-18T11:00:00+01:00"/>
            <gd:where valueString="Hall, Leeds LS1 4AP"/><link rel="alternate" href="https://partner.example/songs"/></entry>
          <entry><id>urn:2</id><title>Walk</title><link rel="enclosure" type="text/calendar" href="/walk.ics"/></entry>
          <entry><id>urn:3</id><title>Picnic</title><summary>On 18 June at ten</summary></entry>
          <entry><id>urn:4</id><title>Fair</title><link href="http://169.254.169.254/fair.ics"/></entry>
        </feed>
        """;

    [Fact]
    public async Task An_item_that_says_when_or_leads_to_its_calendar_is_taken_and_others_are_named()
    {
        var text = Atom;
        partner.Says(r => PartnerServer.Ok(r.Path == "/walk.ics" ? Calendar(Entry("w", "Walk")) : text));
        await site.Add(partner.At("/feed.atom"));
        await site.RunJob();
        var all = await site.All();
        Assert.Equal(["Songs, and tea", "Walk"], all.Select(e => e.Latest.Title));
        Assert.Equal(
            ("For babies; all welcome", new TimeOnly(10, 0), "LS1 4AP", "https://partner.example/songs"),
            (all[0].Latest.Summary, all[0].Latest.Schedule.Times[0].Starts, all[0].Latest.Postcode, all[0].Latest.BookingLink)
        );
        var list = await site.List();
        Assert.Contains("“Picnic”: it does not say for machines when it is", list, StringComparison.Ordinal);
        Assert.Contains("“Fair”: it does not say for machines when it is", list, StringComparison.Ordinal);

        // The newest items only: what is missing is not gone, and the same again is nothing new.
        text = Atom.Replace("urn:2", "urn:5", StringComparison.Ordinal).Replace("/walk.ics", "/none", StringComparison.Ordinal);
        await site.NextDay();
        Assert.Equal(all.Select(e => (e.Id, e.Revision)), (await site.All()).Select(e => (e.Id, e.Revision)));
    }

    [Fact]
    public async Task An_rss_feed_with_dates_is_read()
    {
        partner.Says(_ =>
            PartnerServer.Ok(
                """
                <rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>On</title>
                <item><guid>1</guid><title>Songs</title><description>Sing</description><ev:startdate>2026-06-18T10:00:00</ev:startdate>
                <ev:enddate>2026-06-18T11:00:00</ev:enddate><ev:location>Hall, Leeds LS1 4AP</ev:location></item></channel></rss>
                """
            )
        );
        await site.Add(partner.At("/rss"));
        await site.RunJob();
        Assert.Equal(new TimeOnly(10, 0), Assert.Single(await site.All()).Latest.Schedule.Times[0].Starts);
    }

    /// <summary>A partner may run this software: its feed leads to its calendar, which says more.</summary>
    [Fact]
    public async Task The_feed_of_a_site_like_this_is_read_by_its_calendar()
    {
        await using var theirs = new TestSite();
        var generated = new GeneratedEvents(3);
        var all = Enumerable.Range(0, 5).Select(_ => generated.Published()).ToList();
        await theirs.Write(db =>
        {
            db.Set<Event>().AddRange(all);
            return Task.CompletedTask;
        });
        using var browser = theirs.Browser();
        var body = "";
        partner.Answers = async (request, stream, cancel) =>
        {
            body = await browser.GetStringAsync(new Uri(request.Path, UriKind.Relative), cancel);
            await stream.WriteAsync(Bytes(PartnerServer.Ok(body)), cancel);
        };
        await site.Add(partner.At("/events/feed.atom"));
        await site.RunJob();
        Assert.Equal(["/events/feed.atom", "/events/calendar.ics"], partner.Asked.Select(r => r.Path));
        var (here, list) = ((await site.All()).Select(e => e.Latest.Title).ToHashSet(StringComparer.Ordinal), await site.List());
        Assert.NotEmpty(here);
        // Whatever their calendar has is here, or named as left out.
        Assert.All(all.Select(e => e.Live!.Title).Where(title => body.Contains(title, StringComparison.Ordinal)), title =>
            Assert.True(here.Contains(title) || list.Contains($"“{title}”", StringComparison.Ordinal), $"{title}: {list}")
        );
    }
}
