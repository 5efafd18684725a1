using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Editing.History;

enum PlanState
{
    Waiting,
    Done,

    /// <summary>The page was changed meanwhile in the same place, or has faults by now: a person decides.</summary>
    NeedsSomebody,
    Withdrawn,
}

/// <summary>
/// A text that becomes public at a moment: a change to a live page. (When a page appears and disappears is a fact of the page
/// itself.)
/// </summary>
sealed class PlannedChange
{
    public const int ProblemMaxLength = 500;
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }
    public required string File { get; init; }
    public required string Text { get; init; }
    public string? BaseText { get; init; }
    public string? BaseHash { get; init; }
    public required DateTime At { get; init; }
    public required Guid StaffId { get; init; }
    public required string Who { get; init; }
    public string? Note { get; init; }
    public required PlanState State { get; set; }
    public DateTime? SettledAt { get; set; }

    /// <summary>How often it was tried in vain, and when it is tried again.</summary>
    public int Attempts { get; set; }
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>The working copy that it carries out, and its stamp when it was planned.</summary>
    public Guid? OfDraft { get; init; }
    public int OfStamp { get; init; }

    /// <summary>Why it needs somebody, or why it has to wait.</summary>
    public string? Problem { get; set; }

    /// <summary>It is done with, one way or the other; what was settled stays so.</summary>
    public void Settle(PlanState state, string? problem, DateTime now)
    {
        if (State == PlanState.Waiting)
            (State, Problem, SettledAt) = (state, problem is { Length: > ProblemMaxLength } ? problem[..ProblemMaxLength] : problem, now);
    }

    /// <summary>The disk or the store did not take it: it is tried again, later and later.</summary>
    public void PutOff(DateTime now)
    {
        Attempts++;
        var wait = TimeSpan.FromSeconds(15 * Math.Pow(2, Math.Min(Attempts - 1, 10)));
        NextAttemptAt = now + (wait < LongestWait ? wait : LongestWait);
        Problem = "It could not be written: the disk may be full, or may not be written. It is tried again by itself.";
    }

    public sealed class Mapping : IEntityTypeConfiguration<PlannedChange>
    {
        public void Configure(EntityTypeBuilder<PlannedChange> builder)
        {
            builder.ToTable("PlannedChanges");
            builder.Property(c => c.File).HasMaxLength(200);
            builder.Property(c => c.BaseHash).HasMaxLength(64);
            builder.Property(c => c.Who).HasMaxLength(100);
            builder.Property(c => c.Note).HasMaxLength(PageRevision.NoteMaxLength);
            builder.Property(c => c.Problem).HasMaxLength(ProblemMaxLength);
            builder.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(c => new { c.State, c.At });
            builder.HasIndex(c => new { c.File, c.At });
        }
    }
}
