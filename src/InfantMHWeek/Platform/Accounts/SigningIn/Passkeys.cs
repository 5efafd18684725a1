using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What a passkey may be asked for; an answer to one does not answer another.</summary>
enum PasskeyPurpose
{
    SignIn,
    Again,
    New,
}

/// <summary>A right answer of a passkey. It counts once, in a write.</summary>
/// <param name="Question">The hash of what it was asked.</param>
sealed record PasskeyProof(Guid StaffId, UserPasskeyInfo Passkey, string Question);

/// <summary>
/// Asks passkeys and reads their answers. The question waits in the browser, encrypted for that very browser: so that whoever only
/// asks writes nothing into the store. That an answer counts once is the store's business (<see cref="StaffTickets.AnswerOnceAsync"/>).
/// </summary>
sealed class Passkeys(
    SiteDb db,
    IPasskeyHandler<StaffMember> handler,
    StaffBrowser browser,
    StaffTickets tickets,
    IDataProtectionProvider keys,
    TimeProvider clock
)
{
    static readonly TimeSpan QuestionLasts = TimeSpan.FromMinutes(10);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="staff">Whose passkey it must be; null for anybody's.</param>
    /// <returns>What the browser needs, as JSON.</returns>
    public async Task<string> AskAsync(HttpContext http, Guid? staff, PasskeyPurpose purpose, CancellationToken cancel)
    {
        var member = staff is null ? null : await db.Set<StaffMember>().AsNoTracking().FirstAsync(m => m.Id == staff, cancel);
        var asked = await handler.MakeRequestOptionsAsync(member, http);
        Keep(http, purpose, asked.AssertionState ?? "");
        return asked.RequestOptionsJson;
    }

    /// <summary>The same for making a passkey.</summary>
    public async Task<string> AskForNewAsync(HttpContext http, Guid staff, CancellationToken cancel)
    {
        var who = await db.Set<StaffMember>().Where(m => m.Id == staff).Select(m => new { m.Email, m.Name }).FirstAsync(cancel);
        var asked = await handler.MakeCreationOptionsAsync(
            new()
            {
                Id = staff.ToString(),
                Name = who.Email!,
                DisplayName = who.Name,
            },
            http
        );
        Keep(http, PasskeyPurpose.New, asked.AttestationState ?? "");
        return asked.CreationOptionsJson;
    }

    /// <summary>Whose key an answer names, before anything is compared.</summary>
    /// <returns>Null when it is nobody's, or nothing was asked here.</returns>
    public async Task<Guid?> OwnerAsync(HttpContext http, string credential, PasskeyPurpose purpose, CancellationToken cancel)
    {
        if (Asked(http, purpose) is null || IdIn(credential) is not { } id)
            return null;
        return await db.Set<IdentityUserPasskey<Guid>>()
            .Where(p => p.CredentialId == id)
            .Select(p => (Guid?)p.UserId)
            .FirstOrDefaultAsync(cancel);
    }

    /// <returns>Null when it is wrong.</returns>
    public async Task<PasskeyProof?> ReadAsync(HttpContext http, string credential, PasskeyPurpose purpose)
    {
        if (credential.Length == 0 || Asked(http, purpose) is not { } state)
            return null;
        browser.ForgetQuestion(http);
        var answer = await handler.PerformAssertionAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = credential,
                AssertionState = state,
            }
        );
        return answer.Succeeded ? new(answer.User.Id, answer.Passkey, Secret.Hash(state)) : null;
    }

    /// <returns>Null when it is wrong.</returns>
    public async Task<PasskeyProof?> ReadNewAsync(HttpContext http, string credential)
    {
        if (credential.Length == 0 || Asked(http, PasskeyPurpose.New) is not { } state)
            return null;
        browser.ForgetQuestion(http);
        var made = await handler.PerformAttestationAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = credential,
                AttestationState = state,
            }
        );
        return made.Succeeded && Guid.TryParse(made.UserEntity.Id, out var id) ? new(id, made.Passkey, Secret.Hash(state)) : null;
    }

    /// <summary>Lets a right answer count, in a write.</summary>
    /// <param name="staff">The write's own.</param>
    /// <returns>False when it counted before, or its key was removed or used meanwhile.</returns>
    public async Task<bool> CountAsync(
        SiteDb db,
        UserManager<StaffMember> staff,
        StaffMember member,
        PasskeyProof proof,
        CancellationToken cancel
    )
    {
        if (!await tickets.AnswerOnceAsync(db, member.Id, proof.Question, cancel))
            return false;
        if (await staff.GetPasskeyAsync(member, proof.Passkey.CredentialId) is not { } kept)
            return false;
        // The count of uses goes up, where a device counts: a copied passkey is noticed.
        if ((kept.SignCount > 0 || proof.Passkey.SignCount > 0) && proof.Passkey.SignCount <= kept.SignCount)
            return false;
        return (await staff.AddOrUpdatePasskeyAsync(member, proof.Passkey)).Succeeded;
    }

    /// <summary>Keeps a new passkey, in a write.</summary>
    /// <inheritdoc cref="CountAsync"/>
    public async Task<bool> AddAsync(
        SiteDb db,
        UserManager<StaffMember> staff,
        StaffMember member,
        PasskeyProof made,
        string name,
        CancellationToken cancel
    )
    {
        if (!await tickets.AnswerOnceAsync(db, member.Id, made.Question, cancel))
            return false;
        made.Passkey.Name = name;
        return (await staff.AddOrUpdatePasskeyAsync(member, made.Passkey)).Succeeded;
    }

    void Keep(HttpContext http, PasskeyPurpose purpose, string state) =>
        browser.GiveQuestion(
            http,
            Protector(browser.Visit(http).Hash, purpose)
                .Protect((Now + QuestionLasts).Ticks.ToString(CultureInfo.InvariantCulture) + "|" + state)
        );

    string? Asked(HttpContext http, PasskeyPurpose purpose)
    {
        if (browser.Question(http) is not { Length: > 0 } kept || browser.Find(http) is not { } hash)
            return null;
        try
        {
            var parts = Protector(hash, purpose).Unprotect(kept).Split('|', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > Now.Ticks ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    IDataProtector Protector(string browserHash, PasskeyPurpose purpose) =>
        keys.CreateProtector("Staff.Passkey", purpose.ToString(), browserHash);

    static byte[]? IdIn(string credential)
    {
        try
        {
            using var json = JsonDocument.Parse(credential);
            return
                json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String
                ? Base64Url.DecodeFromChars(id.GetString())
                : null;
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return null;
        }
    }
}
