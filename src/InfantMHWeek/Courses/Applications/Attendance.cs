using InfantMHWeek.Courses.Cohorts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Applications;

/// <summary>Somebody was at a session.</summary>
sealed class Attendance
{
    public required Guid ApplicationId { get; init; }
    public required Guid SessionId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>A name of the staff, or <see cref="ApplicationStep.Applicant"/> who gave the session's code.</summary>
    public required string By { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<Attendance>
    {
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("CourseAttendances");
            builder.HasKey(a => new { a.ApplicationId, a.SessionId });
            builder.Property(a => a.By).HasMaxLength(100);
            builder.HasOne<Application>().WithMany().HasForeignKey(a => a.ApplicationId);
            builder.HasOne<CourseSession>().WithMany().HasForeignKey(a => a.SessionId);
        }
    }
}

/// <summary>
/// What somebody thought of the course. Nothing ties it to a person: its id is random and holds no time, and no day is kept.
/// </summary>
sealed class Evaluation
{
    public const int TextMaxLength = 2000;

    public required Guid Id { get; init; }
    public required Guid CohortId { get; init; }

    /// <summary>1 (not at all) to 5 (very much).</summary>
    public required int Useful { get; init; }
    public required int Confident { get; init; }
    public string? Best { get; init; }
    public string? Better { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<Evaluation>
    {
        public void Configure(EntityTypeBuilder<Evaluation> builder)
        {
            builder.ToTable("CourseEvaluations");
            builder.Property(e => e.Best).HasMaxLength(TextMaxLength);
            builder.Property(e => e.Better).HasMaxLength(TextMaxLength);
            builder.HasOne<Cohort>().WithMany().HasForeignKey(e => e.CohortId);
        }
    }
}

/// <summary>That somebody took part. Whoever has its code can check it, and sees only what the certificate says.</summary>
sealed class Certificate
{
    public required Guid Id { get; init; }

    /// <summary>Unguessable, and short enough to be typed from paper.</summary>
    public required string Code { get; init; }

    /// <summary>Null once the application has been deleted.</summary>
    public Guid? ApplicationId { get; set; }

    /// <summary>Null once its owner has wished to be forgotten.</summary>
    public required string? Name { get; init; }
    public required string Course { get; init; }
    public required string CohortName { get; init; }
    public required int SessionsAttended { get; set; }
    public required int SessionsHeld { get; init; }
    public required DateOnly CompletedOn { get; init; }
    public required DateTime IssuedAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<Certificate>
    {
        public void Configure(EntityTypeBuilder<Certificate> builder)
        {
            builder.ToTable("CourseCertificates");
            builder.Property(c => c.Code).HasMaxLength(24);
            builder.Property(c => c.Name).HasMaxLength(Application.NameMaxLength);
            builder.Property(c => c.Course).HasMaxLength(Cohort.TitleMaxLength);
            builder.Property(c => c.CohortName).HasMaxLength(Cohort.NameMaxLength);
            builder.HasIndex(c => c.Code).IsUnique();
            builder.HasIndex(c => c.ApplicationId).IsUnique();
        }
    }
}
