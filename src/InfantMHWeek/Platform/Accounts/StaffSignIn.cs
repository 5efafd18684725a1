using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

public enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    In,
    CodeNeeded,
    SetUpNeeded,
    /// <summary>Wrong, whatever it was that was wrong.</summary>
    Refused,
    /// <summary>Too many attempts; later it may be right.</summary>
    Wait,
}

/// <summary>The ways in. What is wrong is never told apart: not in words, not in time, not in what is written down.</summary>
public sealed class StaffSignIn(SiteDb db, UserManager<StaffMember> staff, SignInManager<StaffMember> passkeys, IPasswordHasher<StaffMember> hasher, StaffSessions sessions, Throttle throttle, TimeProvider clock)
{
    /// <summary>How long a used code could be right again.</summary>
    static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(10);
    static readonly StaffMember Nobody = new() { Name = "nobody", InvitedAt = default };
    static string? hashOfNothing;

    public async Task<SignInOutcome> WithPassword(string email, string password, HttpContext http, CancellationToken cancel)
    {
        var key = staff.NormalizeEmail(email);
        var member = await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.NormalizedEmail == key, cancel);
        var budgets = SignInBudgets.For(key, http.Connection.RemoteIpAddress, await KnownDevice.Find(http, member?.Id));
        if (!await throttle.TryTakeAsync(budgets, cancel)) return SignInOutcome.Wait;
        // One comparison for everybody, also for those who are not there.
        var hash = member?.PasswordHash ?? (hashOfNothing ??= hasher.HashPassword(Nobody, Secret.New()));
        var right = hasher.VerifyHashedPassword(member ?? Nobody, hash, password) != PasswordVerificationResult.Failed;
        if (!right || member is not { PasswordHash: not null, DisabledAt: null })
        {
            await Note(member, "was refused: wrong address or password", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        return await NextStep(member, http, cancel);
    }

    /// <summary>After the first proof: to the second, or to making one.</summary>
    public async Task<SignInOutcome> NextStep(StaffMember member, HttpContext http, CancellationToken cancel)
    {
        var second = member.CodeKey is not null || await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == member.Id, cancel);
        await new PersonAtTheDoor(member.Id, second ? StaffStep.Code : StaffStep.SetUp, second ? "" : staff.GenerateNewAuthenticatorKey()).Remember(http);
        return second ? SignInOutcome.CodeNeeded : SignInOutcome.SetUpNeeded;
    }

    /// <summary>The second proof: a code from the app, or one from the paper.</summary>
    public async Task<SignInOutcome> WithCode(PersonAtTheDoor person, string code, HttpContext http, CancellationToken cancel)
    {
        if (await Find(person.StaffId, cancel) is not { } member) return SignInOutcome.Refused;
        var budgets = SignInBudgets.For("code of " + member.Id, http.Connection.RemoteIpAddress, await KnownDevice.Find(http, member.Id) is { } device ? "code " + device : null);
        if (!await throttle.TryTakeAsync(budgets, cancel)) return SignInOutcome.Wait;
        var how = await IsCode(member, code) ? "signed in with a password and a code" : await UseRecoveryCode(member, code, cancel) ? "signed in with a recovery code" : null;
        if (how is null)
        {
            await Note(member, "was refused: wrong code", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        await Enter(member, http, how, cancel);
        return SignInOutcome.In;
    }

    /// <summary>Somebody who is signed in proves again who they are, with their password.</summary>
    public async Task<SignInOutcome> AgainWithPassword(StaffMember member, string password, CancellationToken cancel)
    {
        var budgets = SignInBudgets.ForDevice("again " + member.Id);
        if (!await throttle.TryTakeAsync(budgets, cancel)) return SignInOutcome.Wait;
        if (member.PasswordHash is null || password.Length > PasswordChoice.Most || hasher.VerifyHashedPassword(member, member.PasswordHash, password) == PasswordVerificationResult.Failed)
        {
            await Note(member, "was refused: wrong password when asked again", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        return SignInOutcome.In;
    }

    /// <summary>The same with a passkey, which must be their own.</summary>
    public async Task<SignInOutcome> AgainWithPasskey(StaffMember member, string credential, CancellationToken cancel)
    {
        var budgets = SignInBudgets.ForDevice("again " + member.Id);
        if (!await throttle.TryTakeAsync(budgets, cancel)) return SignInOutcome.Wait;
        if (await Prove(credential) is not { Succeeded: true } proof || proof.User.Id != member.Id)
        {
            await Note(member, "was refused: wrong passkey when asked again", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        await staff.AddOrUpdatePasskeyAsync(member, proof.Passkey);
        return SignInOutcome.In;
    }

    public async Task<SignInOutcome> WithPasskey(string credential, HttpContext http, CancellationToken cancel)
    {
        var budgets = SignInBudgets.For("passkey", http.Connection.RemoteIpAddress, device: null);
        if (!await throttle.TryTakeAsync(budgets, cancel)) return SignInOutcome.Wait;
        var proof = await Prove(credential);
        if (proof is not { Succeeded: true, User: var member } || member.DisabledAt is not null)
        {
            await Note(null, "was refused: wrong passkey", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        // Its count of uses has gone up: a copied passkey would be noticed.
        await staff.AddOrUpdatePasskeyAsync(member, proof.Passkey);
        await Enter(member, http, "signed in with a passkey", cancel);
        return SignInOutcome.In;
    }

    /// <summary>Signs a fully proven person in.</summary>
    public async Task Enter(StaffMember member, HttpContext http, string how, CancellationToken cancel)
    {
        await PersonAtTheDoor.Forget(http);
        await KnownDevice.Remember(http, member.Id);
        await sessions.Start(member, http, how, cancel);
    }

    public Task<StaffMember?> Find(Guid id, CancellationToken cancel) => db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == id && m.DisabledAt == null, cancel);

    /// <summary>Whether it is the code of this moment, not used before.</summary>
    public async Task<bool> IsCode(StaffMember member, string typed)
    {
        var (code, now) = (string.Concat(typed.Where(char.IsAsciiDigit)), clock.GetUtcNow().UtcDateTime);
        if (code.Length != 6 || typed.Any(char.IsAsciiLetter) || !await staff.VerifyTwoFactorTokenAsync(member, TokenOptions.DefaultAuthenticatorProvider, code)) return false;
        var hash = Secret.Hash(member.Id + ":" + code);
        if (member.LastCode == hash && now - member.LastCodeAt < CodeLasts) return false;
        (member.LastCode, member.LastCodeAt) = (hash, now);
        return true;
    }

    async Task<bool> UseRecoveryCode(StaffMember member, string typed, CancellationToken cancel)
    {
        var (hash, now) = (RecoveryCode.HashOf(member.Id, typed), clock.GetUtcNow().UtcDateTime);
        return await db.Set<RecoveryCode>().Where(c => c.StaffId == member.Id && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancel) == 1;
    }

    async Task<PasskeyAssertionResult<StaffMember>?> Prove(string credential)
    {
        if (credential.Length == 0) return null;
        try
        {
            return await passkeys.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked of this browser, so nothing can be answered.
            return null;
        }
    }

    async Task Note(StaffMember? member, string what, CancellationToken cancel)
    {
        if (member is null) db.RecordBySite(clock, "somebody " + what);
        else db.Record(clock, member, what);
        await db.SaveChangesAsync(cancel);
    }
}
