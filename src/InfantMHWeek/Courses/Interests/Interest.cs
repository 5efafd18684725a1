using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Interests;

/// <summary>Somebody who would like to be told when a cohort of a course opens. Counts once the link in the mail was used.</summary>
sealed class Interest
{
    public required Guid Id { get; init; }
    public required string Course { get; init; }
    public required string Name { get; init; }
    public required EmailAddress Email { get; init; }
    public required string AddressKey { get; init; }
    public string? Organisation { get; init; }
    public string? Nation { get; init; }

    /// <summary>Registered or renewed; it is deleted a set time after.</summary>
    public required DateTime RenewedAt { get; set; }
    public DateTime? ConfirmedAt { get; private set; }

    public void Confirm(DateTime now) => (ConfirmedAt, RenewedAt) = (ConfirmedAt ?? now, now);

    public sealed class Mapping : IEntityTypeConfiguration<Interest>
    {
        public void Configure(EntityTypeBuilder<Interest> builder)
        {
            builder.ToTable("CourseInterests");
            builder.Property(i => i.Course).HasMaxLength(Cohort.CourseMaxLength);
            builder.Property(i => i.Name).HasMaxLength(Application.NameMaxLength);
            builder.Property(i => i.AddressKey).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(i => i.Organisation).HasMaxLength(Application.OrganisationMaxLength);
            builder.Property(i => i.Nation).HasMaxLength(30);
            builder.HasIndex(i => new { i.Course, i.AddressKey }).IsUnique();
            builder.HasIndex(i => i.RenewedAt);
        }
    }
}
