using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Tests.Courses.Apply;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses;

/// <summary>A disk that takes nothing more: nobody is told that an application has arrived, and nobody has to write it again.</summary>
[OneStore("a disk that is full under SQLite's file")]
public sealed class FullDiskTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, StoreFile]
    public async Task The_last_step_says_so_keeps_the_answers_and_works_once_there_is_room()
    {
        await using var site = new TestSite();
        await using var disk = await SmallDisk.Under(site.DataPath);
        disk.MustBeMounted();
        var desk = new CourseDesk(site);
        var cohort = await desk.Open(places: 3);
        var draft = await desk.DraftToken(cohort, "ann@charity.example", "Little Steps");
        using var browser = site.Browser();
        var form = await LastStep.Open(browser, draft);
        await Fill(site, disk);

        using (var refused = await form.Send(draft))
            await SaysSo(refused);
        Assert.Equal((0, 0, 0), (await Applications(site), (await desk.Mails()).Count, (await desk.Run(cohort)).PlacesTaken));
        Assert.Contains(
            "Little Steps",
            (await site.Open($"/courses/{CourseDesk.Slug}/apply/{draft}/check")).Body!.TextContent,
            StringComparison.Ordinal
        );

        disk.Empty();
        using (var taken = await form.Send(draft))
            Assert.True(LastStep.Acknowledges(taken));
        Assert.Equal((1, 1, 1), (await Applications(site), (await desk.Mails()).Count, (await desk.Run(cohort)).PlacesTaken));
    }

    /// <summary>The mail that a form asks for is a row of the outbox: where it cannot be stored, it is not said to be on its way.</summary>
    [Fact, StoreFile]
    public async Task A_mail_that_cannot_be_stored_is_not_said_to_be_sent()
    {
        await using var site = new TestSite();
        await using var disk = await SmallDisk.Under(site.DataPath);
        disk.MustBeMounted();
        var desk = new CourseDesk(site);
        using var browser = site.Browser();
        const string Interest = "/courses/" + CourseDesk.Slug + "/interest";
        using var opened = await browser.GetAsync(new Uri(Interest, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        var typed = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Name"] = "Ann O'Neill", ["Email"] = "ann@charity.example" };
        await Fill(site, disk);

        using var refused = await browser.Send(form, Interest, typed);
        var page = await SaysSo(refused);
        Assert.Equal("Ann O'Neill", page.QuerySelector<IHtmlInputElement>("#Name")!.Value);
        Assert.Empty(await desk.Mails());

        disk.Empty();
        using var taken = await browser.Send((IHtmlFormElement)page.QuerySelector("main form[method=post]")!, Interest);
        Assert.Equal(Interest + "?sent", taken.Headers.Location!.OriginalString);
        Assert.Equal("course-interest", await desk.KindsTo("ann@charity.example"));
    }

    static async Task<IHtmlDocument> SaysSo(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        var page = await TestSite.Read(answer);
        Assert.Contains("nothing has been sent", page.QuerySelector(".error-summary[role=alert]")!.TextContent, StringComparison.Ordinal);
        return page;
    }

    static Task<int> Applications(TestSite site) => site.InStore(db => db.Set<Application>().CountAsync(Cancel));

    /// <summary>The write-ahead log is emptied first: in an old one there would still be room.</summary>
    static async Task Fill(TestSite site, SmallDisk disk)
    {
        await site.InStore(db => db.ForWriting().Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Cancel));
        disk.Fill();
    }
}
