using System.Net;
using System.Net.Http.Headers;
using InfantMHWeek.Events;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace InfantMHWeek.Tests.Events;

/// <summary>What an event shows where its link is shared: approved words only.</summary>
[BothStores]
public sealed class EventPictureTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(3);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_has_share_links_and_a_picture_of_what_was_approved()
    {
        var e = generated.Published();
        await site.Write(db =>
        {
            db.Add(e);
            return db.SaveChangesAsync(Cancel);
        });
        var page = await site.Open("/events/" + e.Slug);
        Assert.NotNull(page.QuerySelector("[data-share] a[href^='mailto:']"));
        var path = new Uri(page.QuerySelector("meta[property='og:image']")!.GetAttribute("content")!).AbsolutePath;
        Assert.Equal($"/events/{e.Slug}.png", path);

        using var browser = site.Browser();
        using var first = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var bytes = await first.Content.ReadAsByteArrayAsync(Cancel);
        using (var picture = SKBitmap.Decode(bytes))
            Assert.Equal((1200, 630), (picture.Width, picture.Height));

        // What waits for a person is in no picture.
        await Change(e, o => o.Propose(o.Latest with { Title = "Buy now" }, GeneratedEvents.Now));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var same = await browser.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        await Change(e, o => o.Approve("A colleague", o.Revision, GeneratedEvents.Now));
        Assert.NotEqual(bytes, await browser.GetByteArrayAsync(new Uri(path, UriKind.Relative), Cancel));

        await Change(e, o => o.Withdraw("A colleague", "", GeneratedEvents.Now));
        using var gone = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    Task Change(Event known, Action<Event> change) =>
        site.Write(async db =>
        {
            change(await db.Set<Event>().Include(o => o.Dates).Include(o => o.Steps).SingleAsync(o => o.Id == known.Id, Cancel));
            return await db.SaveChangesAsync(Cancel);
        });
}
