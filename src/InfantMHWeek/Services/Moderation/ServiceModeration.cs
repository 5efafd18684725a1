using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

enum ServiceVerdict
{
    Approve,
    Ask,
    Decline,

    /// <summary>A person of the staff has asked the service, and all of it is right.</summary>
    Checked,

    /// <summary>It gets the mail that asks whether all is still right, out of turn.</summary>
    AskAgain,
    Close,
    Reopen,
    Withdraw,
}

/// <summary>Where a person decides: the decision, the mail that tells of it and the line in the audit log are one write.</summary>
sealed class ServiceModeration(SiteStore store, ServiceMails post, TimeProvider clock)
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
                var shown = service.IsPublic;
                var answer = Decide(service, revision, verdict, staff.StaffName(), words);
                if (answer != Decision.Done)
                    return answer;
                switch (verdict)
                {
                    case ServiceVerdict.Approve:
                        await post.ApprovedAsync(db, service, change: shown, cancel);
                        break;
                    case ServiceVerdict.Ask:
                        await post.AskedAsync(db, service, words, cancel);
                        break;
                    case ServiceVerdict.Decline:
                        await post.DeclinedAsync(db, service, change: shown, words, cancel);
                        break;
                    case ServiceVerdict.AskAgain:
                        await post.CheckAsync(db, service, cancel);
                        break;
                    case ServiceVerdict.Close or ServiceVerdict.Withdraw:
                        await post.EndedAsync(db, service, words, cancel);
                        break;
                }
                db.Record(clock, staff, InLog(verdict), id.ToString());
                return answer;
            },
            cancel
        );

    /// <summary>Joins two listings of one service, as a person has seen both.</summary>
    /// <param name="keep">Whose page stays, with the revision that was read.</param>
    /// <param name="gone">Whose address leads to it from now on.</param>
    /// <returns>Null when there is no such service.</returns>
    public Task<Decision?> JoinAsync(
        (Guid Id, int Revision) keep,
        (Guid Id, int Revision) gone,
        ClaimsPrincipal staff,
        CancellationToken cancel
    ) => store.WriteAsync(db => JoinAsync(db, keep, gone, staff, cancel), cancel);

    async Task<Decision?> JoinAsync(
        SiteDb db,
        (Guid Id, int Revision) keep,
        (Guid Id, int Revision) gone,
        ClaimsPrincipal staff,
        CancellationToken cancel
    )
    {
        var both = await db.Set<FamilyService>().Include(s => s.Points).Where(s => s.Id == keep.Id || s.Id == gone.Id).ToListAsync(cancel);
        if (both.Find(s => s.Id == keep.Id) is not { } stays || both.Find(s => s.Id == gone.Id) is not { } goes)
            return null;
        if (stays.Revision != keep.Revision || goes.Revision != gone.Revision)
            return Decision.ChangedMeanwhile;
        if (!goes.JoinTo(stays, staff.StaffName(), clock.GetUtcNow()))
            return Decision.NotPossible;
        // What readers say of the one is about the other now.
        await db.Set<ServiceReport>()
            .Where(r => r.ServiceId == gone.Id && r.ClosedAt == null)
            .ExecuteUpdateAsync(change => change.SetProperty(r => r.ServiceId, keep.Id), cancel);
        db.Record(clock, staff, "joined two services", keep.Id.ToString());
        return Decision.Done;
    }

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
            ServiceVerdict.AskAgain => Of(service.Contact != ServiceChecks.NoAddress && service.QuestionAgain(who, now)),
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
            ServiceVerdict.AskAgain => "asked a service again whether it is still right",
            ServiceVerdict.Close => "showed a service as closed",
            ServiceVerdict.Reopen => "showed a service as open",
            _ => "took a service off the website",
        };
}
