using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Tests.Events.Organisers;
using InfantMHWeek.Tests.Platform.Pictures;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Manage;

/// <summary>
/// An event's picture: nobody but its organiser and staff sees it before it is approved, and it goes when it is not wanted.
/// </summary>
[BothStores]
public sealed class PictureFormTests : IAsyncDisposable
{
    const string Words = "Parents <sit> in a ring";
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(8);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Keeps an event, and makes its mailed link.</summary>
    Task<string> Manage(Event e) =>
        site.Write(db =>
        {
            db.Add(e);
            return Task.FromResult("/events/manage/" + db.NewEventLink(e, mailed: true, GeneratedEvents.Now.UtcDateTime));
        });

    static async Task<(string? To, string Text)> Bring(
        HttpClient browser,
        string manage,
        byte[]? file,
        string words = Words,
        bool agreed = true,
        string brought = ""
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await TogetherSite.TokenOf(browser)), "__RequestVerificationToken" },
            { new StringContent(words), "Alternative" },
            { new StringContent(agreed ? "true" : "false"), "Agreed" },
            { new StringContent(brought), "Brought" },
        };
        if (file is not null)
            form.Add(new ByteArrayContent(file), "File", "../../x.jpg");
        using var answer = await browser.PostAsync(new Uri(manage + "/picture", UriKind.Relative), form, Cancel);
        return (answer.Headers.Location?.OriginalString, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel)));
    }

    static Task<HttpResponseMessage> Get(HttpClient browser, string path) => browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    static async Task<HttpStatusCode> Answers(HttpClient browser, string path)
    {
        using var answer = await Get(browser, path);
        return answer.StatusCode;
    }

    async Task<string?> ShownOn(Event e) => (await site.Open("/events/" + e.Slug)).QuerySelector("main img[alt]")?.GetAttribute("src");

    async Task Decide(HttpClient staff, Event e, string act, string words = "")
    {
        using var done = await staff.Send($"/staff/events/review?id={e.Id}", Fields(("Do", act), ("Words", words)), "form.form");
        Assert.Equal("/staff/events", done.Headers.Location?.OriginalString);
    }

    Task<int> Held() => site.InStore(db => db.Set<EventPicture>().CountAsync(Cancel));

    [Fact]
    public async Task It_is_shown_to_everybody_once_approved_and_the_approved_one_until_the_next_is()
    {
        var e = generated.Published();
        var manage = await Manage(e);
        using var browser = site.Browser();
        using var stranger = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);

        Assert.Equal(manage, (await Bring(browser, manage, TestPicture.Photo(3000, 2000))).To);
        Assert.Null(await ShownOn(e));
        var waiting = (await browser.Open(manage + "/picture")).QuerySelector("main img")!;
        Assert.Equal(Words, waiting.GetAttribute("alt"));
        using (var seen = await Get(browser, waiting.GetAttribute("src")!))
        {
            Assert.Equal(("image/webp", true), (seen.Content.Headers.ContentType!.MediaType, seen.Headers.CacheControl!.NoStore));
            var bytes = await seen.Content.ReadAsByteArrayAsync(Cancel);
            using var picture = SKBitmap.Decode(bytes);
            // As its taker held the phone.
            Assert.Equal((874, 1312), (picture.Width, picture.Height));
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
            Assert.DoesNotContain("script", text, StringComparison.Ordinal);
        }
        var id = (await site.InStore(db => db.Set<EventPicture>().SingleAsync(Cancel))).Id;
        var address = $"/events/{e.Slug}/picture/{id:N}.webp";
        Assert.Equal(HttpStatusCode.NotFound, await Answers(stranger, address));
        Assert.Contains(
            Words,
            (await staff.Open($"/staff/events/review?id={e.Id}"))
                .QuerySelector("#pictures")!
                .ParentElement!.InnerHtml.Replace("&lt;", "<", StringComparison.Ordinal)
                .Replace("&gt;", ">", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var asStaff = "/events/manage/" + EventLinks.StaffName(e.Id) + $"/picture?handler=file&id={id:N}";
        Assert.Equal(HttpStatusCode.OK, await Answers(staff, asStaff));
        Assert.Equal(HttpStatusCode.NotFound, await Answers(stranger, asStaff));

        await Decide(staff, e, "approve");
        Assert.Equal(address, await ShownOn(e));
        var shown = (await site.Open("/events/" + e.Slug)).QuerySelector("main img[alt]")!;
        Assert.Equal(("293", "440"), (shown.GetAttribute("width"), shown.GetAttribute("height")));
        Assert.Equal(Words, shown.GetAttribute("alt"));
        Assert.Equal(HttpStatusCode.OK, await Answers(stranger, address));
        Assert.Equal(HttpStatusCode.OK, await Answers(stranger, address.Replace(".webp", "-small.webp", StringComparison.Ordinal)));
        Assert.Contains(
            address,
            await stranger.GetStringAsync(new Uri("/events/feed.atom", UriKind.Relative), Cancel),
            StringComparison.Ordinal
        );
        var told = JsonNode.Parse(await stranger.GetStringAsync(new Uri("/api/events", UriKind.Relative), Cancel))!["events"]![0]![
            "photo"
        ]!;
        Assert.Equal(
            ("https://week.example" + address, Words, 874),
            ((string)told["url"]!, (string)told["alternative"]!, (int)told["width"]!)
        );
        Assert.Contains(
            address,
            await stranger.GetStringAsync(new Uri("/api/openactive/sessions", UriKind.Relative), Cancel),
            StringComparison.Ordinal
        );
        Assert.Contains(
            address,
            (await site.Open("/events/" + e.Slug)).QuerySelector("script[type='application/ld+json']")!.TextContent,
            StringComparison.Ordinal
        );

        // Another waits, and is not for the public; refused, it is gone.
        await Bring(browser, manage, TestPicture.Photo(400, 300), "Other");
        Assert.Equal((address, 2), (await ShownOn(e), await Held()));
        await Decide(staff, e, "decline", "Not this one.");
        Assert.Equal((address, 1), (await ShownOn(e), await Held()));
        Assert.Equal(HttpStatusCode.OK, await Answers(stranger, address));

        // Other words for the same picture wait too.
        Assert.Equal(manage, (await Bring(browser, manage, null, "New words", brought: id.ToString("N"))).To);
        Assert.Equal(Words, (await site.Open("/events/" + e.Slug)).QuerySelector("main img[alt]")!.GetAttribute("alt"));
        await Decide(staff, e, "withdraw", "A parent objects.");
        Assert.Equal((HttpStatusCode.NotFound, 0), (await Answers(stranger, address), await Held()));
    }

    [Fact]
    public async Task Whoever_does_not_want_it_takes_it_away_at_once()
    {
        var e = generated.Published();
        var manage = await Manage(e);
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        await Bring(browser, manage, TestPicture.Photo(400, 300));
        await Decide(staff, e, "approve");
        await Bring(browser, manage, TestPicture.Photo(300, 300), "Other");

        using (var away = await browser.Send(manage + "/picture", Fields(("Do", "remove")), "section form"))
            Assert.Equal(manage, away.Headers.Location?.OriginalString);
        Assert.Equal((null, 0), (await ShownOn(e), await Held()));
        Assert.False((await site.InStore(db => db.Set<Event>().SingleAsync(Cancel))).Waiting);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_nothing_is_lost()
    {
        var manage = await Manage(generated.Waiting());
        using var browser = site.Browser();
        foreach (
            var (file, said) in new (byte[], string)[]
            {
                (TestPicture.Huge(), "more pixels than we can take"),
                (new byte[50 * 1024 * 1024], $"larger than {PictureReader.MostBytes / 1024 / 1024} MB"),
                ([.. "<svg onload=alert(1)>"u8], "not a picture"),
                (TestPicture.Photo(900, 30), "too thin"),
                (TestPicture.Photo(300, 300)[..400], "damaged"),
            }
        )
        {
            var (to, text) = await Bring(browser, manage, file);
            Assert.Null(to);
            Assert.Contains(said, text, StringComparison.Ordinal);
            Assert.Contains(Words, text, StringComparison.Ordinal);
        }
        Assert.Contains("Choose a picture.", (await Bring(browser, manage, null)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Held());

        // Without its words it is kept, seen by nobody else, and its words are asked for.
        var (nowhere, page) = await Bring(browser, manage, TestPicture.Photo(300, 200), words: "", agreed: false);
        Assert.Null(nowhere);
        Assert.Contains("what the picture shows", page, StringComparison.Ordinal);
        Assert.Contains("Please tick this", page, StringComparison.Ordinal);
        var id = (await site.InStore(db => db.Set<EventPicture>().SingleAsync(Cancel))).Id;
        Assert.Contains($"value=\"{id:N}\"", page, StringComparison.Ordinal);
        Assert.Equal(manage, (await Bring(browser, manage, null, brought: id.ToString("N"))).To);
        Assert.Equal(id, (await site.InStore(db => db.Set<Event>().SingleAsync(Cancel))).Latest.Picture!.Id);
    }

    [Fact]
    public async Task Nobody_reaches_the_picture_of_another_event()
    {
        var (mine, theirs) = (await Manage(generated.Waiting()), await Manage(generated.Waiting()));
        using var browser = site.Browser();
        await Bring(browser, theirs, TestPicture.Photo(300, 200));
        var id = (await site.InStore(db => db.Set<EventPicture>().SingleAsync(Cancel))).Id;

        Assert.Equal(HttpStatusCode.OK, await Answers(browser, $"{theirs}/picture?handler=file&id={id:N}"));
        Assert.Equal(HttpStatusCode.NotFound, await Answers(browser, $"{mine}/picture?handler=file&id={id:N}"));
        Assert.Contains("Choose a picture.", (await Bring(browser, mine, null, brought: id.ToString("N"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_event_keeps_no_picture_and_a_copy_has_its_own()
    {
        var e = generated.Waiting();
        var manage = await Manage(e);
        using var browser = site.Browser();
        using var staff = await site.SignedIn(StaffRole.Events);
        await Bring(browser, manage, TestPicture.Photo(300, 200));
        using (var copied = await browser.Send(manage, Fields(("Do", "copy")), "section[aria-labelledby=again] form"))
            Assert.StartsWith("/events/manage/", copied.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(2, await Held());

        await Decide(staff, e, "decline", "Not for babies.");
        var (refused, copy) = await site.InStore(async db =>
            (
                await db.Set<Event>().SingleAsync(o => o.CopiedFrom == null, Cancel),
                await db.Set<Event>().SingleAsync(o => o.CopiedFrom != null, Cancel)
            )
        );
        Assert.Null(refused.Latest.Picture);
        Assert.Equal(copy.Latest.Picture!.Id, (await site.InStore(db => db.Set<EventPicture>().SingleAsync(Cancel))).Id);
    }
}
