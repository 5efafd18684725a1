using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>That somebody asked for a new password, whether or not there is such a person; until it is answered.</summary>
sealed class ResetRequest
{
    /// <summary>However often it is asked for one address, there is one.</summary>
    public required string Key { get; init; }
    public required EmailAddress Email { get; init; }
    public required DateTime AskedAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<ResetRequest>
    {
        public void Configure(EntityTypeBuilder<ResetRequest> builder)
        {
            builder.ToTable("StaffResetRequests");
            builder.HasKey(r => r.Key);
            builder.Property(r => r.Key).HasMaxLength(EmailAddress.MaxLength);
        }
    }
}
