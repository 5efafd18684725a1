using System.Security.Claims;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>A session that has just begun, for the cookie.</summary>
sealed record BegunSession(Guid Id, Guid StaffId, string Name, IReadOnlyList<string> Roles);

/// <summary>
/// Begins, follows and ends sessions. Who somebody is and what they may do is read afresh at each request, so a change counts at
/// the next one. A session counts in the browser where it began, and nowhere else.
/// </summary>
sealed class StaffSessions(
    SiteDb db,
    SiteStore store,
    StaffTickets tickets,
    StaffDevices devices,
    StaffNotices notices,
    StaffBrowser browser,
    TimeProvider clock
)
{
    public const string Claim = StaffRole.SessionClaim;

    /// <summary>There while the last proof of who somebody is counts for changing how they sign in.</summary>
    public const string ProvenClaim = "proven";

    /// <summary>Written at most this often: every request would be a write otherwise.</summary>
    static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>A page is not kept waiting longer for it to be written that somebody was here.</summary>
    static readonly TimeSpan LongestNote = TimeSpan.FromSeconds(1);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Signs a fully proven person in. Whatever step or session was open in this browser ends.</summary>
    /// <param name="db">The context of a write.</param>
    /// <param name="how">For the audit log: <c>signed in with a passkey</c>.</param>
    /// <param name="news">Whether they are told when they had never signed in here.</param>
    /// <returns>For <see cref="ShowAsync"/>, once the write is kept; null when they are disabled.</returns>
    public async Task<BegunSession?> BeginAsync(SiteDb db, Guid staff, StaffVisit visit, string how, bool news, CancellationToken cancel)
    {
        var member = await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == staff && m.DisabledAt == null, cancel);
        if (member is null)
            return null;
        var now = Now;
        await EndAsync(db, s => s.BrowserHash == visit.Hash, cancel);
        await tickets.EndBrowserAsync(db, visit.Hash, cancel);
        var session = new StaffSession
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            StaffId = staff,
            StartedAt = now,
            ProvenAt = now,
            SeenAt = now,
            Device = visit.Device,
            BrowserHash = visit.Hash,
        };
        db.Set<StaffSession>().Add(session);
        db.Record(clock, member, how);
        if (!await devices.RememberAsync(db, staff, visit.Hash, signedIn: true, cancel) && news)
            await notices.TellAsync(
                db,
                staff,
                "Somebody, probably you, signed in with your account on a browser where you had not signed in before.",
                visit.Device,
                cancel
            );
        return new(session.Id, staff, member.Name, [.. member.Roles]);
    }

    /// <summary>Gives the browser its cookie.</summary>
    public async Task ShowAsync(HttpContext http, BegunSession begun)
    {
        browser.ForgetStep(http);
        await http.SignInAsync(
            IdentityConstants.ApplicationScheme,
            Principal(begun.Id, begun.StaffId, begun.Name, begun.Roles, proven: true)
        );
    }

    /// <summary>The person behind a session, as they are now; null when it counts no more.</summary>
    /// <param name="browserHash">The browser that shows it.</param>
    public async Task<ClaimsPrincipal?> ContinueAsync(Guid id, string? browserHash, CancellationToken cancel)
    {
        var (now, idleSince, begunSince) = (Now, Now - StaffSession.Idle, Now - StaffSession.Longest);
        if (browserHash is null)
            return null;
        var found = await db.Set<StaffSession>()
            .AsNoTracking()
            .Where(s => s.Id == id && s.BrowserHash == browserHash && s.EndedAt == null && s.SeenAt > idleSince && s.StartedAt > begunSince)
            .Join(
                db.Set<StaffMember>().Where(m => m.DisabledAt == null),
                s => s.StaffId,
                m => m.Id,
                (s, m) =>
                    new
                    {
                        s.SeenAt,
                        s.ProvenAt,
                        m.Id,
                        m.Name,
                        m.Roles,
                    }
            )
            .FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        if (now - found.SeenAt >= SeenEvery)
            await NoteSeenAsync(id, now);
        return Principal(id, found.Id, found.Name, found.Roles, now - found.ProvenAt < StaffSession.ProofCounts);
    }

    /// <summary>Reading a page never fails or hangs because this could not be written; the session only ends earlier then.</summary>
    async Task NoteSeenAsync(Guid id, DateTime now)
    {
        try
        {
            await Task.Run(() =>
                    store.WriteAsync(db =>
                        db.Set<StaffSession>()
                            .Where(s => s.Id == id && s.EndedAt == null && s.SeenAt < now)
                            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now))
                    )
                )
                .WaitAsync(LongestNote);
        }
        catch (Exception problem) when (problem is TimeoutException || StoreTrouble.Is(problem)) { }
    }

    /// <summary>The person has proved again who they are.</summary>
    /// <returns>False when the session has ended meanwhile.</returns>
    public async Task<bool> MarkReauthenticatedAsync(SiteDb db, Guid staff, Guid session, CancellationToken cancel)
    {
        var now = Now;
        return await db.Set<StaffSession>()
                .Where(s => s.Id == session && s.StaffId == staff && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), cancel) == 1;
    }

    /// <summary>Whether a session has not ended while somebody was at work in it.</summary>
    public static Task<bool> LastsAsync(SiteDb db, Guid session, CancellationToken cancel) =>
        db.Set<StaffSession>().AnyAsync(s => s.Id == session && s.EndedAt == null, cancel);

    public Task<int> EndAsync(SiteDb db, Guid staff, Guid session, CancellationToken cancel) =>
        EndAsync(db, s => s.StaffId == staff && s.Id == session, cancel);

    public Task<int> EndAllAsync(SiteDb db, Guid staff, CancellationToken cancel) => EndAsync(db, s => s.StaffId == staff, cancel);

    public Task<int> EndOthersAsync(SiteDb db, Guid staff, Guid but, CancellationToken cancel) =>
        EndAsync(db, s => s.StaffId == staff && s.Id != but, cancel);

    Task<int> EndAsync(SiteDb db, System.Linq.Expressions.Expression<Func<StaffSession, bool>> which, CancellationToken cancel)
    {
        var now = Now;
        return db.Set<StaffSession>()
            .Where(which)
            .Where(s => s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancel);
    }

    static ClaimsPrincipal Principal(Guid session, Guid staff, string name, IEnumerable<string> roles, bool proven) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, staff.ToString()),
                    new(ClaimTypes.Name, name),
                    new(Claim, session.ToString()),
                    .. proven ? (System.Security.Claims.Claim[])[new(ProvenClaim, "yes")] : [],
                    .. roles.Select(r => new System.Security.Claims.Claim(ClaimTypes.Role, r)),
                ],
                IdentityConstants.ApplicationScheme
            )
        );
}
