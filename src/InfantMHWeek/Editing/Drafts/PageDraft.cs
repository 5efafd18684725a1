using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>One person's working copy of a file. A copy that another window or a fresh start displaces is set aside, not lost.</summary>
sealed class PageDraft
{
    public required Guid Id { get; init; }
    public required string File { get; init; }
    public required Guid StaffId { get; init; }
    public required string Who { get; init; }
    public required string Text { get; set; }

    /// <summary>The text that the person opened, for merging; null for a page that is new.</summary>
    public string? BaseText { get; set; }
    public string? BaseHash { get; set; }

    /// <summary>Counts the saves, so that two windows of one person notice each other.</summary>
    public required int Stamp { get; set; }
    public required DateTime SavedAt { get; set; }

    /// <summary>When the author asked for it to be published, and what they say about it.</summary>
    public DateTime? AskedAt { get; set; }
    public string? Note { get; set; }

    /// <summary>When a publisher sent it back, who that was, and their word.</summary>
    public DateTime? SentBackAt { get; set; }
    public string? SentBackBy { get; set; }
    public string? SentBackWord { get; set; }

    /// <summary>A colleague's copy from which this one was begun, and its stamp then: publishing this answers that one.</summary>
    public Guid? OfDraft { get; set; }
    public int OfStamp { get; set; }
    public DateTime? SetAsideAt { get; set; }

    /// <summary>Whether everything that is new in it stands in a text already.</summary>
    public bool IsIn(string text) => Text == text || (BaseText is { } from && from != Text && PageMerge.Merge(from, Text, text) == text);

    public sealed class Mapping : IEntityTypeConfiguration<PageDraft>
    {
        public void Configure(EntityTypeBuilder<PageDraft> builder)
        {
            builder.ToTable("PageDrafts");
            builder.Property(d => d.File).HasMaxLength(200);
            builder.Property(d => d.Who).HasMaxLength(100);
            builder.Property(d => d.BaseHash).HasMaxLength(64);
            builder.Property(d => d.Note).HasMaxLength(PageRevision.NoteMaxLength);
            builder.Property(d => d.SentBackBy).HasMaxLength(100);
            builder.Property(d => d.SentBackWord).HasMaxLength(PageRevision.NoteMaxLength);
            builder.HasIndex(d => new
            {
                d.File,
                d.StaffId,
                d.SetAsideAt,
            });
        }
    }
}

static class PageDraftQueries
{
    extension(IQueryable<PageDraft> drafts)
    {
        /// <summary>The copy of a file that a person works on, of which there is at most one.</summary>
        public IQueryable<PageDraft> CopyOf(string file, Guid staff) =>
            drafts.Where(d => d.File == file && d.StaffId == staff && d.SetAsideAt == null);

        /// <summary>What else is being written in a file, and what this person put aside; the newest first.</summary>
        /// <param name="shown">The copy that the person has before them.</param>
        public IQueryable<PageDraft> Beside(Guid? shown, string file, Guid staff) =>
            drafts
                .Where(d => d.File == file && (shown == null || d.Id != shown) && (d.SetAsideAt == null || d.StaffId == staff))
                .OrderByDescending(d => d.SavedAt);
    }
}
