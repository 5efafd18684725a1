using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// The parts of the organiser's form keep exactly what was typed, without what nobody can see; and each thing done to an event is a
/// line of its history.
/// </summary>
[OneStore("the steps of a form; OfferTests stores them")]
public sealed class EventStepTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<string> Draft(Event e) =>
        await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, GeneratedEvents.Now.UtcDateTime);
            await db.SaveChangesAsync();
            return "/events/manage/" + token;
        });

    static Event Started() => Event.Start(EmailAddress.Parse("sam@example.org", null), GeneratedEvents.Now);

    Task<Event> Only() =>
        site.InStore(db => db.Set<Event>().Include(e => e.Steps).Include(e => e.Dates).AsSplitQuery().AsNoTracking().SingleAsync());

    [Fact]
    public async Task Invisible_characters_are_dropped_and_all_others_are_kept()
    {
        var manage = await Draft(Started());
        using var browser = site.Browser();
        using var answer = await browser.Send(
            manage + "/what",
            Fields(
                ("Name", "  Te\u202Ea\u200B & <b>cake</b> for Siân’s group  "),
                ("Summary", "One\r\nTwo"),
                ("Description", "One\r\n\r\nTwo\u2028Three")
            )
        );
        Assert.True(answer.StatusCode == HttpStatusCode.Found, (await TestSite.Read(answer)).QuerySelector(".error-summary")?.TextContent);
        var kept = (await Only()).Latest;
        Assert.Equal(("Tea & <b>cake</b> for Siân’s group", "One Two", "One\n\nTwo"), (kept.Title, kept.Summary, kept.Description[..8]));
    }

    [Fact]
    public async Task The_pin_is_where_the_organiser_put_it_and_a_rough_place_has_none()
    {
        var manage = await Draft(Started());
        using var browser = site.Browser();
        async Task<AngleSharp.Html.Dom.IHtmlDocument?> Place(string pin)
        {
            using var answer = await browser.Send(
                manage + "/place",
                Fields(("How", "in-person"), ("Venue", "Boathouse"), ("Town", "Leeds"), ("Postcode", "LS1 4AP"), ("Pin", pin))
            );
            return answer.StatusCode == HttpStatusCode.Found ? null : await TestSite.Read(answer);
        }

        Assert.Null(await Place(""));
        Assert.Null((await Only()).Latest.Pin);

        Assert.Null(await Place("https://www.openstreetmap.org/?mlat=53.8012&mlon=-1.5502#map=17/53.8/-1.5"));
        Assert.Equal(new(53.8012, -1.5502), (await Only()).Latest.Pin);

        foreach (var (pin, words) in new[] { ("51.5, -0.12", "miles from LS1 4AP"), ("https://maps.app.goo.gl/x", "Copy the long link") })
        {
            var refused = await Place(pin);
            Assert.Contains(words, refused!.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(pin, refused.QuerySelector("[name=Pin]")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task An_address_without_its_beginning_is_taken_for_https()
    {
        var manage = await Draft(Started());
        using var browser = site.Browser();
        using var answer = await browser.Send(
            manage + "/organiser",
            Fields(("Organisation", "Group"), ("YourName", "Sam"), ("OrganiserLink", "group.example/about"))
        );
        Assert.Equal("https://group.example/about", (await Only()).Latest.OrganiserLink);
    }

    /// <summary>Posting what belongs to staff, to the law or to another part changes nothing of it.</summary>
    [Fact]
    public async Task No_other_property_can_be_posted_to_any_part()
    {
        var manage = await Draft(Started());
        using var browser = site.Browser();
        var names = typeof(Event).GetProperties().Concat(typeof(EventDetails).GetProperties()).Select(p => p.Name).Distinct().ToList();
        var extra = names
            .Concat(names.Select(n => "Event." + n))
            .Concat(names.Select(n => "Hand.Event." + n))
            .Concat(names.Select(n => "Live." + n))
            .Concat(["Hand.Mailed", "Token", "Event.Live.Title"]);
        foreach (var step in InfantMHWeek.Events.Manage.IndexModel.Parts.Select(p => "/" + p.Step).Append(""))
        {
            using var answer = await browser.Send(
                manage + step,
                extra.ToDictionary(n => n, _ => (string?)"2026-01-01T00:00:00Z", StringComparer.Ordinal)
            );
            Assert.True((int)answer.StatusCode < 500, step);
        }
        var e = await Only();
        Assert.True(
            e
                is {
                    IsPublic: false,
                    Live: null,
                    ApprovedAt: null,
                    Slug: null,
                    Sample: false,
                    SentAt: null,
                    WaitingSince: null,
                    Dates.Count: 0,
                    Latest: { JoinedTo: null, OnAgain: false, CancelledThere: CancelledThere.No }
                }
                && e.Contact.Text == "sam@example.org"
        );
    }

    [Fact]
    public async Task Everything_done_is_a_line_of_the_history_with_who_did_it()
    {
        var e = new GeneratedEvents(3).Published();
        e.Propose(e.Latest with { Title = "Other" }, GeneratedEvents.Now.AddHours(1), "Ruth");
        e.Decline("Ruth", e.Revision, "Please do not.", GeneratedEvents.Now.AddHours(2));
        e.Postpone(Event.Organiser, "", GeneratedEvents.Now.AddHours(3));
        e.Cancel("Ruth", "Flood.", GeneratedEvents.Now.AddHours(4));
        e.Report(3, "Fine.", GeneratedEvents.Now.AddYears(1));
        e.Withdraw(Event.Organiser, "", GeneratedEvents.Now.AddYears(1).AddHours(1));
        await Draft(e);
        var steps = (await Only()).Steps.OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => $"{s.Who} {s.What}").ToList();
        Assert.Equal(
            [
                "Ruth changed it for the organiser",
                "Ruth declined",
                "Organiser postponed",
                "Ruth cancelled",
                "Organiser told how it went",
                "Organiser withdrew",
            ],
            steps[^6..],
            StringComparer.Ordinal
        );
    }
}
