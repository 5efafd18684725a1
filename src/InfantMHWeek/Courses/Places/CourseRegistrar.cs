using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>
/// Takes the answers of those who applied, and those of staff about them, each in one write with its mails. Places themselves are given
/// by <see cref="WaitingList"/>: so nobody is passed over, and nothing is sold twice.
/// </summary>
sealed class CourseRegistrar(SiteStore store, WaitingList waitingList, CourseMails post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The person says that they will come: to a place that is held, or to an offer that still stands.</summary>
    public Task<RegistrationResult> AcceptAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var became = application.Accept(Now);
                if (became is RegistrationResult.Done)
                    await post.AcceptedAsync(db, application, cohort, cancel);
                return became;
            },
            cancel
        );

    /// <summary>The person no longer wants it, whatever it is: a place goes to the next at once.</summary>
    public Task<RegistrationResult> GiveUpAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var free = application.TakesPlace;
                var became = application.GiveUp(Now);
                if (became is not RegistrationResult.Done)
                    return became;
                await post.GivenUpAsync(db, application, cohort, cancel);
                if (free)
                    await FreedAsync(db, cohort.Id, cancel);
                return became;
            },
            cancel
        );

    /// <summary>Back to the end of the waiting list, after an offer that ended or a place that was given up.</summary>
    public Task<RegistrationResult> RejoinAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var became = application.Rejoin(cohort, Now);
                if (became is RegistrationResult.Done)
                    await waitingList.JoinAsync(db, application, cohort, cancel);
                return became;
            },
            cancel
        );

    /// <summary>Staff say yes (a place is held, or the person waits) or no.</summary>
    /// <param name="takeBack">They have been shown that a no takes a place away.</param>
    public Task<RegistrationResult> DecideAsync(
        Guid id,
        bool yes,
        ClaimsPrincipal by,
        string? reason,
        bool takeBack = false,
        CancellationToken cancel = default
    ) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var (name, free) = (by.StaffName(), application.TakesPlace);
                var became =
                    yes ? application.Approve(name, reason, Now)
                    : free && takeBack ? application.TakeBack(name, reason, Now)
                    : application.Decline(name, reason, Now);
                if (became is not RegistrationResult.Done)
                    return became;
                db.Record(
                    clock,
                    by,
                    yes ? "said yes to a course application"
                        : free ? "took a course place back"
                        : "said no to a course application",
                    id.ToString()
                );
                if (yes)
                    await waitingList.JoinAsync(db, application, cohort, cancel);
                else if (free)
                    await post.TakenBackAsync(db, application, cohort, reason, cancel);
                else
                    await post.DeclinedAsync(db, application, cohort, reason, cancel);
                if (!yes && free)
                    await FreedAsync(db, cohort.Id, cancel);
                return became;
            },
            cancel
        );

    async Task FreedAsync(SiteDb db, Guid cohortId, CancellationToken cancel)
    {
        await db.ReleasePlaceAsync<Cohort>(cohortId, cancel);
        await waitingList.FillAsync(db, cohortId, [], cancel);
    }

    /// <summary>What was so before is as good as done: the person gets the same answer, and nobody a second mail.</summary>
    Task<RegistrationResult> ChangeAsync(
        Guid id,
        Func<SiteDb, Application, Cohort, Task<RegistrationResult>> change,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                var application = await db.Set<Application>()
                    .Include(a => a.Steps)
                    .Include(a => a.Cohort.Sessions)
                    .FirstOrDefaultAsync(a => a.Id == id, cancel);
                if (application is null)
                    return RegistrationResult.Unknown;
                var became = await change(db, application, application.Cohort);
                return became is RegistrationResult.Already ? RegistrationResult.Done : became;
            },
            cancel
        );
}
