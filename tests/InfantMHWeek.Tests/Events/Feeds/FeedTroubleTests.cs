using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Platform.Feeds;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Events.Feeds.FeedSite;

namespace InfantMHWeek.Tests.Events.Feeds;

/// <summary>Whatever a partner's server does, it is said in words, the others are read, and nothing that is here is lost.</summary>
[OneStore("what servers answer")]
public sealed class FeedTroubleTests : IAsyncDisposable
{
    readonly PartnerServer partner = new();
    static readonly string Good = Calendar(Entry("a", "Songs"));

    public ValueTask DisposeAsync() => partner.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The control is in it: switched on, the same presses ask.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_asked_unless_the_operator_wishes_so(bool reads)
    {
        partner.Says(_ => PartnerServer.Ok(Good));
        await using var site = new FeedSite { Reads = reads };
        var list = await site.Add(partner.At("/events.ics"));
        Assert.Equal(!reads, list.Contains("Events__ReadFeeds=true", StringComparison.Ordinal));
        await site.RunJob();
        await site.NextDay();
        // Off, there is no such button; whoever presses it all the same reaches nobody.
        using (var staff = await site.Staff())
        {
            using var opened = await staff.GetAsync(new Uri("/staff/events/feeds", UriKind.Relative), Cancel);
            var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("form[action*=Stop]")!;
            form.SetAttribute("action", "/staff/events/feeds?handler=Read");
            using var pressed = await staff.Send(form, "/");
            Assert.Equal(HttpStatusCode.Found, pressed.StatusCode);
        }
        Assert.Equal(reads, !partner.Asked.IsEmpty);
        Assert.Equal(reads, (await site.All()).Count == 1);
    }

    [Fact]
    public async Task The_wall_is_there_in_earnest()
    {
        partner.Says(_ => PartnerServer.Ok(Good));
        await using var site = new FeedSite { Walled = true };
        using (var answer = await site.Name(partner.At("/events.ics")))
            Assert.Contains("not encrypted", Words(await TestSite.Read(answer)), StringComparison.Ordinal);
        // Named all the same, as by a name that leads inside.
        await site.Write(db =>
        {
            var words = new FeedWords(
                "Inner",
                "",
                partner.At("/", "localhost").AbsoluteUri,
                EmailAddress.Parse("a@example.org", null),
                "",
                new(),
                false
            );
            db.Add(PartnerFeed.Add(words, site.Clock.GetUtcNow()));
            return Task.CompletedTask;
        });
        await site.RunJob();
        Assert.Contains("inside a network", await site.List(), StringComparison.Ordinal);
        Assert.Empty(partner.Asked);
    }

    public static TheoryData<string, string> Troubles =>
        new()
        {
            { PartnerServer.Ok("<!DOCTYPE html><html><body>Please sign in</body></html>"), "There is a web page at this address" },
            { PartnerServer.Ok(Good[..^20]), "ends in the middle" },
            { PartnerServer.Ok(""), "The answer is empty" },
            { PartnerServer.Ok("Name,Date\nSongs,1 June"), "something else at this address" },
            { PartnerServer.Ok("BEGIN:VCALENDAR\u0000\u0001END:VCALENDAR"), "no text" },
            { PartnerServer.Ok("<feed xmlns='http://www.w3.org/2005/Atom'><entry>"), "broken, or ends in the middle" },
            { PartnerServer.Ok("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><feed>&a;</feed>"), "The feed is broken" },
            { PartnerServer.Status("404 Not Found"), "answers 404" },
            { PartnerServer.Status("410 Gone"), "answers 410" },
            { PartnerServer.Status("304 Not Modified"), "never had it" },
            {
                PartnerServer.Status("302 Found", "Location: http://169.254.169.254/latest/meta-data\r\n"),
                "Nothing is fetched that you did not"
            },
            { PartnerServer.Status("302 Found", "Location: file:///etc/passwd\r\n"), "Nothing is fetched that you did not name" },
            { PartnerServer.Status("302 Found", "Location: /events.ics\r\n"), "leads on and on" },
            { "", "could not be fetched" },
        };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_is_no_calendar_is_said_and_nothing_is_taken_away(string answer, string words)
    {
        var broken = false;
        partner.Says(r => broken && r.Path == "/events.ics" ? answer : PartnerServer.Ok(Good));
        await using var site = new FeedSite();
        await site.Add(partner.At("/events.ics"), ("Trust", "yes"));
        await site.RunJob();
        using (await site.Name(partner.At("/other.ics"), ("Name", "Zzz Other"), ("Email", "other@example.org"))) { }
        broken = true;
        await site.NextDay();
        var list = await site.List();
        Assert.Contains("It could not be read since 9 June 2026", list, StringComparison.Ordinal);
        Assert.Contains(words, list, StringComparison.Ordinal);
        Assert.True(Assert.Single(await site.All()) is { IsPublic: true, GoneAtSourceAt: null });
        // The other was read, whatever became of this one.
        Assert.Contains("it is here already, from somebody else", list, StringComparison.Ordinal);

        broken = false;
        await site.NextDay();
        Assert.DoesNotContain("could not be read", await site.List(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_is_tried_more_and_more_seldom()
    {
        partner.Says(_ => PartnerServer.Status("500 Internal Server Error"));
        await using var site = new FeedSite();
        await site.Add(partner.At("/events.ics"));
        var asked = new List<int>();
        for (var hour = 0; hour < 72; hour++)
        {
            var before = partner.Asked.Count;
            await site.RunJob();
            if (partner.Asked.Count > before)
                asked.Add(hour);
            site.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal([0, 1, 3, 7, 15, 31, 55], asked);
        Assert.Contains("since 8 June 2026, 10:00", await site.List(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_megabytes_are_left_and_nothing_is_held_up()
    {
        partner.Answers = async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Bytes(PartnerServer.Ok(Good)), cancel);
            for (var n = 0; n < 50; n++)
                await stream.WriteAsync(new byte[1 << 20], cancel);
        };
        await using var site = new FeedSite();
        await site.Add(partner.At("/events.ics"));
        await site.RunJob();
        Assert.Contains("too large, or it never ends", await site.List(), StringComparison.Ordinal);
        Assert.Empty(await site.All());
    }

    [Theory]
    [InlineData("ftp://example.org/a.ics", "begins with https://")]
    [InlineData("javascript:alert(1)", "begins with https://")]
    [InlineData("http://example.org/a.ics", "not encrypted")]
    [InlineData("https://me:secret@example.org/a.ics", "Leave out the name and password")]
    [InlineData("https://127.0.0.1/a.ics", "with the name of a website")]
    [InlineData("https://[::1]/a.ics", "with the name of a website")]
    [InlineData("https://localhost/a.ics", "with the name of a website")]
    [InlineData("https://week.example/events/calendar.ics", "an address of this website")]
    [InlineData("", "Enter the address")]
    [InlineData("webcal://Example.org/a b.ics#top", null)]
    [InlineData("example.org/a%20b.ics", null)]
    public async Task An_address_is_looked_at_when_it_is_named(string address, string? words)
    {
        await using var site = new FeedSite { Walled = true, Reads = false };
        using var answer = await site.Name(partner.At("/"), ("Address", address));
        if (words is null)
            Assert.Equal("https://example.org/a%20b.ics", (await site.Feed()).Address);
        else
            Assert.Contains(words, Words(await TestSite.Read(answer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ordinary_acts_twice_and_by_two_people_are_said_in_words()
    {
        await using var site = new FeedSite { Walled = true, Reads = false };
        var at = new Uri("https://example.org/a.ics");
        await site.Add(at);
        await site.Add(at);
        using (var other = await site.Name(at, ("Name", "Another")))
            Assert.Contains("already, as Leeds Families", Words(await TestSite.Read(other)), StringComparison.Ordinal);

        var edit = $"/staff/events/feeds/edit?id={(await site.Feed()).Id}";
        using var staff = await site.Staff();
        using var opened = await staff.GetAsync(new Uri(edit, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        using (await staff.Send(edit, FormPosting.Fields(("Name", "Leeds for Families")))) { }
        using var late = await staff.Send(form, edit, FormPosting.Fields(("Name", "Old name")));
        Assert.Contains("A colleague changed it", Words(await TestSite.Read(late)), StringComparison.Ordinal);
        Assert.Equal("Leeds for Families", (await site.Feed()).Name);

        await site.Press("Stop");
        await site.Press("Resume");
        Assert.Null((await site.Feed()).StoppedAt);
        Assert.Equal(1, await site.InStore(db => db.Set<PartnerFeed>().CountAsync(Cancel)));
    }
}
