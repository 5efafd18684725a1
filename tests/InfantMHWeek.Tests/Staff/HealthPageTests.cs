using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Staff.Health;
using InfantMHWeek.Tests.Courses;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Staff;

/// <summary>The page for administrators says in plain words what is fine, what needs somebody and what to do.</summary>
[OneStore("a screen; HealthTests tries the queries")]
public sealed class HealthPageTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<AngleSharp.Html.Dom.IHtmlDocument> Open(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await TestSite.Read(answer);
    }

    [Fact]
    public async Task Faults_mails_and_places_are_told()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", Page("A", "::: notice\nOpen."));
        await using var site = new TestSite(content.Root);
        var desk = new CourseDesk(site);
        await desk.Open(places: 7);
        await site.Write(async db =>
        {
            var now = site.Clock.GetUtcNow().UtcDateTime;
            db.Add(SampleMails.GivenUp(now, "secret@charity.example"));
            return await db.SaveChangesAsync(Cancel);
        });
        using var browser = await site.SignedIn(StaffRole.Administrator);
        var page = await Open(browser, "/staff/health");
        var needs = page.QuerySelector("section.warning")!.TextContent;
        Assert.Contains("in what was last saved", needs, StringComparison.Ordinal);
        Assert.Contains("1 mail could not be delivered", needs, StringComparison.Ordinal);
        Assert.Contains("There is none yet", needs, StringComparison.Ordinal);
        Assert.Contains("No mail server is set", needs, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("table"), t =>
            t.QuerySelector("caption")?.TextContent == "Free places" && t.QuerySelector(".bar-value")!.TextContent == "7"
        );
        Assert.Equal(
            Traffic.Hours,
            page.QuerySelectorAll("table")
                .Single(t => t.QuerySelector("caption")?.TextContent == "Requests by the hour")
                .QuerySelectorAll("tbody tr")
                .Length
        );
        Assert.All(page.QuerySelectorAll("svg.bar"), bar => Assert.Equal("true", bar.GetAttribute("aria-hidden")));

        Assert.Matches("\\d things need somebody", (await Open(browser, "/staff")).QuerySelector("main")!.TextContent);
        using var author = await site.SignedIn(StaffRole.Author);
        Assert.DoesNotContain("need somebody", (await Open(author, "/staff")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void When_all_is_well_nothing_needs_anybody()
    {
        MetricValue[] good =
        [
            new(InfantMHWeek.Campaign.Library.ContentMetrics.Pages, 12),
            new(InfantMHWeek.Campaign.Library.ContentMetrics.Version, 1, ("version", "0123456789")),
            new(MailMetrics.Waiting, 2),
            new(MailMetrics.Age, 60),
            new(BackupMetrics.Age, 3600 * 20),
            new(BackupMetrics.DiskFree, 6e9),
            new(BackupMetrics.DiskSize, 1e10),
            new(JobMetrics.Failed, 0, ("job", "sweep")),
            new(JobMetrics.Overdue, 30, ("job", "sweep")),
        ];
        Assert.All(HealthItem.Of(good, [], []), sign => Assert.Null(sign.ToDo));

        // Each thing that goes wrong needs somebody.
        MetricValue[][] wrong =
        [
            Instead(MailMetrics.Age, 7200),
            Instead(BackupMetrics.Age, 3600 * 37),
            Instead(BackupMetrics.DiskFree, 9e8),
            [.. good.Where(r => r.Metric != JobMetrics.Failed), new(JobMetrics.Failed, 1, ("job", "sweep"))],
            [.. good, new(MailMetrics.GivenUp, 1)],
        ];
        Assert.All(wrong, readings => Assert.Single(HealthItem.Of(readings, [], []), sign => sign.ToDo is not null));
        Assert.Single(HealthItem.Of(good, ["the database cannot be read"], []), sign => sign.ToDo is not null);
        Assert.Single(HealthItem.Of(good, [], [new(default, 0, 0, 0, 1)]), sign => sign.ToDo is not null);

        MetricValue[] Instead(Metric measure, double value) => [.. good.Select(r => r.Metric == measure ? r with { Value = value } : r)];
    }
}
