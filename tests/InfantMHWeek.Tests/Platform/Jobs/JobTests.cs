using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfantMHWeek.Tests.Platform.Jobs;

/// <summary>What the site does by itself: once, whoever does it, however often it is started anew or killed, whatever goes wrong.</summary>
[BothStores]
public sealed class JobTests : IAsyncDisposable
{
    const string Sweep = "sweep";
    readonly TestSite site = new();
    int done;
    Exception? wrong;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    /// <summary>A runner as another process would have it, on the site's store and clock.</summary>
    internal static JobRunner Instance(TestSite site, params Job[] jobs) =>
        new(
            jobs,
            site.Services.GetRequiredService<SiteStore>(),
            site.Services.GetRequiredService<IServiceScopeFactory>(),
            site.Clock,
            NullLogger<JobRunner>.Instance
        );

    JobRunner Instance() => Instance(site, Job.Every(Sweep, TimeSpan.FromHours(12), (_, _) =>
            {
                if (wrong is { } problem)
                    throw problem;
                Interlocked.Increment(ref done);
                return Task.CompletedTask;
            }));

    Task<JobState> State(string name = Sweep) =>
        site.InStore(db => db.Set<JobState>().AsNoTracking().SingleAsync(j => j.Name == name, Cancel));

    [Fact]
    public async Task One_of_several_instances_does_it_when_it_is_due_and_a_restart_changes_nothing()
    {
        var instances = new[] { Instance(), Instance(), Instance() };
        await Task.WhenAll(instances.Select(i => i.RunDueAsync(Cancel)));
        Assert.Equal(0, done);

        for (var day = 1; day <= 6; day++)
        {
            site.Clock.Advance(TimeSpan.FromHours(12));
            instances[day % 3] = Instance();
            await Task.WhenAll(instances.Select(i => i.RunDueAsync(Cancel)));
            Assert.Equal(day, done);
        }
    }

    /// <summary>Every kind of exception, also one that pretends that the site is being stopped.</summary>
    [Fact]
    public async Task What_goes_wrong_is_told_and_tried_again_later_and_later_and_in_the_end_forgotten()
    {
        var instance = Instance();
        await instance.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(13));
        (Exception Thrown, string Told)[] troubles =
        [
            (new IOException("The broom is broken."), "The broom is broken."),
            (new InvalidOperationException("secret"), "InvalidOperationException"),
            (new OperationCanceledException("of something else"), "broken off"),
            (new JobException("There is no broom. Buy one."), "There is no broom. Buy one."),
            (new DbUpdateException("wrapped"), "The database could not be reached"),
        ];
        var wait = TimeSpan.FromMinutes(1);
        foreach (var (thrown, told) in troubles)
        {
            wrong = thrown;
            Assert.Empty(await instance.RunDueAsync(Cancel));
            var state = await State();
            Assert.True(state.IsWrong);
            Assert.Contains(told, state.Problem, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", state.Problem, StringComparison.Ordinal);

            wrong = null;
            site.Clock.Advance(wait - TimeSpan.FromSeconds(1));
            Assert.Empty(await instance.RunDueAsync(Cancel));
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            wait *= 2;
        }
        Assert.Equal([Sweep], await instance.RunDueAsync(Cancel));
        var good = await State();
        Assert.Equal((false, null, 0, troubles.Length), (good.IsWrong, good.Problem, good.Tries, good.Failures));
    }

    [Fact]
    public async Task A_job_that_keeps_going_wrong_is_tried_every_hour_at_the_latest()
    {
        var instance = Instance();
        await instance.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(13));
        wrong = new IOException("Still broken.");
        for (var times = 0; times < 12; times++)
        {
            await instance.RunDueAsync(Cancel);
            site.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal(12, (await State()).Failures);
    }

    /// <summary>
    /// A killed process says nothing more: its lease ends, and whoever looks then does the job at once, not after the next twelve
    /// hours.
    /// </summary>
    [Fact]
    public async Task Killed_in_the_middle_it_is_begun_again_within_a_minute_and_no_sooner()
    {
        var hangs = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var killed = Instance(site, Job.Every(Sweep, TimeSpan.FromHours(12), async (_, _) =>
            {
                begun.SetResult();
                await hangs.Task.WaitAsync(Cancel);
            }));
        await killed.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(12));
        var never = killed.RunDueAsync(Cancel);
        await begun.Task.WaitAsync(Cancel);

        var other = Instance();
        Assert.Empty(await other.RunDueAsync(Cancel));
        // What a dead process cannot do: its heart would beat as soon as the clock is turned.
        await site.Write(db => db.Set<JobState>().ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedBy, Guid.NewGuid()), Cancel));
        site.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await other.RunDueAsync(Cancel));
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([Sweep], await other.RunDueAsync(Cancel));

        // The dead one wakes: it is no longer its job, and it notes nothing.
        var dueAt = (await State()).DueAt;
        hangs.SetResult();
        await never;
        Assert.Equal((dueAt, 1), ((await State()).DueAt, done));
    }

    [Fact]
    public async Task A_job_that_takes_hours_keeps_its_lease_and_delays_no_other()
    {
        var (begun, finish, slow, quick) = (new TaskCompletionSource(), new TaskCompletionSource(), 0, 0);
        Job[] jobs = [Job.Every("a slow one", TimeSpan.FromMinutes(1), async (_, _) =>
            {
                Interlocked.Increment(ref slow);
                begun.TrySetResult();
                await finish.Task.WaitAsync(Cancel);
            }), Job.Every("a quick one", TimeSpan.FromMinutes(1), (_, _) =>
            {
                Interlocked.Increment(ref quick);
                return Task.CompletedTask;
            })];
        var (first, second) = (Instance(site, jobs), Instance(site, jobs));
        await first.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var hours = first.RunNowAsync("a slow one", Cancel);
        await begun.Task.WaitAsync(Cancel);
        for (var minute = 1; minute <= 5; minute++)
        {
            Assert.True(await first.RunNowAsync("a quick one", Cancel));
            Assert.False(await second.RunNowAsync("a slow one", Cancel));
            var until = (await State("a slow one")).LeasedUntil;
            site.Clock.Advance(TimeSpan.FromSeconds(20));
            await Eventually.IsTrue(async () => (await State("a slow one")).LeasedUntil > until);
        }
        Assert.Equal((1, 5), (slow, quick));
        finish.SetResult();
        Assert.True(await hours);
        Assert.True(await second.RunNowAsync("a slow one", Cancel));
    }

    /// <summary>A clock that was years ahead when a moment was noted must not put a job off for years.</summary>
    [Fact]
    public async Task A_moment_noted_by_a_wrong_clock_is_not_believed()
    {
        await site.Write(db =>
        {
            db.Add(new JobState { Name = Sweep, DueAt = site.Clock.GetUtcNow().UtcDateTime.AddDays(800) });
            return Task.CompletedTask;
        });
        var instance = Instance();
        await instance.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal([Sweep], await instance.RunDueAsync(Cancel));

        // A lease from the future is no lease either.
        var far = site.Clock.GetUtcNow().UtcDateTime.AddDays(800);
        await site.Write(db =>
            db.Set<JobState>()
                .Where(j => j.Name == Sweep)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedBy, Guid.NewGuid()).SetProperty(j => j.LeasedUntil, far), Cancel)
        );
        site.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal([Sweep], await instance.RunDueAsync(Cancel));
    }

    [Fact]
    public async Task What_comes_up_for_a_job_brings_it_forward_also_while_it_runs()
    {
        var soon = site.Clock.GetUtcNow().UtcDateTime.AddMinutes(7);
        Task BringForward(DateTime at) => site.Write(db => db.BringForwardAsync(Sweep, at, Cancel));
        var instance = Instance(site, Job.Every(Sweep, TimeSpan.FromHours(12), (_, _) => BringForward(soon.AddMinutes(5))));
        await instance.RunDueAsync(Cancel);
        await BringForward(soon);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(await instance.RunDueAsync(Cancel));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Sweep], await instance.RunDueAsync(Cancel));
        Assert.Equal(soon.AddMinutes(5), (await State()).DueAt);
    }

    [Fact]
    public void A_daily_job_keeps_to_the_clock_on_a_wall()
    {
        var job = Job.Daily("ring", new TimeOnly(2, 15), (_, _) => Task.CompletedTask);
        // 8 June: 2.15 in summer is 1.15 UTC; in December it is 2.15.
        Assert.Equal(new DateTime(2026, 6, 9, 1, 15, 0), job.Next(new(2026, 6, 8, 9, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(new DateTime(2026, 12, 8, 2, 15, 0), job.Next(new(2026, 12, 8, 2, 14, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void Every_job_has_a_name_of_its_own()
    {
        var names = site.Services.GetServices<Job>().Select(j => j.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, Job.MaxName));
        Assert.Contains("take the nightly backup", names, StringComparer.Ordinal);
    }

    /// <summary>Every job of the site, run now, on a fresh store and once more.</summary>
    [Fact]
    public async Task Every_job_of_the_site_can_be_run_and_run_again()
    {
        var jobs = site.Services.GetServices<Job>().ToList();
        await site.RunJobs(jobs);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.RunJobs(jobs);
        Assert.All(await site.InStore(db => db.Set<JobState>().AsNoTracking().ToListAsync(Cancel)), j =>
            Assert.Equal((0, 0), (j.Failures, j.Tries))
        );
    }
}
