using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// A link with which an organisation looks after its services. Each mail brings one of its own; the store keeps hashes only.
/// </summary>
sealed class ServiceLink : IHasTokenHash
{
    public required string Hash { get; init; }

    /// <summary>It opens the service of this id, and with it the others of its organisation.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>
    /// Was it mailed? The other kind belongs to the browser in which the service was begun, and ends when the address is confirmed.
    /// </summary>
    public required bool Mailed { get; init; }
    public required DateTime MadeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<ServiceLink>
    {
        public void Configure(EntityTypeBuilder<ServiceLink> builder)
        {
            builder.ToTable("ServiceLinks");
            builder.HasTokenHashAsKey();
            builder.HasOne<FamilyService>().WithMany().HasForeignKey(l => l.ServiceId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
