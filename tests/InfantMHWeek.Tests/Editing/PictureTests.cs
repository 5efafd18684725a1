using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Tests.Platform.Pictures;
using SkiaSharp;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>Pictures that staff bring, and the one press that says a number was checked.</summary>
[OneStore("files of pictures")]
public sealed class PictureTests : IAsyncDisposable
{
    readonly TestContentFolder content = new();
    TestSite? started;

    TestSite Site => started ??= new TestSite(content.Root);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Media(string file) => Path.Combine(content.Root, "media", file);

    async Task<(HttpStatusCode Status, string Text)> Upload(byte[] file, string name, params (string, string)[] fields)
    {
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var opened = await browser.GetAsync(new Uri("/staff/pages/pictures", UriKind.Relative), Cancel);
        var token = (await TestSite.Read(opened)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent(name), "Name" },
            { new ByteArrayContent(file), "picture", "../../x.jpg" },
        };
        foreach (var (key, value) in fields)
            form.Add(new StringContent(value), key);
        using var answer = await browser.PostAsync(new Uri("/staff/pages/pictures", UriKind.Relative), form, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_photograph_is_turned_upright_and_nothing_but_its_pixels_is_kept()
    {
        Assert.Equal(HttpStatusCode.Found, (await Upload(TestPicture.Photo(1600, 900), "park", ("Alternative", "A [quiet] park"))).Status);

        Assert.Equal(
            "park.webp park_480.webp park_800.webp",
            string.Join(' ', Directory.GetFiles(Path.Combine(content.Root, "media")).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        );
        using var codec = SKCodec.Create(Media("park.webp"));
        Assert.Equal((900, 1600), (codec.Info.Width, codec.Info.Height));
        var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Media("park.webp"), Cancel));
        Assert.DoesNotContain("Exif", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("script", bytes, StringComparison.Ordinal);
        content.Write("about.md", Page("About", "![A \\[quiet\\] park](/media/park.webp)"));
        Site.Library.Refresh(openAll: true);
        var picture = (await Site.Open("/about")).QuerySelector("main img")!;
        Assert.Equal("/media/park_480.webp 480w, /media/park_800.webp 800w, /media/park.webp 900w", picture.GetAttribute("srcset"));
        using var browser = await Site.SignedIn(StaffRole.Author);
        var list = await browser.GetStringAsync(new Uri("/staff/pages/pictures", UriKind.Relative), Cancel);
        Assert.Contains("file=about.md", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_see_who_made_it_and_what_matters_and_a_replaced_picture_everywhere()
    {
        await Upload(
            TestPicture.Photo(1600, 900),
            "park",
            ("Alternative", "A park"),
            ("Credit", "Jo <b>Bloggs</b> & co"),
            ("Focus", "top left")
        );
        Assert.StartsWith(
            "park:\n  credit: Jo <b>Bloggs</b> & co\n  focus: top left\n  version: ",
            await File.ReadAllTextAsync(Path.Combine(content.Root, "pictures.yml"), Cancel),
            StringComparison.Ordinal
        );
        content.Write("about.md", Page("About", "![A park](/media/park.webp)\n\nWords with ![A park](/media/park.webp) inside."));
        Site.Library.Refresh(openAll: true);
        var page = await Site.Open("/about");
        Assert.Equal("Picture: Jo <b>Bloggs</b> & co", page.QuerySelector("figure.picture > img.at-top-left + figcaption")!.TextContent);
        Assert.Equal(1, page.QuerySelectorAll("main figcaption").Length);
        Assert.NotNull(page.QuerySelector("p > img.at-top-left"));
        var before = Site.Library.Current.Version;

        // The new one is small: the widths that are gone are offered no more.
        Assert.Equal(
            HttpStatusCode.Found,
            (await Upload(TestPicture.Photo(300, 200), "park", ("Alternative", "A park"), ("Credit", "Ann"), ("Replace", "true"))).Status
        );
        Assert.NotEqual(before, Site.Library.Current.Version, StringComparer.Ordinal);
        var again = await Site.Open("/about");
        Assert.Null(again.QuerySelector("main img")!.GetAttribute("srcset"));
        Assert.Equal("Picture: Ann", again.QuerySelector("main figcaption")!.TextContent);
        Assert.Contains(
            "Tick “Replace”",
            WebUtility.HtmlDecode((await Upload(TestPicture.Photo(30, 20), "park", ("Alternative", "A park"))).Text),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Choose from the list",
            (await Upload(TestPicture.Photo(30, 20), "other", ("Alternative", "A park"), ("Focus", "middle"))).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            2,
            (
                await Site.InStore(db =>
                    Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(
                        db.Set<PageRevision>().Where(r => r.File == "pictures.yml")
                    )
                )
            ).Count
        );
    }

    [Theory]
    [InlineData("../park", "x", null, "Use small letters")]
    [InlineData("park", null, null, "Say what the picture shows")]
    [InlineData("park", "words", "true", "leave one of the two out")]
    public async Task What_a_picture_needs_is_asked_for(string name, string? words, string? decorative, string said)
    {
        var (status, text) = await Upload(
            TestPicture.Photo(40, 30),
            name,
            ("Alternative", words ?? ""),
            ("Decorative", decorative ?? "false")
        );
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(content.Root, "media")));
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_before_it_is_unpacked()
    {
        Assert.Contains(
            "not a picture",
            (await Upload([.. "<svg onload=alert(1)>"u8], "park", ("Alternative", "x"))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more pixels than we can take",
            (await Upload(TestPicture.Huge(), "park", ("Alternative", "x"))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "larger than 12 MB",
            (await Upload(new byte[PictureReader.MostBytes + 10], "park", ("Alternative", "x"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_press_says_that_a_number_was_checked_today()
    {
        content.Write(
            "support.yml",
            "# order counts\nemergency-999:\n  name: Emergency services\n  phone: \"999\"\n  emergency: yes\n  checked:\n\nother:\n  "
                + "name: Other\n  phone: 116 123\n"
        );
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        using var one = await browser.Send(
            "/staff/pages/support",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["id"] = "emergency-999" }
        );
        using var two = await browser.Send(
            "/staff/pages/support",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["id"] = "other" }
        );
        using var none = await browser.Send(
            "/staff/pages/support",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["id"] = "../x" }
        );

        Assert.Equal(
            (HttpStatusCode.Found, HttpStatusCode.Found, HttpStatusCode.NotFound),
            (one.StatusCode, two.StatusCode, none.StatusCode)
        );
        Assert.Equal(
            "# order counts\nemergency-999:\n  name: Emergency services\n  phone: \"999\"\n  emergency: yes\n  checked: "
                + "2026-06-08\n\nother:\n  name: Other\n  phone: 116 123\n  checked: 2026-06-08\n",
            await File.ReadAllTextAsync(Path.Combine(content.Root, "support.yml"), Cancel)
        );
    }

    [Fact]
    public async Task One_press_takes_a_number_that_failed_away_everywhere_and_one_puts_it_back()
    {
        const string number = "tel:116123";
        content.Write(
            "support.yml",
            "emergency-999:\n  name: Emergency services\n  phone: \"999\"\n  emergency: yes\n"
                + "other:\n  name: Other\n  phone: 116 123\n  about: "
                + "crying\n  first: yes\n"
        );
        content.Write("support.md", TestContentFolder.Page("Help", "::: help\n:::", "sensitive: yes"));
        content.Write("hard.md", TestContentFolder.Page("Hard", "Words.", "sensitive: yes"));
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        await Everywhere(shown: true);

        using (var away = await Press(("id", "other"), ("failed", "yes")))
            Assert.Equal(HttpStatusCode.Found, away.StatusCode);
        await Everywhere(shown: false);
        using (var never = await Press(("id", "emergency-999"), ("failed", "yes")))
            Assert.Equal(HttpStatusCode.BadRequest, never.StatusCode);

        using (var back = await Press(("id", "other")))
            Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        await Everywhere(shown: true);

        Task<HttpResponseMessage> Press(params (string, string?)[] fields) =>
            browser.Send("/staff/pages/support", FormPosting.Fields(fields));

        async Task Everywhere(bool shown)
        {
            foreach (var path in new[] { "/support", "/support/crying", "/hard" })
                Assert.Equal(shown, (await Site.Open(path)).QuerySelector($"a[href='{number}']") is not null);
        }
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_no_500_when_a_number_is_checked()
    {
        content.Write("support.yml", "other:\n  name: Other\n  phone: 116 123\n");
        using var browser = await Site.SignedIn(StaffRole.Publisher);
        var file = Path.Combine(content.Root, "support.yml");
        File.Move(file, file + ".real");
        File.CreateSymbolicLink(file, file + ".real");

        using var answer = await browser.Send(
            "/staff/pages/support",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["id"] = "other" }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("This could not be noted", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
            await started.DisposeAsync();
        content.Dispose();
    }
}
