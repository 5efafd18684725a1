using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>
/// A code of somebody's code app that was used. A clock that is wrong by some seconds is forgiven, so several codes are right at a
/// time; each counts once.
/// </summary>
sealed class UsedCode
{
    /// <summary>Of the person and the code.</summary>
    public required string Hash { get; init; }
    public required DateTime UsedAt { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<UsedCode>
    {
        public void Configure(EntityTypeBuilder<UsedCode> builder)
        {
            builder.ToTable("StaffUsedCodes");
            builder.HasKey(c => c.Hash);
            builder.Property(c => c.Hash).HasMaxLength(Secret.HashLength);
        }
    }
}

/// <summary>Takes codes: from an app, or from the paper. Each counts once, whoever shows it how often at the same moment.</summary>
sealed class OneTimeCodes(UserManager<StaffMember> staff, TimeProvider clock)
{
    /// <summary>How long a used code could be right again.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    const int Digits = 6;

    /// <param name="db">The context of a write.</param>
    /// <param name="codeKey">The app's key, as <see cref="StaffMember.CodeKey"/> keeps it.</param>
    /// <returns>Whether it is a code of this moment that was not used before.</returns>
    public async Task<bool> TakeAsync(SiteDb db, Guid person, string? codeKey, string typed, CancellationToken cancel)
    {
        var code = string.Concat(typed.Where(char.IsAsciiDigit));
        if (codeKey is null || code.Length != Digits || typed.Any(char.IsAsciiLetter))
            return false;
        // Identity wants a person; it looks at the key only.
        var holder = new StaffMember
        {
            Name = "",
            InvitedAt = default,
            CodeKey = codeKey,
        };
        if (!await staff.VerifyTwoFactorTokenAsync(holder, TokenOptions.DefaultAuthenticatorProvider, code))
            return false;
        var (hash, now) = (Secret.Hash(person + ":" + code), clock.GetUtcNow().UtcDateTime);
        var used = await db.Set<UsedCode>().FirstOrDefaultAsync(c => c.Hash == hash, cancel);
        if (used is not null && now - used.UsedAt < Lasts)
            return false;
        if (used is null)
            db.Set<UsedCode>().Add(new() { Hash = hash, UsedAt = now });
        else
            used.UsedAt = now;
        return true;
    }

    /// <returns>How many remain; null when it is not one of theirs, or was used.</returns>
    public async Task<int?> TakeFromPaperAsync(SiteDb db, Guid person, string typed, CancellationToken cancel)
    {
        var (hash, now) = (RecoveryCode.HashOf(person, typed), clock.GetUtcNow().UtcDateTime);
        var taken = await db.Set<RecoveryCode>()
            .Where(c => c.StaffId == person && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancel);
        return taken == 1 ? await db.Set<RecoveryCode>().CountAsync(c => c.StaffId == person && c.UsedAt == null, cancel) : null;
    }
}
