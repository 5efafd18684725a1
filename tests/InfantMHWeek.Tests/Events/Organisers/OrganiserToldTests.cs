using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Organisers;

/// <summary>Whoever cancels an event or takes it away, and by whichever way: its organiser is told once.</summary>
[BothStores]
public sealed class OrganiserToldTests : IAsyncDisposable
{
    readonly TogetherSite site = new();
    readonly GeneratedEvents generated = new(6);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Task<List<OutboxMail>> MailsAbout(Event e) =>
        site.InStore(async db =>
            (await db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel)).FindAll(m =>
                m.About.StartsWith(e.Id.ToString("N"), StringComparison.Ordinal)
            )
        );

    [Fact]
    public async Task Cancelled_or_taken_away_by_anybody_is_told_once()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var browser = site.Browser();
        var tokens = (Staff: await TogetherSite.TokenOf(staff), Own: await TogetherSite.TokenOf(browser));
        foreach (var act in new[] { "cancel", "withdraw" })
        foreach (var way in new[] { "organiser", "staff on their screen", "staff for the organiser" })
        {
            var e = generated.Published(generated.Once("Songs"));
            var link = await site.Write(db =>
            {
                db.Add(e);
                return Task.FromResult(db.NewEventLink(e, mailed: true, GeneratedEvents.Now.UtcDateTime));
            });
            var (who, token, path) = way switch
            {
                "organiser" => (browser, tokens.Own, "/events/manage/" + link),
                "staff on their screen" => (staff, tokens.Staff, $"/staff/events/review?id={e.Id}"),
                _ => (staff, tokens.Staff, "/events/manage/" + EventLinks.StaffName(e.Id)),
            };
            var press = (
                who,
                token,
                path,
                (IReadOnlyDictionary<string, string?>)
                    Fields(("Do", act), ("Sure", "true"), ("Notice", "Flooded."), ("Words", "Flooded."), ("Revision", $"{e.Revision}"))
            );
            foreach (var answer in await site.Together(press, press))
            {
                Assert.True((int)answer.StatusCode is 302 or 200, $"{act} by {way}: {answer.StatusCode}");
                answer.Dispose();
            }
            var mail = Assert.Single(await MailsAbout(e));
            Assert.Equal(act == "cancel" ? "event-cancelled" : "event-withdrawn", mail.Kind);
            Assert.Contains(way == "organiser" ? "by you" : "by our staff", mail.Text, StringComparison.Ordinal);
            Assert.Equal(
                way == "staff on their screen" || (way == "staff for the organiser" && act == "cancel"),
                mail.Text.Contains("Flooded.", StringComparison.Ordinal)
            );
            Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
            // Only whoever told something is thanked for it.
            var page = (await browser.Open("/events/manage/" + link)).QuerySelector(".page-head")!.TextContent;
            Assert.Equal(way != "organiser", page.Contains("Our staff", StringComparison.Ordinal));
            Assert.Equal(way == "organiser" && act == "cancel", page.Contains("Thank you for telling us", StringComparison.Ordinal));
        }
    }

    /// <summary>Who never confirmed an address may not be its owner, and what was typed there is not theirs.</summary>
    [Fact]
    public async Task What_was_never_shown_is_taken_away_without_a_word()
    {
        var e = HomeOf.Draft("stranger@example.org", generated.Once("Buy now"));
        await site.Keep(e);
        using var staff = await site.SignedIn(StaffRole.Events);
        var token = await TogetherSite.TokenOf(staff);
        using (
            var answer = (
                await site.Together((staff, token, $"/staff/events/review?id={e.Id}", Fields(("Do", "withdraw"), ("Words", "Spam."))))
            ).Single()
        )
            Assert.Equal("/staff/events", answer.Headers.Location?.OriginalString);
        Assert.Empty(await MailsAbout(e));
    }
}
