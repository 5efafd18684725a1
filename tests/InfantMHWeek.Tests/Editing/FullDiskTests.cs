using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Accounts;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>A disk that takes nothing more: the editor says so and keeps the text, and readers go on reading.</summary>
[OneStore("a disk that is full under SQLite's file")]
public sealed class FullDiskTests
{
    [Theory, StoreFile]
    [InlineData("content")]
    [InlineData("data")]
    public async Task The_editor_says_so_and_keeps_the_text_and_readers_go_on(string full)
    {
        using var content = new TestContentFolder();
        await using var site = new TestSite(content.Root);
        await using var disk = await SmallDisk.Under(full == "content" ? content.Root : site.DataPath);
        // A folder can be closed instead; a store cannot be made full without a disk of its own.
        if (full == "data")
            disk.MustBeMounted();
        content.Write("about.md", Page("About", "First."));
        using var browser = await site.SignedIn(StaffRole.Publisher);
        using (var works = await Publish(browser, "\nBefore.\n"))
            Assert.Equal(HttpStatusCode.Found, works.StatusCode);

        disk.Fill();
        var typed = "\n" + string.Concat(Enumerable.Repeat("Words that must not be lost.\n\n", 2000));
        using var answer = await Publish(browser, typed);
        var page = await TestSite.Read(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("could not be saved", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, ((IHtmlTextAreaElement)page.QuerySelector("#Form_Body")!).Value);
        Assert.Contains("Before.", (await site.Open("/about")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(content.Root, ".*"));

        disk.Empty();
        using var again = await Publish(browser, typed, page);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Contains("must not be lost", (await site.Open("/about")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    static async Task<HttpResponseMessage> Publish(HttpClient browser, string body, IHtmlDocument? open = null)
    {
        if (open is null)
        {
            using var opened = await browser.GetAsync(
                new Uri("/staff/pages/edit?file=about.md", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            open = await TestSite.Read(opened);
        }
        var form = (IHtmlFormElement)open.QuerySelector("#editor")!;
        form.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Publish");
        return await browser.Send(form, "/", new Dictionary<string, string?>(StringComparer.Ordinal) { ["Form.Body"] = body });
    }
}
