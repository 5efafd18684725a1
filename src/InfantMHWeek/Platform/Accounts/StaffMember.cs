using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>A person who works on the site. Never deleted, because the history names them; disabled instead.</summary>
sealed class StaffMember : IdentityUser<Guid>
{
    public const int NameMaxLength = 80;

    /// <summary>As colleagues know them; the start of the address until they have said.</summary>
    public required string Name { get; set; }

    /// <summary>Names of <see cref="StaffRole"/>.</summary>
    public IList<string> Roles { get; set; } = [];
    public required DateTime InvitedAt { get; init; }

    /// <summary>When they had both a way to prove who they are and a second one; null while they have only been invited.</summary>
    public DateTime? JoinedAt { get; set; }
    public DateTime? DisabledAt { get; set; }

    /// <summary>The key of their code app, encrypted with the site's keys.</summary>
    public string? CodeKey { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<StaffMember>
    {
        public void Configure(EntityTypeBuilder<StaffMember> builder)
        {
            builder.ToTable("StaffMembers");
            builder.Property(m => m.Name).HasMaxLength(NameMaxLength);
            builder.Property(m => m.UserName).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(m => m.NormalizedUserName).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(m => m.Email).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(m => m.NormalizedEmail).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(m => m.ConcurrencyStamp).IsConcurrencyToken();
            builder.HasIndex(m => m.NormalizedEmail).IsUnique();
            builder.HasIndex(m => m.NormalizedUserName).IsUnique();
            // Not asked for, or kept elsewhere: see SignInBudgets for what takes the place of a lock.
            builder
                .Ignore(m => m.PhoneNumber)
                .Ignore(m => m.PhoneNumberConfirmed)
                .Ignore(m => m.LockoutEnd)
                .Ignore(m => m.LockoutEnabled)
                .Ignore(m => m.AccessFailedCount);
        }
    }

    public sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
        {
            builder.ToTable("StaffPasskeys");
            builder.HasKey(p => p.CredentialId);
            // The longest that WebAuthn allows.
            builder.Property(p => p.CredentialId).HasMaxLength(1023);
            builder.OwnsOne(p => p.Data).ToJson();
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
