using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Who of the staff did what, and when. It holds nothing of the public: <see cref="About"/> is an id or a page's path.</summary>
sealed class AuditEntry
{
    public required Guid Id { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Null when the site did it by itself.</summary>
    public Guid? StaffId { get; init; }
    public required string Who { get; init; }

    /// <summary>What was done, in a few words: <c>approved event</c>.</summary>
    public required string What { get; init; }
    public string? About { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("AuditEntries");
            builder.Property(e => e.Who).HasMaxLength(100);
            builder.Property(e => e.What).HasMaxLength(100);
            builder.Property(e => e.About).HasMaxLength(300);
            builder.HasIndex(e => e.At);
            RequestIdInterceptor.AddColumn(builder);
        }
    }
}

static class Audit
{
    /// <summary>Adds a line to the audit log; it is kept with the change that the caller saves.</summary>
    public static void Record(
        this SiteDb db,
        TimeProvider clock,
        System.Security.Claims.ClaimsPrincipal who,
        string what,
        string? about = null
    ) => db.Record(clock, who.StaffId(), who.StaffName(), what, about);

    /// <summary>For those who are not signed in yet.</summary>
    public static void Record(this SiteDb db, TimeProvider clock, StaffMember who, string what, string? about = null) =>
        db.Record(clock, who.Id, who.Name, what, about);

    /// <summary>For what the site or a command did by itself.</summary>
    public static void RecordBySite(this SiteDb db, TimeProvider clock, string what, string? about = null) =>
        db.Record(clock, null, "The site", what, about);

    static void Record(this SiteDb db, TimeProvider clock, Guid? id, string name, string what, string? about) =>
        db.Set<AuditEntry>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    At = clock.GetUtcNow().UtcDateTime,
                    StaffId = id,
                    Who = name,
                    What = what,
                    About = about,
                }
            );
}
