using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Platform.Telemetry;

/// <summary>What the measures say is so, and asking often does not ask the store often.</summary>
[BothStores]
public sealed class MetricTests : IAsyncDisposable
{
    readonly TestSite site = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    IReadOnlyList<MetricValue> Read() => site.Services.GetRequiredService<SiteMetrics>().Read();

    IReadOnlyList<MetricValue> ReadLater()
    {
        site.Clock.Advance(SiteMetrics.CachedFor);
        return Read();
    }

    static double Of(IReadOnlyList<MetricValue> readings, Metric measure) => Assert.Single(readings, r => r.Metric == measure).Value;

    Task<OutboxMail> Mail(string about, TimeSpan due, int attempts = 0, bool givenUp = false) =>
        site.Write(async db =>
        {
            var now = site.Clock.GetUtcNow().UtcDateTime;
            var mail = new OutboxMail
            {
                Id = Guid.CreateVersion7(),
                Kind = "test",
                About = about,
                To = EmailAddress.Parse("a@charity.example", null),
                Subject = "s",
                Text = "t",
                Html = "h",
                QueuedAt = now.AddDays(-30),
                NextAttemptAt = now + due,
                Attempts = attempts,
                GivenUpAt = givenUp ? now : null,
            };
            db.Add(mail);
            await db.SaveChangesAsync(Cancel);
            return mail;
        });

    [Fact]
    public async Task The_outbox_tells_what_waits_how_long_and_what_was_given_up()
    {
        var none = Read();
        Assert.Equal((0, 0, 0), (Of(none, MailMetrics.Waiting), Of(none, MailMetrics.Age), Of(none, MailMetrics.GivenUp)));

        await Mail("meant for later", TimeSpan.FromDays(3));
        await Mail("due", TimeSpan.FromMinutes(-2));
        await Mail("given up", TimeSpan.FromDays(-1), attempts: 12, givenUp: true);
        var one = ReadLater();
        Assert.Equal((1, 1), (Of(one, MailMetrics.Waiting), Of(one, MailMetrics.GivenUp)));
        Assert.InRange(Of(one, MailMetrics.Age), 120, 130);

        await Mail("tried three times", TimeSpan.FromMinutes(4), attempts: 3);
        var two = ReadLater();
        Assert.Equal((2, 7 * 60), (Of(two, MailMetrics.Waiting), Of(two, MailMetrics.Age)));
    }

    [Fact]
    public async Task Asking_often_does_not_ask_the_store_often()
    {
        Read();
        await Mail("due", TimeSpan.Zero);
        site.Clock.Advance(SiteMetrics.CachedFor - TimeSpan.FromTicks(1));
        Assert.Equal(0, Of(Read(), MailMetrics.Waiting));
        Assert.Equal(1, Of(ReadLater(), MailMetrics.Waiting));
    }

    [Fact]
    public async Task Groups_tell_their_free_places_and_who_waits()
    {
        var desk = new CourseDesk(site);
        var open = await desk.Open(places: 2);
        await desk.Apply(open, "a@charity.example", "A");
        await desk.Apply(open, "b@charity.example", "B");
        await desk.Apply(open, "c@charity.example", "C");

        var readings = Read();
        Assert.Equal(
            (2, 0, 1),
            (Of(readings, CourseMetrics.Places), Of(readings, CourseMetrics.Free), Of(readings, CourseMetrics.Waiting))
        );
        Assert.Equal(CourseDesk.Slug, readings.Single(r => r.Metric == CourseMetrics.Free)["course"]);
    }

    [Fact]
    public void Content_backup_and_disk_are_told()
    {
        var before = Read();
        Assert.Equal(site.Library.Current.Version, Assert.Single(before, r => r.Metric == ContentMetrics.Version)["version"]);
        Assert.Equal(site.Library.Current.Pages.Count, Of(before, ContentMetrics.Pages));
        Assert.InRange(Of(before, BackupMetrics.DiskFree), 1, Of(before, BackupMetrics.DiskSize));
        Assert.DoesNotContain(before, r => r.Metric == BackupMetrics.Age);

        site.Services.GetRequiredService<NightlyBackup>().Take();
        site.Clock.Advance(TimeSpan.FromHours(30));
        Assert.Equal(30 * 3600, Of(Read(), BackupMetrics.Age));
    }

    [Fact]
    public async Task Faults_in_content_are_counted_by_how_much_they_matter()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", Page("A", "::: notice\nOpen."));
        await using var faulty = new TestSite(content.Root);
        var faults = faulty
            .Services.GetRequiredService<SiteMetrics>()
            .Read()
            .Where(r => r.Metric == ContentMetrics.Faults)
            .ToDictionary(r => r["severity"]!, r => r.Value, StringComparer.Ordinal);
        Assert.Equal(faulty.Library.Faults.Count(f => f.SeverityWord == "error"), faults["error"]);
        Assert.True(faults["error"] > 0);
    }

    [Fact]
    public async Task A_job_tells_when_it_was_done_and_when_it_went_wrong()
    {
        var broken = false;
        var job = Job.Every(site.Services.GetServices<Job>().First().Name, TimeSpan.FromHours(12), (_, _) =>
            broken ? throw new IOException("The broom is broken.") : Task.CompletedTask
        );
        var runner = JobTests.Instance(site, job);
        await runner.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(13));
        await runner.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(1));
        var good = Read();
        Assert.Equal((3600, 0, 0), (Of(good, JobMetrics.Age), Of(good, JobMetrics.Failed), Of(good, JobMetrics.Overdue)));

        site.Clock.Advance(TimeSpan.FromHours(12));
        broken = true;
        await runner.RunDueAsync(Cancel);
        var bad = Read();
        Assert.Equal((1, 1), (Of(bad, JobMetrics.Failed), Of(bad, JobMetrics.Failures)));
    }

    [Fact]
    public void What_cannot_be_read_does_not_hide_the_rest()
    {
        var readable = new MetricSource([new("a", "1", "A")], _ => [new(new("a", "1", "A"), 1)]);
        var broken = new MetricSource([new("b", "1", "B")], _ => throw new IOException("Gone."));
        using var measures = new SiteMetrics(
            [broken, readable],
            site.Services.GetRequiredService<IServiceScopeFactory>(),
            site.Clock,
            NullLogger<SiteMetrics>.Instance
        );
        Assert.Equal("a", Assert.Single(measures.Read()).Metric.Name);
    }

    [Fact]
    public void Counting_a_page_from_memory_takes_no_memory()
    {
        var traffic = new Traffic(site.Clock, NullLogger<Traffic>.Instance);
        traffic.AddFromMemory();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            traffic.AddFromMemory();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001, traffic.FromMemory);
    }

    [Fact]
    public void Traffic_is_counted_by_the_hour_for_a_day()
    {
        var traffic = new Traffic(site.Clock, NullLogger<Traffic>.Instance);
        foreach (var status in new[] { 200, 302, 404, 500 })
            traffic.Add(status);
        traffic.AddFromMemory();
        Assert.Equal(5, traffic.Day()[^1].All);
        site.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal((1, 2, 1, 1), traffic.Day()[0] is var hour ? (hour.FromMemory, hour.Made, hour.Refused, hour.Failed) : default);
        Assert.Equal(0, traffic.Day()[^1].All);

        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, traffic.Day().Sum(h => h.All));
    }
}
