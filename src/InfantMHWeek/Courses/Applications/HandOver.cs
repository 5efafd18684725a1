using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Applications;

/// <summary>A place on its way to a colleague. It stays with the first person until the colleague says yes.</summary>
sealed class HandOver
{
    public required Guid Id { get; init; }
    public required Guid ApplicationId { get; init; }
    public required string Name { get; init; }
    public required EmailAddress Email { get; init; }
    public required DateTime At { get; init; }

    /// <summary>
    /// UTC; since when the colleague may take it. Null while staff have to decide, because nothing shows that they are of the same
    /// organisation.
    /// </summary>
    public DateTime? AllowedAt { get; private set; }

    /// <summary>Who of the staff allowed it; null where nobody had to.</summary>
    public string? AllowedBy { get; private set; }

    /// <param name="by">A name of the staff, or null where nobody has to decide.</param>
    public RegistrationResult Allow(string? by, DateTime now)
    {
        if (AllowedAt is not null)
            return RegistrationResult.Already;
        (AllowedAt, AllowedBy) = (now, by);
        return RegistrationResult.Done;
    }

    public sealed class Mapping : IEntityTypeConfiguration<HandOver>
    {
        public void Configure(EntityTypeBuilder<HandOver> builder)
        {
            builder.ToTable("HandOvers");
            builder.Property(h => h.Name).HasMaxLength(Application.NameMaxLength);
            builder.Property(h => h.AllowedBy).HasMaxLength(100);
            builder.HasOne<Application>().WithMany().HasForeignKey(h => h.ApplicationId);
            // One at a time: a second one replaces the first.
            builder.HasIndex(h => h.ApplicationId).IsUnique();
        }
    }
}
