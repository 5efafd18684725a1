using System.Security.Claims;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.Administration;

enum RosterOutcome
{
    Done,

    /// <summary>They have joined already, or are disabled: change them on their own page.</summary>
    AlreadyThere,

    /// <summary>Nobody could look after the staff any more.</summary>
    LastAdministrator,
    UnknownRole,
    NotFound,
}

/// <summary>Who belongs to the staff: invites, changes roles, disables. One administrator always remains.</summary>
sealed class StaffRoster(
    SiteStore store,
    StaffLinks links,
    StaffSessions sessions,
    StaffTickets tickets,
    StaffNotices notices,
    TimeProvider clock
)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Invites somebody, or sends a new invitation to somebody who has not joined yet.</summary>
    /// <param name="by">Who does it; null for a command.</param>
    /// <returns>The link that was also put into a mail, when it is done.</returns>
    public async Task<(RosterOutcome Outcome, string? Link)> InviteAsync(
        EmailAddress email,
        IReadOnlyCollection<string> roles,
        ClaimsPrincipal? by,
        CancellationToken cancel
    )
    {
        if (roles.Except(StaffRole.All, StringComparer.Ordinal).Any())
            return (RosterOutcome.UnknownRole, null);
        return await store.WriteAsync<(RosterOutcome, string?)>(
            async (db, services) =>
            {
                var staff = services.GetRequiredService<UserManager<StaffMember>>();
                var member = await staff.FindByEmailAsync(email.Text);
                if (member is { JoinedAt: not null } or { DisabledAt: not null })
                    return (RosterOutcome.AlreadyThere, null);
                if (member is null)
                {
                    member = new StaffMember
                    {
                        Id = Guid.CreateVersion7(clock.GetUtcNow()),
                        UserName = email.Text,
                        Email = email.Text,
                        Name = Shorten(email.Text.Split('@')[0]),
                        InvitedAt = Now,
                    };
                    var made = await staff.CreateAsync(member);
                    if (!made.Succeeded)
                        throw new InvalidOperationException(made.ToString());
                }
                member.Roles = [.. roles];
                var link = await links.MakeAsync(db, member.Id, StaffStage.Invitation, cancel);
                Record(db, by, "invited a colleague as " + string.Join(", ", roles), member.Id);
                return (RosterOutcome.Done, link);
            },
            cancel
        );
    }

    /// <summary>A new invitation for somebody who lost every way in: accepting it replaces password, code app and passkeys.</summary>
    public Task<RosterOutcome> InviteAnewAsync(Guid id, ClaimsPrincipal by, CancellationToken cancel) =>
        ChangeAsync(
            id,
            by,
            member => member.DisabledAt is null ? "sent a new invitation" : null,
            db => links.MakeAsync(db, id, StaffStage.Invitation, cancel),
            cancel
        );

    public Task<RosterOutcome> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, ClaimsPrincipal by, CancellationToken cancel)
    {
        if (roles.Except(StaffRole.All, StringComparer.Ordinal).Any())
            return Task.FromResult(RosterOutcome.UnknownRole);
        var names = roles.Count == 0 ? "none" : string.Join(", ", roles);
        return ChangeAsync(
            id,
            by,
            member =>
            {
                if (member.Roles.ToHashSet(StringComparer.Ordinal).SetEquals(roles))
                    return "";
                member.Roles = [.. roles];
                return "changed roles to " + names;
            },
            db =>
                notices.TellAsync(
                    db,
                    id,
                    "What you may do on the website was changed. Your roles are now: " + names + ".",
                    by.StaffName() + " did it",
                    cancel
                ),
            cancel
        );
    }

    public Task<RosterOutcome> DisableAsync(Guid id, ClaimsPrincipal by, CancellationToken cancel) =>
        ChangeAsync(
            id,
            by,
            member =>
            {
                member.DisabledAt ??= Now;
                return "disabled a colleague";
            },
            async db =>
            {
                await sessions.EndAllAsync(db, id, cancel);
                await tickets.EndAllAsync(db, id, cancel);
                await StaffDevices.ForgetAsync(db, id, but: null, cancel);
            },
            cancel
        );

    public Task<RosterOutcome> EnableAsync(Guid id, ClaimsPrincipal by, CancellationToken cancel) =>
        ChangeAsync(
            id,
            by,
            member =>
            {
                member.DisabledAt = null;
                return "enabled a colleague";
            },
            _ => Task.CompletedTask,
            cancel
        );

    /// <param name="change">Gives what was done, for the audit log: null when it cannot be, empty when there was nothing to do.</param>
    Task<RosterOutcome> ChangeAsync(
        Guid id,
        ClaimsPrincipal by,
        Func<StaffMember, string?> change,
        Func<SiteDb, Task> also,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                var member = await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == id, cancel);
                if (member is null || change(member) is not { } what)
                    return RosterOutcome.NotFound;
                if (what.Length == 0)
                    return RosterOutcome.Done;
                var others = await db.Set<StaffMember>()
                    .Where(m => m.Id != id && m.DisabledAt == null && m.JoinedAt != null)
                    .Select(m => m.Roles)
                    .ToListAsync(cancel);
                var stays = member is { DisabledAt: null } && member.Roles.Contains(StaffRole.Administrator);
                if (!stays && !others.Any(roles => roles.Contains(StaffRole.Administrator)))
                {
                    // What was tried on this object is not saved with the write.
                    db.ChangeTracker.Clear();
                    return RosterOutcome.LastAdministrator;
                }
                await also(db);
                Record(db, by, what, id);
                return RosterOutcome.Done;
            },
            cancel
        );

    void Record(SiteDb db, ClaimsPrincipal? by, string what, Guid about)
    {
        if (by is null)
            db.RecordBySite(clock, what, about.ToString());
        else
            db.Record(clock, by, what, about.ToString());
    }

    static string Shorten(string name) => name.Length <= StaffMember.NameMaxLength ? name : name[..StaffMember.NameMaxLength];
}
