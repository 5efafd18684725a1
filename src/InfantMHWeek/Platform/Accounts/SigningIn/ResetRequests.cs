using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>
/// Takes requests for a new password and answers them by mail, in its own time: how long the page took must not tell whether there
/// is such a person. They wait in the store, so none is lost in a crash; what could not be answered is looked at again every minute.
/// </summary>
sealed class ResetRequests(SiteStore store, JobRunner jobs, IHostApplicationLifetime host, TimeProvider clock, ILogger<ResetRequests> log)
{
    public const string Job = "answer requests for a new password";
    const int AtOnce = 100;

    /// <summary>After that nobody waits for the answer any more.</summary>
    static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    public async Task AskAsync(EmailAddress email, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await store.WriteAsync(
            async db =>
            {
                if (!await db.Set<ResetRequest>().AnyAsync(r => r.Key == email.Key, cancel))
                    db.Set<ResetRequest>()
                        .Add(
                            new()
                            {
                                Key = email.Key,
                                Email = email,
                                AskedAt = now,
                            }
                        );
            },
            cancel
        );
        // At once, but nobody waits here for it.
        _ = jobs.RunNowAsync(Job, host.ApplicationStopping);
    }

    /// <summary>Answers all that wait. One that cannot be answered does not keep the others waiting.</summary>
    public async Task AnswerAsync(CancellationToken cancel)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var waiting = await store.ReadAsync(db =>
                db.Set<ResetRequest>().OrderBy(r => r.AskedAt).Select(r => r.Key).Take(tried.Count + AtOnce).ToListAsync(cancel)
            );
            if (waiting.FindAll(tried.Add) is not { Count: > 0 } fresh)
                return;
            foreach (var key in fresh)
                try
                {
                    await AnswerAsync(key, cancel);
                }
                catch (Exception problem) when (problem is not OperationCanceledException && !StoreTrouble.Is(problem))
                {
                    log.LogError(problem, "A request for a new password could not be answered");
                }
        }
    }

    Task<bool> AnswerAsync(string key, CancellationToken cancel) =>
        store.WriteAsync(
            async (db, services) =>
            {
                if (await db.Set<ResetRequest>().FirstOrDefaultAsync(r => r.Key == key, cancel) is not { } request)
                    return true;
                db.Remove(request);
                if (clock.GetUtcNow().UtcDateTime - request.AskedAt > Lasts)
                    return true;
                if (
                    await services.GetRequiredService<UserManager<StaffMember>>().FindByEmailAsync(request.Email.Text)
                    is not { JoinedAt: not null, DisabledAt: null } member
                )
                    return true;
                if (await services.GetRequiredService<StaffLinks>().MakeAsync(db, member.Id, StaffStage.Reset, cancel) is not null)
                    db.Record(clock, member, "asked for a new password");
                return true;
            },
            cancel
        );
}
