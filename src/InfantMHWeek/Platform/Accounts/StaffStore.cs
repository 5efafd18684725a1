using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Where Identity keeps the staff. The key of a code app is encrypted: a copy of the database alone signs nobody in.</summary>
sealed class StaffStore(SiteDb db, IDataProtectionProvider keys) : UserOnlyStore<StaffMember, SiteDb, Guid>(db)
{
    readonly IDataProtector protector = keys.CreateProtector("Staff.CodeKey");

    /// <summary>A key as <see cref="StaffMember.CodeKey"/> keeps it.</summary>
    public string Protect(string key) => protector.Protect(key);

    public override Task SetAuthenticatorKeyAsync(StaffMember user, string key, CancellationToken cancellationToken)
    {
        user.CodeKey = Protect(key);
        return Task.CompletedTask;
    }

    /// <returns>Null too when the site's keys were lost; then a recovery code or a new invitation is the way in.</returns>
    public override Task<string?> GetAuthenticatorKeyAsync(StaffMember user, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(user.CodeKey is { } kept ? protector.Unprotect(kept) : null);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return Task.FromResult<string?>(null);
        }
    }
}
