using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>What the two kinds of links do, once: begin anew, or choose a new password.</summary>
public sealed class StaffJoining(SiteDb db, StaffLinks links, SecondProof proof, StaffSessions sessions, IPasswordHasher<StaffMember> hasher, TimeProvider clock)
{
    /// <summary>Accepts an invitation. Whatever proofs there were are forgotten, and nobody stays signed in.</summary>
    /// <param name="password">Null for somebody who will use a passkey only.</param>
    /// <returns>Null when the link counts no more.</returns>
    public Task<StaffMember?> Accept(string secret, string name, string? password, CancellationToken cancel) => Take(secret, StaffLinkKind.Invitation, "accepted an invitation", async member =>
    {
        member.Name = name;
        member.PasswordHash = password is null ? null : hasher.HashPassword(member, password);
        await proof.ForgetAll(member, cancel);
    }, cancel);

    /// <summary>Sets the new password; the second proof stays, so the mailbox alone lets nobody in.</summary>
    public Task<StaffMember?> Reset(string secret, string password, CancellationToken cancel) => Take(secret, StaffLinkKind.Reset, "chose a new password by mail", member =>
    {
        member.PasswordHash = hasher.HashPassword(member, password);
        return Task.CompletedTask;
    }, cancel);

    async Task<StaffMember?> Take(string secret, StaffLinkKind kind, string what, Func<StaffMember, Task> change, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await links.Find(secret, kind, cancel) is not { } member || !await links.Use(secret, cancel)) return null;
        await change(member);
        member.EmailConfirmed = true;
        member.SecurityStamp = Secret.New();
        db.Record(clock, member, what);
        await sessions.EndAll(member.Id, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return member;
    }
}
