using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Makes the second proof: a code app or a passkey. Recovery codes come with the first one.</summary>
public sealed class SecondProof(SiteDb db, UserManager<StaffMember> staff, SignInManager<StaffMember> passkeys, StaffStore store, StaffSignIn signIn, TimeProvider clock)
{
    /// <summary>Keeps the app's key if the person shows a code made with it.</summary>
    public async Task<bool> AddCodeApp(StaffMember member, string key, string code, CancellationToken cancel)
    {
        await store.SetAuthenticatorKeyAsync(member, key, cancel);
        if (!await signIn.IsCode(member, code))
        {
            // Nothing of the attempt may be saved by whatever is saved next.
            db.ChangeTracker.Clear();
            return false;
        }
        db.Record(clock, member, "set up a code app");
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>What a browser needs to make a passkey.</summary>
    public Task<string> AskForPasskey(StaffMember member) =>
        passkeys.MakePasskeyCreationOptionsAsync(new() { Id = member.Id.ToString(), Name = member.Email!, DisplayName = member.Name });

    public async Task<bool> AddPasskey(StaffMember member, string credential, string name, CancellationToken cancel)
    {
        var made = await Read(credential);
        if (made is not { Succeeded: true } || made.UserEntity.Id != member.Id.ToString()) return false;
        made.Passkey.Name = name;
        db.Record(clock, member, "added a passkey");
        return (await staff.AddOrUpdatePasskeyAsync(member, made.Passkey)).Succeeded;
    }

    /// <summary>After the first second proof: the person has joined, and gets the recovery codes, which the next page shows.</summary>
    public async Task Join(StaffMember member, HttpContext http, CancellationToken cancel)
    {
        member.JoinedAt ??= clock.GetUtcNow().UtcDateTime;
        var codes = await RecoveryCode.Renew(db, member.Id, clock, cancel);
        db.Record(clock, member, "was given recovery codes");
        await db.SaveChangesAsync(cancel);
        await new PersonAtTheDoor(member.Id, StaffStep.Codes, string.Join(' ', codes)).Remember(http);
    }

    /// <summary>Forgets every proof there was: an invitation begins anew.</summary>
    public async Task ForgetAll(StaffMember member, CancellationToken cancel)
    {
        member.CodeKey = null;
        db.Set<IdentityUserPasskey<Guid>>().RemoveRange(await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == member.Id).ToListAsync(cancel));
        db.Set<RecoveryCode>().RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == member.Id).ToListAsync(cancel));
    }

    async Task<PasskeyAttestationResult?> Read(string credential)
    {
        if (credential.Length == 0) return null;
        try
        {
            return await passkeys.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
