using System.Security.Cryptography;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>A code on paper for the day when the telephone is lost. Each works once; only hashes are kept.</summary>
sealed class RecoveryCode
{
    public const int HowMany = 10;

    /// <summary>Nothing that looks like something else; 31 signs, so that twelve hold 59 bits.</summary>
    const string Signs = "23456789abcdefghjkmnpqrstuvwxyz";

    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required string Hash { get; init; }
    public DateTime? UsedAt { get; set; }

    /// <summary>A new set in place of the old one; the caller saves. This is the only time that they can be read.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(SiteDb db, Guid staff, TimeProvider clock, CancellationToken cancel)
    {
        db.Set<RecoveryCode>().RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == staff).ToListAsync(cancel));
        var codes = Enumerable.Range(0, HowMany).Select(_ => $"{Part()}-{Part()}-{Part()}").ToList();
        db.Set<RecoveryCode>()
            .AddRange(
                codes.Select(code => new RecoveryCode
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    StaffId = staff,
                    Hash = HashOf(staff, code),
                })
            );
        return codes;
    }

    static string Part() => RandomNumberGenerator.GetString(Signs, 4);

    /// <summary>However it is typed: capital letters, with spaces, without hyphens.</summary>
    public static string HashOf(Guid staff, string typed) =>
        Secret.Hash(staff + ":" + string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());

    public sealed class Mapping : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder)
        {
            builder.ToTable("StaffRecoveryCodes");
            builder.Property(c => c.Hash).HasMaxLength(Secret.HashLength);
            builder.HasIndex(c => c.Hash).IsUnique();
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
