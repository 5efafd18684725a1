using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Editing.History;

/// <summary>How a text came to be public.</summary>
enum RevisionOrigin
{
    Editor,
    Outside,
    Plan,
    Undo,
}

/// <summary>
/// A revision is written before its file, so that a process that dies in between leaves the text behind, whole, with the
/// question open; the next start answers it by looking at the file.
/// </summary>
enum RevisionState
{
    UnderWay,
    Published,
    Interrupted,
}

/// <summary>One text that a file of the content folder had, by whom and when. Never changed and never deleted.</summary>
sealed class PageRevision
{
    public const int NoteMaxLength = 300;
    public static readonly TimeSpan SameSitting = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    /// <summary>The file's name inside the content folder: <c>themes/2022.md</c>.</summary>
    public required string File { get; init; }

    /// <summary>Byte for byte what the file held; null when the file was taken away.</summary>
    public string? Text { get; init; }

    /// <summary>Of the file's bytes; empty when it was taken away.</summary>
    public required string Hash { get; init; }
    public required DateTime At { get; init; }
    public Guid? StaffId { get; init; }
    public required string Who { get; init; }
    public string? Note { get; init; }
    public required RevisionOrigin Origin { get; init; }
    public required RevisionState State { get; set; }

    /// <summary>
    /// The next text of the same person within ten minutes: the history shows both as one entry. Kept rather than written
    /// over, because a colleague may have begun from the earlier one.
    /// </summary>
    public Guid? ContinuedBy { get; set; }

    /// <summary>Several changes that were one act (a move: two pages and the redirects) have one id, and are undone together.</summary>
    public Guid? Act { get; init; }

    /// <summary>The planned change that was carried out.</summary>
    public Guid? Plan { get; init; }

    /// <summary>The working copy that the publisher had opened, and its stamp then.</summary>
    public Guid? OfDraft { get; init; }
    public int OfStamp { get; init; }

    /// <summary>Who wrote the text, when somebody else published it, and what they said when they asked.</summary>
    public Guid? AuthorId { get; set; }
    public string? Author { get; set; }
    public string? AuthorNote { get; set; }

    /// <summary>As much of a note as is kept.</summary>
    public static string? ShortNote(string? note) => note?.Length > NoteMaxLength ? note[..NoteMaxLength] : note;

    public sealed class Mapping : IEntityTypeConfiguration<PageRevision>
    {
        public void Configure(EntityTypeBuilder<PageRevision> builder)
        {
            builder.ToTable("PageRevisions");
            builder.Property(r => r.File).HasMaxLength(200);
            builder.Property(r => r.Hash).HasMaxLength(64);
            builder.Property(r => r.Who).HasMaxLength(100);
            builder.Property(r => r.Note).HasMaxLength(NoteMaxLength);
            builder.Property(r => r.Author).HasMaxLength(100);
            builder.Property(r => r.AuthorNote).HasMaxLength(NoteMaxLength);
            builder.Property(r => r.Origin).HasConversion<string>().HasMaxLength(20);
            builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(r => new { r.File, r.At });
            builder.HasIndex(r => new { r.File, r.Hash });
            builder.HasIndex(r => r.State);
            builder.HasIndex(r => r.Act);
            builder.HasIndex(r => new { r.AuthorId, r.At });
        }
    }
}

static class PageRevisionQueries
{
    extension(IQueryable<PageRevision> revisions)
    {
        /// <summary>What readers saw of a file, the newest first.</summary>
        public IQueryable<PageRevision> PublishedOf(string file) =>
            revisions
                .Where(r => r.File == file && r.State == RevisionState.Published)
                .OrderByDescending(r => r.At)
                .ThenByDescending(r => r.Id);

        /// <summary>The text that a file had under this hash.</summary>
        public Task<string?> TextOfAsync(string file, string hash, CancellationToken cancel) =>
            revisions.Where(r => r.File == file && r.Hash == hash).Select(r => r.Text).FirstOrDefaultAsync(cancel);
    }
}
