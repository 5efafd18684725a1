using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Staff.Pages;

public enum PlanState
{
    Waiting,
    Done,

    /// <summary>The page was changed meanwhile in the same place, or has faults by now: a person decides.</summary>
    NeedsSomebody,
    Withdrawn,
}

/// <summary>A text that becomes public at a moment: a change to a live page. (When a page appears and disappears is a fact of the page itself.)</summary>
public sealed class PlannedChange
{
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

    /// <summary>Why it needs somebody.</summary>
    public string? Problem { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<PlannedChange>
    {
        public void Configure(EntityTypeBuilder<PlannedChange> builder)
        {
            builder.ToTable("PlannedChanges");
            builder.Property(c => c.File).HasMaxLength(200);
            builder.Property(c => c.BaseHash).HasMaxLength(64);
            builder.Property(c => c.Who).HasMaxLength(100);
            builder.Property(c => c.Note).HasMaxLength(PageRevision.NoteMaxLength);
            builder.Property(c => c.Problem).HasMaxLength(500);
            builder.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(c => new { c.State, c.At });
            builder.HasIndex(c => new { c.File, c.At });
        }
    }
}
