using System.Security.Claims;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Begins, follows and ends sessions. Who somebody is and what they may do is read afresh at each request, so a change counts at the next one.</summary>
public sealed class StaffSessions(SiteDb db, TimeProvider clock)
{
    public const string Claim = "session";

    /// <summary>There while the last proof of who somebody is counts for changing how they sign in.</summary>
    public const string ProvenClaim = "proven";

    /// <summary>Written at most this often: every request would be a write otherwise.</summary>
    static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Signs the person in on this browser.</summary>
    /// <param name="how">For the audit log: <c>signed in with a passkey</c>.</param>
    public async Task<StaffSession> Start(StaffMember member, HttpContext http, string how, CancellationToken cancel = default)
    {
        var session = new StaffSession { Id = Guid.CreateVersion7(clock.GetUtcNow()), StaffId = member.Id, StartedAt = Now, ProvenAt = Now, SeenAt = Now, Device = DeviceName.Of(http.Request.Headers.UserAgent) };
        db.Set<StaffSession>().Add(session);
        db.Record(clock, member, how);
        await db.SaveChangesAsync(cancel);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, Principal(session.Id, member.Id, member.Name, member.Roles, proven: true));
        return session;
    }

    /// <summary>The person behind a session, as they are now; null when it counts no more.</summary>
    public async Task<ClaimsPrincipal?> Continue(Guid id, CancellationToken cancel)
    {
        var (now, idleSince, begunSince) = (Now, Now - StaffSession.Idle, Now - StaffSession.Longest);
        var found = await db.Set<StaffSession>().AsNoTracking()
            .Where(s => s.Id == id && s.EndedAt == null && s.SeenAt > idleSince && s.StartedAt > begunSince)
            .Join(db.Set<StaffMember>().Where(m => m.DisabledAt == null), s => s.StaffId, m => m.Id, (s, m) => new { s.SeenAt, s.ProvenAt, m.Id, m.Name, m.Roles })
            .FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        if (now - found.SeenAt >= SeenEvery)
            await db.Set<StaffSession>().Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), cancel);
        return Principal(id, found.Id, found.Name, found.Roles, now - found.ProvenAt < StaffSession.ProofCounts);
    }

    /// <summary>The person has proved again who they are.</summary>
    public Task Prove(Guid staffId, Guid session, CancellationToken cancel)
    {
        var now = Now;
        return db.Set<StaffSession>().Where(s => s.Id == session && s.StaffId == staffId && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), cancel);
    }

    public Task<int> End(Guid staffId, Guid session, CancellationToken cancel) => End(s => s.StaffId == staffId && s.Id == session, cancel);
    public Task<int> EndAll(Guid staffId, CancellationToken cancel) => End(s => s.StaffId == staffId, cancel);
    public Task<int> EndOthers(Guid staffId, Guid but, CancellationToken cancel) => End(s => s.StaffId == staffId && s.Id != but, cancel);

    Task<int> End(System.Linq.Expressions.Expression<Func<StaffSession, bool>> which, CancellationToken cancel)
    {
        var now = Now;
        return db.Set<StaffSession>().Where(which).Where(s => s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancel);
    }

    static ClaimsPrincipal Principal(Guid session, Guid staff, string name, IEnumerable<string> roles, bool proven) =>
        new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, staff.ToString()), new(ClaimTypes.Name, name), new(Claim, session.ToString()), .. proven ? (System.Security.Claims.Claim[])[new(ProvenClaim, "yes")] : [], .. roles.Select(r => new System.Security.Claims.Claim(ClaimTypes.Role, r))],
            IdentityConstants.ApplicationScheme));
}
