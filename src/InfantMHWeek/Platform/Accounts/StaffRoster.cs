using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

public enum RosterOutcome
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
public sealed class StaffRoster(SiteDb db, UserManager<StaffMember> staff, StaffLinks links, StaffSessions sessions, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Invites somebody, or sends a new invitation to somebody who has not joined yet.</summary>
    /// <param name="record">Writes the line of the audit log.</param>
    /// <returns>The link that was also put into a mail, when it is done.</returns>
    public async Task<(RosterOutcome Outcome, string? Link)> Invite(EmailAddress email, IReadOnlyCollection<string> roles, Action<string, string?> record, CancellationToken cancel)
    {
        if (roles.Except(StaffRole.All, StringComparer.Ordinal).Any()) return (RosterOutcome.UnknownRole, null);
        await using var write = await db.BeginWriteAsync(cancel);
        var member = await staff.FindByEmailAsync(email.Text);
        if (member is { JoinedAt: not null } or { DisabledAt: not null }) return (RosterOutcome.AlreadyThere, null);
        if (member is null)
        {
            member = new StaffMember { Id = Guid.CreateVersion7(clock.GetUtcNow()), UserName = email.Text, Email = email.Text, Name = Shorten(email.Text.Split('@')[0]), InvitedAt = Now };
            var made = await staff.CreateAsync(member);
            if (!made.Succeeded) throw new InvalidOperationException(made.ToString());
        }
        member.Roles = [.. roles];
        var link = await links.Make(member, StaffLinkKind.Invitation, cancel);
        record("invited a colleague as " + string.Join(", ", roles), member.Id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return (RosterOutcome.Done, link);
    }

    /// <summary>A new invitation for somebody who lost every way in: accepting it replaces password, code app and passkeys.</summary>
    public Task<RosterOutcome> InviteAnew(Guid id, Action<string, string?> record, CancellationToken cancel) => Change(id, member => member.DisabledAt is null ? "sent a new invitation" : null, record, cancel,
        member => links.Make(member, StaffLinkKind.Invitation, cancel));

    public Task<RosterOutcome> SetRoles(Guid id, IReadOnlyCollection<string> roles, Action<string, string?> record, CancellationToken cancel)
    {
        if (roles.Except(StaffRole.All, StringComparer.Ordinal).Any()) return Task.FromResult(RosterOutcome.UnknownRole);
        return Change(id, member =>
        {
            member.Roles = [.. roles];
            return "changed roles to " + (roles.Count == 0 ? "none" : string.Join(", ", roles));
        }, record, cancel);
    }

    public Task<RosterOutcome> Disable(Guid id, Action<string, string?> record, CancellationToken cancel) => Change(id, member =>
    {
        member.DisabledAt ??= Now;
        return "disabled a colleague";
    }, record, cancel, member => sessions.EndAll(member.Id, cancel));

    public Task<RosterOutcome> Enable(Guid id, Action<string, string?> record, CancellationToken cancel) => Change(id, member =>
    {
        member.DisabledAt = null;
        return "enabled a colleague";
    }, record, cancel);

    async Task<RosterOutcome> Change(Guid id, Func<StaffMember, string?> change, Action<string, string?> record, CancellationToken cancel, Func<StaffMember, Task>? also = null)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var member = await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == id, cancel);
        if (member is null || change(member) is not { } what) return RosterOutcome.NotFound;
        var others = await db.Set<StaffMember>().Where(m => m.Id != id && m.DisabledAt == null && m.JoinedAt != null).Select(m => m.Roles).ToListAsync(cancel);
        var stays = member is { DisabledAt: null } && member.Roles.Contains(StaffRole.Administrator);
        if (!stays && !others.Any(roles => roles.Contains(StaffRole.Administrator))) return RosterOutcome.LastAdministrator;
        if (also is not null) await also(member);
        record(what, id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return RosterOutcome.Done;
    }

    static string Shorten(string name) => name.Length <= StaffMember.NameMaxLength ? name : name[..StaffMember.NameMaxLength];
}
