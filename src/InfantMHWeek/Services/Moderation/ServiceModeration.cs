using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

public enum ServiceVerdict
{
    Approve,
    Ask,
    Decline,

    /// <summary>A person of the staff has asked the service, and all of it is right.</summary>
    Checked,
    Close,
    Reopen,
    Withdraw,
}

/// <summary>Where a person decides: the decision, the mail that tells of it and the line in the audit log are one write.</summary>
public sealed class ServiceModeration(SiteStore store, ServiceMails post, TimeProvider clock)
{
    /// <param name="revision">Of the version that this person read.</param>
    /// <returns>Null when there is no such service.</returns>
    public Task<Decision?> DecideAsync(
        Guid id,
        int revision,
        ServiceVerdict verdict,
        ClaimsPrincipal staff,
        string words,
        CancellationToken cancel
    ) =>
        store.WriteAsync<Decision?>(
            async db =>
            {
                if (
                    await db.Set<FamilyService>()
                        .Include(s => s.Points)
                        .Include(s => s.Steps)
                        .AsSplitQuery()
                        .SingleOrDefaultAsync(s => s.Id == id, cancel)
                    is not { } service
                )
                    return null;
                var answer = Decide(service, revision, verdict, staff.StaffName(), words);
                if (answer != Decision.Done)
                    return answer;
                switch (verdict)
                {
                    case ServiceVerdict.Approve:
                        await post.ApprovedAsync(db, service, cancel);
                        break;
                    case ServiceVerdict.Ask:
                        await post.AskedAsync(db, service, words, cancel);
                        break;
                    case ServiceVerdict.Decline:
                        await post.DeclinedAsync(db, service, words, cancel);
                        break;
                }
                db.Record(clock, staff, InLog(verdict), id.ToString());
                return answer;
            },
            cancel
        );

    Decision Decide(FamilyService service, int revision, ServiceVerdict verdict, string who, string words)
    {
        var now = clock.GetUtcNow();
        return verdict switch
        {
            ServiceVerdict.Approve => service.Approve(who, revision, now),
            ServiceVerdict.Ask => service.Ask(who, revision, words, now),
            ServiceVerdict.Decline => service.Decline(who, revision, words, now),
            // That all of it is right can be said only of what one has read.
            ServiceVerdict.Checked when service.Revision != revision => Decision.ChangedMeanwhile,
            ServiceVerdict.Checked => Of(service.ConfirmRight(CheckedBy.Staff, who, now)),
            ServiceVerdict.Close => Of(service.Close(who, words, now)),
            ServiceVerdict.Reopen => Of(service.Reopen(who, now)),
            _ => Of(service.Withdraw(who, words, now)),
        };

        static Decision Of(bool done) => done ? Decision.Done : Decision.NotPossible;
    }

    static string InLog(ServiceVerdict verdict) =>
        verdict switch
        {
            ServiceVerdict.Approve => "approved a service",
            ServiceVerdict.Ask => "asked a service",
            ServiceVerdict.Decline => "declined a service",
            ServiceVerdict.Checked => "checked a service",
            ServiceVerdict.Close => "showed a service as closed",
            ServiceVerdict.Reopen => "showed a service as open",
            _ => "took a service off the website",
        };
}
