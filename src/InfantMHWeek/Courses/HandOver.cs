using InfantMHWeek.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses;

/// <summary>A place on its way to a colleague. It stays with the first person until the colleague says yes.</summary>
public sealed class HandOver
{
    public required Guid Id { get; init; }
    public required Guid ApplicationId { get; init; }
    public required string Name { get; init; }
    public required EmailAddress Email { get; init; }
    public required DateTime At { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<HandOver>
    {
        public void Configure(EntityTypeBuilder<HandOver> builder)
        {
            builder.ToTable("HandOvers");
            builder.Property(h => h.Name).HasMaxLength(Application.NameMaxLength);
            builder.HasOne<Application>().WithMany().HasForeignKey(h => h.ApplicationId);
            // One at a time: a second one replaces the first.
            builder.HasIndex(h => h.ApplicationId).IsUnique();
        }
    }
}
