using System.Linq.Expressions;
using System.Security.Cryptography;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>
/// What a browser shows at the door: its own id, hashed; the secret of a step, hashed; and the session in which it is signed in.
/// </summary>
sealed record PresentedTicket(string? Hash, string? BrowserHash, Guid? SessionId);

/// <summary>A ticket that counts.</summary>
/// <param name="Carries">Readable again; empty when it carries nothing.</param>
sealed record ValidTicket(Guid Id, Guid StaffId, string Carries);

/// <summary>
/// Issues, finds, uses and ends tickets. All but <see cref="FindAsync"/> belong into a write, and whoever uses one there has found it
/// there.
/// </summary>
sealed class StaffTickets(IDataProtectionProvider keys, TimeProvider clock)
{
    readonly IDataProtector protector = keys.CreateProtector("Staff.Ticket");

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A new step in a browser; it takes the place of whatever step was open there.</summary>
    /// <returns>The secret, for the browser's cookie.</returns>
    public async Task<string> IssueAsync(
        SiteDb db,
        Guid staff,
        StaffStage stage,
        string browser,
        string? carries,
        Guid? session,
        CancellationToken cancel
    )
    {
        await EndAsync(db, t => t.BrowserHash == browser, cancel);
        return Add(db, staff, stage, browser, carries, session).Secret;
    }

    /// <summary>A new link for a mail.</summary>
    public (Guid Id, string Secret) AddLink(SiteDb db, Guid staff, StaffStage stage) => Add(db, staff, stage, null, null, null);

    (Guid Id, string Secret) Add(SiteDb db, Guid staff, StaffStage stage, string? browser, string? carries, Guid? session)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var secret = db.Issue(hash => new StaffTicket
        {
            Id = id,
            StaffId = staff,
            Stage = stage,
            Hash = hash,
            BrowserHash = browser,
            SessionId = session,
            Carries = carries is null ? null : protector.Protect(carries),
            ExpiresAt = Now + StaffTicket.Lasts(stage),
        });
        return (id, secret);
    }

    /// <returns>
    /// Null when it is wrong, used, ended or too old, of another stage, browser or session, or when its owner is disabled.
    /// </returns>
    public async Task<ValidTicket?> FindAsync(SiteDb db, PresentedTicket shown, StaffStage stage, CancellationToken cancel)
    {
        if (shown.Hash is not { } hash)
            return null;
        var (now, browser, session) = (Now, shown.BrowserHash, shown.SessionId);
        var found = await Live(db, now)
            .Where(t => t.Hash == hash && t.Stage == stage && t.BrowserHash == browser)
            .Where(t =>
                t.SessionId == null || (t.SessionId == session && db.Set<StaffSession>().Any(s => s.Id == t.SessionId && s.EndedAt == null))
            )
            .Select(t => new
            {
                t.Id,
                t.StaffId,
                t.Carries,
            })
            .FirstOrDefaultAsync(cancel);
        return found is not null && Read(found.Carries) is { } carries ? new(found.Id, found.StaffId, carries) : null;
    }

    /// <summary>How many such links of somebody still work.</summary>
    public Task<int> CountLinksAsync(SiteDb db, Guid staff, StaffStage stage, CancellationToken cancel) =>
        Live(db, Now).CountAsync(t => t.StaffId == staff && t.Stage == stage && t.BrowserHash == null, cancel);

    /// <returns>False when it was used before.</returns>
    public async Task<bool> UseAsync(SiteDb db, Guid ticket, CancellationToken cancel) =>
        await EndAsync(db, t => t.Id == ticket, cancel) == 1;

    /// <summary>Lets the answer to a question count once.</summary>
    /// <param name="hash">Of the question.</param>
    /// <returns>False when it was answered before.</returns>
    public async Task<bool> AnswerOnceAsync(SiteDb db, Guid staff, string hash, CancellationToken cancel)
    {
        if (await db.Set<StaffTicket>().AnyAsync(t => t.Hash == hash, cancel))
            return false;
        var now = Now;
        db.Set<StaffTicket>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    StaffId = staff,
                    Stage = StaffStage.Passkey,
                    Hash = hash,
                    ExpiresAt = now + StaffTicket.Lasts(StaffStage.Passkey),
                    UsedAt = now,
                }
            );
        return true;
    }

    /// <summary>Ends all that somebody holds, here and elsewhere, links among them.</summary>
    public Task EndAllAsync(SiteDb db, Guid staff, CancellationToken cancel) => EndAsync(db, t => t.StaffId == staff, cancel);

    /// <summary>Ends all links of one kind.</summary>
    public Task EndLinksAsync(SiteDb db, Guid staff, StaffStage stage, CancellationToken cancel) =>
        EndAsync(db, t => t.StaffId == staff && t.Stage == stage && t.BrowserHash == null, cancel);

    /// <summary>Ends whatever step is open in a browser.</summary>
    public Task EndBrowserAsync(SiteDb db, string browser, CancellationToken cancel) => EndAsync(db, t => t.BrowserHash == browser, cancel);

    async Task<int> EndAsync(SiteDb db, Expression<Func<StaffTicket, bool>> which, CancellationToken cancel)
    {
        var now = Now;
        return await db.Set<StaffTicket>()
            .Where(which)
            .Where(t => t.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, now).SetProperty(t => t.Carries, (string?)null), cancel);
    }

    static IQueryable<StaffTicket> Live(SiteDb db, DateTime now) =>
        db.Set<StaffTicket>()
            .AsNoTracking()
            .Where(t => t.UsedAt == null && t.ExpiresAt > now && db.Set<StaffMember>().Any(m => m.Id == t.StaffId && m.DisabledAt == null));

    /// <returns>Null when the site's keys were lost: then one begins again.</returns>
    string? Read(string? kept)
    {
        try
        {
            return kept is null ? "" : protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
