using System.Collections.Concurrent;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>
/// Runs every job when it is due: each by itself, so that none waits for another, and none twice at the same time, however many
/// instances there are. Whatever happens, it goes on: with the store away it looks again every few seconds.
/// </summary>
sealed class JobRunner(IEnumerable<Job> jobs, SiteStore store, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log)
    : BackgroundService
{
    /// <summary>The first readers come first.</summary>
    static readonly TimeSpan First = TimeSpan.FromSeconds(10),
        Soonest = TimeSpan.FromMilliseconds(200),
        Latest = TimeSpan.FromSeconds(15),
        WhileAway = TimeSpan.FromSeconds(3);

    readonly List<Job> all = [.. jobs];
    readonly JobLeases book = new(store, clock, Guid.NewGuid());
    readonly ConcurrentDictionary<string, Task<bool>> running = new(StringComparer.Ordinal);
    bool away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; !stoppingToken.IsCancellationRequested; wait = await LookAsync(stoppingToken))
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(running.Values);
    }

    /// <summary>Begins what is due.</summary>
    /// <returns>How long until it is time to look again.</returns>
    async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        try
        {
            var when = await book.WhenAsync(all, stopping);
            if (away)
                log.LogInformation("The store is back; the jobs go on");
            away = false;
            var now = book.Now;
            foreach (var job in all.Where(job => when[job.Name] <= now && !running.ContainsKey(job.Name)))
                _ = BeginAsync(job, evenIfNotDue: false, stopping);
            var next = all.Where(job => !running.ContainsKey(job.Name)).Select(job => when[job.Name] - now).Append(Latest).Min();
            return next < Soonest ? Soonest : next;
        }
        catch (Exception problem)
        {
            // Once, not every few seconds of a night.
            if (!away && !stopping.IsCancellationRequested)
                log.LogError(problem, "The jobs cannot be looked up; trying again every {Seconds} seconds", WhileAway.TotalSeconds);
            away = true;
            return WhileAway;
        }
    }

    /// <summary>Runs all that is due, once, and waits for it.</summary>
    /// <returns>The names of those that were done here.</returns>
    public async Task<IReadOnlyList<string>> RunDueAsync(CancellationToken cancel)
    {
        var (when, now) = (await book.WhenAsync(all, cancel), book.Now);
        var begun = all.Where(job => when[job.Name] <= now)
            .Select(job => (job.Name, Done: BeginAsync(job, evenIfNotDue: false, cancel)))
            .ToList();
        await Task.WhenAll(begun.Select(b => b.Done));
        return [.. begun.Where(b => b.Done.Result).Select(b => b.Name)];
    }

    /// <summary>Runs one job now, due or not, and waits for it.</summary>
    /// <returns>Whether it was done; false if it went wrong, or if another instance is at it.</returns>
    public Task<bool> RunNowAsync(string name, CancellationToken cancel) =>
        BeginAsync(all.Single(j => j.Name == name), evenIfNotDue: true, cancel);

    Task<bool> BeginAsync(Job job, bool evenIfNotDue, CancellationToken stopping)
    {
        var mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (running.GetOrAdd(job.Name, mine.Task) is var one && one != mine.Task)
            return one;
        _ = Task.Run(
            async () =>
            {
                var done = await RunAsync(job, evenIfNotDue, stopping);
                running.TryRemove(job.Name, out _);
                mine.SetResult(done);
            },
            CancellationToken.None
        );
        return mine.Task;
    }

    /// <summary>Nothing that happens here leaves: an exception would end all jobs.</summary>
    async Task<bool> RunAsync(Job job, bool evenIfNotDue, CancellationToken stopping)
    {
        try
        {
            if (!await book.TakeAsync(job, evenIfNotDue, stopping))
                return false;
            using var trace = Tracing.Start(job.Name);
            using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            using var ended = new CancellationTokenSource();
            var beating = new JobHeartbeat(book, clock, log).KeepAsync(job, held, ended.Token);
            Exception? wrong = null;
            DateTime? soonest = null;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                soonest = await job.RunAsync(scope.ServiceProvider, held.Token);
            }
            catch (Exception problem)
            {
                wrong = problem;
            }
            await ended.CancelAsync();
            await beating;
            await NoteAsync(job, soonest, wrong, stopping);
            return wrong is null;
        }
        catch (Exception problem)
        {
            // Its lease ends by itself, and then it is tried again.
            if (!stopping.IsCancellationRequested)
                log.LogError(problem, "It could not be noted how far the job is: {Job}", job.Name);
            return false;
        }
    }

    async Task NoteAsync(Job job, DateTime? soonest, Exception? wrong, CancellationToken stopping)
    {
        if (wrong is null)
        {
            await book.DoneAsync(job, soonest);
        }
        else if (wrong is OperationCanceledException && stopping.IsCancellationRequested)
        {
            await book.GiveBackAsync(job.Name);
        }
        else
        {
            log.LogError(wrong, "Could not {Job}; it is tried again later", job.Name);
            await book.FailedAsync(job.Name, JobProblem.InWords(wrong));
        }
    }
}
