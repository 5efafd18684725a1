using System.Globalization;
using System.Net;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InfantMHWeek.Tests.Platform.Jobs;

/// <summary>
/// The loops of jobs and mail as they run in earnest, on a store that goes and comes back. <c>OUTAGES=20</c> is the long version.
/// </summary>
[BothStores]
public sealed class OutageTests : IAsyncDisposable
{
    static readonly int Outages = int.Parse(Environment.GetEnvironmentVariable("OUTAGES") ?? "3", CultureInfo.InvariantCulture);
    readonly TestSite site = new() { RunsItsLoops = true };
    readonly HttpClient browser;

    public OutageTests() => browser = site.Browser();

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return site.DisposeAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    DateTime Now => site.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task The_loops_outlive_the_store_and_do_what_is_due_soon_after_it_is_back()
    {
        var desk = new CourseDesk(site);
        var cohort = await desk.Open(places: 2 * Outages);
        var often = site.Services.GetServices<Job>().Where(j => j.Next(Now) <= Now.AddMinutes(1)).Select(j => j.Name).ToList();
        Assert.True(often.Count >= 5);
        var life = site.Services.GetRequiredService<IHostApplicationLifetime>();
        for (var n = 0; n < Outages; n++)
        {
            // Something is due when the store goes.
            await desk.Apply(cohort, $"before{n}@charity.example");
            using (StoreOutage.Of(site))
                for (var minute = 0; minute < 5; minute++)
                    await Turn(TimeSpan.FromSeconds(40));
            var back = Now;
            await desk.Apply(cohort, $"after{n}@charity.example");
            // While a job works, the clock stands still: the machine's speed is not what is tried here.
            for (var looks = 0; looks < 20_000 && !await AllDoneSince(back, often); looks++)
                await Turn(await AnyAtWork() ? TimeSpan.Zero : TimeSpan.FromMilliseconds(500));
            Assert.True(await AllDoneSince(back, often), await Told());
            Assert.True(Now - back < TimeSpan.FromMinutes(4), $"It took {Now - back}");
            Assert.False(life.ApplicationStopping.IsCancellationRequested);
        }
        var sent = await site.InStore(db =>
            db.Set<OutboxMail>().Where(m => m.Kind == "course-place-held").Select(m => m.To).ToListAsync(Cancel)
        );
        Assert.Equal(2 * Outages, sent.Distinct().Count());
        Assert.Equal(2 * Outages, sent.Count);
    }

    /// <summary>Time passes, and readers come.</summary>
    async Task Turn(TimeSpan time)
    {
        site.Clock.Advance(time);
        using var page = await browser.GetAsync(new Uri("/support", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    Task<bool> AnyAtWork() => site.InStore(db => db.Set<JobState>().AnyAsync(j => j.LeasedBy != null, Cancel));

    Task<bool> AllDoneSince(DateTime since, IReadOnlyList<string> names) =>
        site.InStore(async db =>
            await db.Set<JobState>().CountAsync(j => names.Contains(j.Name) && j.DoneAt > since, Cancel) == names.Count
            && !await db.Set<OutboxMail>().AnyAsync(m => m.SentAt == null, Cancel)
        );

    Task<string> Told() =>
        site.InStore(async db =>
            string.Join(
                "; ",
                (await db.Set<JobState>().ToListAsync(Cancel)).Select(j => $"{j.Name}: done {j.DoneAt:T}, due {j.DueAt:T}, {j.Problem}")
            ) + $"; mails not sent: {await db.Set<OutboxMail>().CountAsync(m => m.SentAt == null, Cancel)}"
        );
}
