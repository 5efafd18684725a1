using System.Threading.Channels;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Takes requests for a new password and answers them by mail, in its own time: how long the page took must not tell
/// whether there is such a person.
/// </summary>
public sealed class ResetRequests(IServiceScopeFactory scopes, ILogger<ResetRequests> log) : BackgroundService
{
    readonly Channel<EmailAddress> waiting = Channel.CreateBounded<EmailAddress>(new BoundedChannelOptions(200) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(EmailAddress email) => waiting.Writer.TryWrite(email);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in waiting.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await Answer(email, stoppingToken);
            }
            catch (Exception problem) when (problem is DbUpdateException or System.Data.Common.DbException or KeyNotFoundException)
            {
                log.LogError(problem, "A request for a new password could not be answered");
            }
    }

    /// <summary>Whoever has asked gets their mail, also when the site is about to stop.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } answering) await answering.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    internal async Task Answer(EmailAddress email, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<SiteDb>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        await using var write = await db.BeginWriteAsync(cancel);
        if (await scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>().FindByEmailAsync(email.Text) is not { JoinedAt: not null, DisabledAt: null } member) return;
        await scope.ServiceProvider.GetRequiredService<StaffLinks>().Make(member, StaffLinkKind.Reset, cancel);
        db.Record(clock, member, "asked for a new password");
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }
}
