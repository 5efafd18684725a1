using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>Who is at which job, in the store, as one process (<paramref name="self"/>) sees and changes it.</summary>
sealed class JobLeases(SiteStore store, TimeProvider clock, Guid self)
{
    /// <summary>A killed process is believed to be alive for so long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1),
        LongestWait = TimeSpan.FromHours(1);

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>When each job is to be looked at next: when it is due, or when the lease of another ends.</summary>
    /// <returns>A moment for each job; jobs that were never seen are entered.</returns>
    public async Task<IReadOnlyDictionary<string, DateTime>> WhenAsync(IReadOnlyCollection<Job> jobs, CancellationToken cancel)
    {
        await store.RefuseForeignSchemaAsync(cancel);
        var states = await store.ReadAsync(db =>
            db.Set<JobState>().AsNoTracking().ToDictionaryAsync(j => j.Name, StringComparer.Ordinal, cancel)
        );
        if (jobs.Any(job => !states.TryGetValue(job.Name, out var state) || state.DueAt > Latest(job)))
            states = await store.WriteAsync(db => EnterAsync(db, jobs, cancel), cancel);
        return jobs.ToDictionary(job => job.Name, job => When(states[job.Name]), StringComparer.Ordinal);
    }

    DateTime When(JobState state) =>
        state.LeasedBy != self && state.IsLeased(Now, Lease) && state.LeasedUntil > state.DueAt ? state.LeasedUntil!.Value : state.DueAt;

    async Task<Dictionary<string, JobState>> EnterAsync(SiteDb db, IReadOnlyCollection<Job> jobs, CancellationToken cancel)
    {
        var states = await db.Set<JobState>().ToDictionaryAsync(j => j.Name, StringComparer.Ordinal, cancel);
        foreach (var job in jobs)
            if (!states.TryGetValue(job.Name, out var state))
                db.Add(states[job.Name] = new() { Name = job.Name, DueAt = job.Next(Now) });
            // Noted while the clock was ahead, or under another schedule.
            else if (state.DueAt > Latest(job))
                state.DueAt = job.Next(Now);
        return states.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
    }

    DateTime Latest(Job job) => job.Next(Now) is var next && next > Now + LongestWait ? next : Now + LongestWait;

    /// <param name="evenIfNotDue">For whoever asks for it by name.</param>
    /// <returns>Whether it is ours to do now.</returns>
    public Task<bool> TakeAsync(Job job, bool evenIfNotDue, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                if (await db.Set<JobState>().FindAsync([job.Name], cancel) is not { } state)
                    db.Add(state = new() { Name = job.Name, DueAt = evenIfNotDue ? now : job.Next(now) });
                // What is said to be ours is not: one process never begins a job that it is at.
                if ((state.DueAt > now && !evenIfNotDue) || (state.LeasedBy != self && state.IsLeased(now, Lease)))
                    return false;
                state.Begin(self, now, Lease);
                return true;
            },
            cancel
        );

    /// <returns>Whether it is still ours.</returns>
    public Task<bool> KeepAsync(string job, CancellationToken cancel) =>
        store.WriteAsync(
            async db => await db.Set<JobState>().FindAsync([job], cancel) is { } state && state.Extend(self, Now + Lease),
            cancel
        );

    public Task DoneAsync(Job job, DateTime? soonest) =>
        ChangeAsync(job.Name, state => state.Done(self, Now, job.Next(Now) is var next && soonest < next ? soonest.Value : next));

    public Task FailedAsync(string job, string problem) =>
        ChangeAsync(job, state => state.Failed(self, Now, Now + Wait(state.Tries), problem));

    /// <summary>Not done, and not wrong: the next who looks may have it.</summary>
    public Task GiveBackAsync(string job) => ChangeAsync(job, state => state.Release(self));

    Task ChangeAsync(string job, Action<JobState> change) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.Set<JobState>().FindAsync(job) is { } state)
                    change(state);
            },
            CancellationToken.None
        );

    /// <summary>1, 2, 4 … minutes, at most an hour.</summary>
    internal static TimeSpan Wait(int tries)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(tries - 1, 0, 20));
        return wait < LongestWait ? wait : LongestWait;
    }
}
