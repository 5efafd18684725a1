using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>What is known of a job, shared by all instances. All moments are UTC.</summary>
sealed class JobState
{
    public const int MaxProblem = 300;

    public required string Name { get; init; }
    public required DateTime DueAt { get; set; }

    /// <summary>Something came up for it while it ran.</summary>
    public DateTime? DueAgainAt { get; private set; }

    /// <summary>Which process is at it, and until when that is believed without another word from it.</summary>
    public Guid? LeasedBy { get; private set; }
    public DateTime? LeasedUntil { get; private set; }
    public DateTime? StartedAt { get; private set; }
    public DateTime? DoneAt { get; private set; }

    /// <summary>When it last went wrong, and why, in words for staff.</summary>
    public DateTime? FailedAt { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>How often it was begun since it was last done; 0 when all is well.</summary>
    public int Tries { get; private set; }

    /// <summary>How often it went wrong in all.</summary>
    public int Failures { get; private set; }

    public bool IsWrong => FailedAt is { } failed && (DoneAt is null || failed > DoneAt);

    /// <summary>The clock may have been wrong when a moment was noted: a lease cannot last longer than it was given for.</summary>
    public bool IsLeased(DateTime now, TimeSpan lease) => LeasedBy is not null && LeasedUntil > now && LeasedUntil <= now + 2 * lease;

    internal void BringForward(DateTime at)
    {
        if (LeasedBy is not null)
            DueAgainAt = DueAgainAt < at ? DueAgainAt : at;
        else if (at < DueAt)
            DueAt = at;
    }

    internal void Begin(Guid holder, DateTime now, TimeSpan lease)
    {
        (LeasedBy, LeasedUntil, StartedAt) = (holder, now + lease, now);
        Tries++;
    }

    internal bool Extend(Guid holder, DateTime until)
    {
        if (LeasedBy != holder)
            return false;
        LeasedUntil = until;
        return true;
    }

    internal void Done(Guid holder, DateTime now, DateTime next)
    {
        if (LeasedBy != holder)
            return;
        DueAt = DueAgainAt < next ? DueAgainAt.Value : next;
        (DoneAt, DueAgainAt, Tries, Problem) = (now, null, 0, null);
        Release(holder);
    }

    internal void Failed(Guid holder, DateTime now, DateTime again, string problem)
    {
        if (LeasedBy != holder)
            return;
        (FailedAt, Problem, DueAt) = (now, problem.Length <= MaxProblem ? problem : problem[..MaxProblem], again);
        Failures++;
        Release(holder);
    }

    internal void Release(Guid holder)
    {
        if (LeasedBy == holder)
            (LeasedBy, LeasedUntil) = (null, null);
    }

    public sealed class Mapping : IEntityTypeConfiguration<JobState>
    {
        public void Configure(EntityTypeBuilder<JobState> builder)
        {
            builder.ToTable("Jobs");
            builder.HasKey(j => j.Name);
            builder.Property(j => j.Name).HasMaxLength(Job.MaxName);
            builder.Property(j => j.Problem).HasMaxLength(MaxProblem);
            builder.Ignore(j => j.IsWrong);
        }
    }
}

static class JobsInStore
{
    /// <summary>
    /// Inside a write that gave a job something to do: lets it begin at that moment (UTC), if it was not due sooner anyway.
    /// </summary>
    public static async Task BringForwardAsync(this SiteDb db, string job, DateTime at, CancellationToken cancel = default)
    {
        if (await db.Set<JobState>().FindAsync([job], cancel) is { } state)
            state.BringForward(at);
        else
            db.Add(new JobState { Name = job, DueAt = at });
    }
}
