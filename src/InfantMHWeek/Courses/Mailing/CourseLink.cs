using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Mailing;

enum LinkPurpose
{
    Place,
    Interest,
    HandOver,
}

/// <summary>A link that was mailed, by the hash of its token. Each mail brings its own; all work until what they open is gone.</summary>
sealed class CourseLink : IHasTokenHash
{
    public required string Hash { get; init; }
    public required LinkPurpose Purpose { get; init; }

    /// <summary>The application, the interest or the hand-over that it opens.</summary>
    public required Guid Opens { get; init; }
    public required DateTime MadeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<CourseLink>
    {
        public void Configure(EntityTypeBuilder<CourseLink> builder)
        {
            builder.ToTable("CourseLinks");
            builder.HasTokenHashAsKey();
            builder.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(10);
            builder.HasIndex(l => l.Opens);
        }
    }
}

static class CourseLinks
{
    /// <summary>Makes a link; it is kept with what the caller saves.</summary>
    /// <returns>The token, which is stored nowhere.</returns>
    public static string NewLink(this SiteDb db, LinkPurpose purpose, Guid opens, DateTime now) =>
        db.Issue(hash => new CourseLink
        {
            Hash = hash,
            Purpose = purpose,
            Opens = opens,
            MadeAt = now,
        });

    /// <summary>What the token opens, or null; the same null for a forged, used up, truncated or mistyped one.</summary>
    public static Task<Guid?> OpenedByAsync(this SiteDb db, string? token, LinkPurpose purpose, CancellationToken cancel) =>
        db.OpenedBy<CourseLink>(token).Where(l => l.Purpose == purpose).Select(l => (Guid?)l.Opens).FirstOrDefaultAsync(cancel);
}
