using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    In,
    CodeNeeded,
    SetUpNeeded,

    /// <summary>Wrong, whatever it was that was wrong.</summary>
    Refused,

    /// <summary>Too many attempts; later it may be right.</summary>
    Wait,

    /// <summary>The step was used, ended or took too long: one begins again.</summary>
    Gone,
}

/// <summary>The next step of somebody on their way in, for their browser.</summary>
sealed record SignInStep(SignInOutcome Outcome, string Secret);

/// <summary>
/// The way in by a password and a second proof. What is wrong is never told apart: not in words, not in time, not in what is written down.
/// </summary>
sealed class StaffSignIn(
    SiteDb db,
    SiteStore store,
    UserManager<StaffMember> staff,
    IPasswordHasher<StaffMember> hasher,
    OneTimeCodes codes,
    StaffTickets tickets,
    StaffDevices devices,
    StaffBrowser browser,
    StaffSessions sessions,
    StaffNotices notices,
    SignInLog log,
    Throttle throttle
)
{
    static readonly StaffMember Nobody = new() { Name = "nobody", InvitedAt = default };
    static string? hashOfNothing;

    public async Task<SignInOutcome> WithPasswordAsync(string email, string password, HttpContext http, CancellationToken cancel)
    {
        var account = staff.NormalizeEmail(email);
        var known = await db.Set<StaffMember>()
            .Where(m => m.NormalizedEmail == account)
            .Select(m => new
            {
                m.Id,
                m.PasswordHash,
                Active = m.DisabledAt == null,
            })
            .FirstOrDefaultAsync(cancel);
        var budgets = SignInBudgets.For(
            "password",
            account,
            http.Connection.RemoteIpAddress,
            await devices.FindAsync(db, known?.Id ?? Guid.Empty, browser.Find(http), cancel)
        );
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return SignInOutcome.Wait;
        // One comparison for everybody, also for those who are not there; and never inside a write, because it is slow on purpose.
        var hash = known?.PasswordHash ?? (hashOfNothing ??= hasher.HashPassword(Nobody, Secret.New()));
        var right = hasher.VerifyHashedPassword(Nobody, hash, password) != PasswordVerificationResult.Failed;
        if (!right || known is not { PasswordHash: not null, Active: true })
        {
            await log.NoteAsync(known?.Id, "was refused: wrong address or password", cancel);
            return SignInOutcome.Refused;
        }
        await throttle.GiveBackAsync(budgets, cancel);
        var (id, here) = (known.Id, browser.Visit(http).Hash);
        var next = await store.WriteAsync(
            async db =>
                await db.Set<StaffMember>().AnyAsync(m => m.Id == id && m.PasswordHash == hash && m.DisabledAt == null, cancel)
                    ? await NextAsync(db, id, here, cancel)
                    : null,
            cancel
        );
        return Show(http, next);
    }

    /// <summary>After the first proof: to the second, or to making one.</summary>
    /// <param name="db">The context of a write.</param>
    public async Task<SignInStep> NextAsync(SiteDb db, Guid id, string here, CancellationToken cancel)
    {
        var second =
            await db.Set<StaffMember>().AnyAsync(m => m.Id == id && m.CodeKey != null, cancel)
            || await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == id, cancel);
        return second
            ? new(SignInOutcome.CodeNeeded, await tickets.IssueAsync(db, id, StaffStage.Code, here, null, null, cancel))
            : new(
                SignInOutcome.SetUpNeeded,
                await tickets.IssueAsync(db, id, StaffStage.SetUp, here, staff.GenerateNewAuthenticatorKey(), null, cancel)
            );
    }

    /// <summary>Gives the browser its step, once the write is kept.</summary>
    public SignInOutcome Show(HttpContext http, SignInStep? next)
    {
        if (next is null)
            return SignInOutcome.Refused;
        browser.GiveStep(http, next.Secret);
        return next.Outcome;
    }

    /// <summary>The second proof: a code from the app, or one from the paper.</summary>
    public async Task<SignInOutcome> WithCodeAsync(string code, HttpContext http, CancellationToken cancel)
    {
        var shown = browser.Shown(http);
        if (await tickets.FindAsync(db, shown, StaffStage.Code, cancel) is not { } ticket)
            return SignInOutcome.Gone;
        var budgets = SignInBudgets.For(
            "code",
            ticket.StaffId.ToString(),
            http.Connection.RemoteIpAddress,
            await devices.FindAsync(db, ticket.StaffId, shown.BrowserHash, cancel)
        );
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return SignInOutcome.Wait;
        var visit = browser.Visit(http);
        var (outcome, begun) = await store.WriteAsync(db => CodeAsync(db, shown, code, visit, cancel), cancel);
        if (outcome == SignInOutcome.Refused)
            return outcome;
        await throttle.GiveBackAsync(budgets, cancel);
        if (begun is not null)
            await sessions.ShowAsync(http, begun);
        return outcome;
    }

    async Task<(SignInOutcome, BegunSession?)> CodeAsync(
        SiteDb db,
        PresentedTicket shown,
        string code,
        StaffVisit visit,
        CancellationToken cancel
    )
    {
        if (await tickets.FindAsync(db, shown, StaffStage.Code, cancel) is not { StaffId: var id } ticket)
            return (SignInOutcome.Gone, null);
        var key = await db.Set<StaffMember>().Where(m => m.Id == id).Select(m => m.CodeKey).SingleAsync(cancel);
        var how = "signed in with a password and a code";
        if (!await codes.TakeAsync(db, id, key, code, cancel))
        {
            if (await codes.TakeFromPaperAsync(db, id, code, cancel) is not { } left)
            {
                await log.NoteAsync(db, id, "was refused: wrong code", cancel);
                return (SignInOutcome.Refused, null);
            }
            how = "signed in with a recovery code";
            await notices.TellAsync(db, id, $"One of your recovery codes was used to sign in. {left} remain.", visit.Device, cancel);
        }
        await tickets.UseAsync(db, ticket.Id, cancel);
        return (SignInOutcome.In, await sessions.BeginAsync(db, id, visit, how, news: true, cancel));
    }

    /// <summary>After the recovery codes were shown: the end of joining.</summary>
    public async Task<SignInOutcome> AfterCodesAsync(HttpContext http, CancellationToken cancel)
    {
        var (shown, visit) = (browser.Shown(http), browser.Visit(http));
        var begun = await store.WriteAsync(
            async db =>
                await tickets.FindAsync(db, shown, StaffStage.Codes, cancel) is { } ticket && await tickets.UseAsync(db, ticket.Id, cancel)
                    ? await sessions.BeginAsync(db, ticket.StaffId, visit, "signed in after joining", news: false, cancel)
                    : null,
            cancel
        );
        if (begun is null)
            return SignInOutcome.Gone;
        await sessions.ShowAsync(http, begun);
        return SignInOutcome.In;
    }
}
