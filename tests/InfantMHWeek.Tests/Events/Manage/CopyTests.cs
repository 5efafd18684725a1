using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Events.Organisers;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>What the page of a copy says of how one comes back to it is so.</summary>
[BothStores]
public sealed class CopyTests : IAsyncDisposable
{
    const string Mailed = "We have emailed you a link";
    readonly TestSite site = new();
    readonly Event songs;

    public CopyTests()
    {
        var generated = new GeneratedEvents(5);
        songs = generated.Published(generated.Once("Songs"));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Task<List<OutboxMail>> Mails() =>
        site.InStore(db => db.Set<OutboxMail>().AsNoTracking().Where(m => m.Kind == "event-started").ToListAsync(Cancel));

    static async Task<string> Copy(HttpClient browser, string manage)
    {
        using var copied = await browser.Send(manage, Fields(("Do", "copy")), "section[aria-labelledby=again] form");
        return copied.Headers.Location!.OriginalString;
    }

    [Fact]
    public async Task By_the_link_to_one_event_a_link_to_the_copy_is_mailed_once()
    {
        var link = await site.Write(db =>
        {
            db.Add(songs);
            return Task.FromResult(db.NewEventLink(songs, mailed: true, GeneratedEvents.Now.UtcDateTime));
        });
        using var browser = site.Browser();
        Assert.Contains(
            Mailed,
            (await browser.Open(await Copy(browser, "/events/manage/" + link))).Body!.TextContent,
            StringComparison.Ordinal
        );
        await Copy(browser, "/events/manage/" + link);

        var mail = Assert.Single(await Mails());
        Assert.Equal(songs.Contact, mail.To);
        var there = mail.Text[mail.Text.IndexOf("/events/manage/", StringComparison.Ordinal)..].Split('\n', ' ')[0];
        Assert.Equal("Songs", (await browser.Open(there + "/what")).QuerySelector("[name=Name], [name=Title]")!.GetAttribute("value"));
        Assert.Equal(1, await site.InStore(db => db.Set<Event>().CountAsync(e => e.CopiedFrom == songs.Id, Cancel)));
    }

    [Fact]
    public async Task Behind_an_organisers_own_page_the_copy_stands_there_and_no_mail_is_spoken_of()
    {
        await site.Keep(songs);
        using var browser = site.Browser();
        var home = await site.Home(browser);
        var manage = (await browser.Open(home)).QuerySelector("a[href^='/events/manage/']")!.GetAttribute("href")!;

        var page = (await browser.Open(await Copy(browser, manage))).Body!.TextContent;

        Assert.DoesNotContain(Mailed, page, StringComparison.Ordinal);
        Assert.Contains("stays on the page with all your events", page, StringComparison.Ordinal);
        Assert.Empty(await Mails());
        Assert.Equal(
            2,
            (await browser.Open(home)).QuerySelectorAll("a[href^='/events/manage/']").DistinctBy(a => a.GetAttribute("href")).Count()
        );
    }
}
