using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Administration;

/// <summary>What staff do with a whole cohort. Each act is one write with its mails and its line in the audit log.</summary>
sealed class CohortAdministration(SiteStore store, WaitingList waitingList, CourseMails post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>More places are offered at once; with fewer, nobody loses theirs.</summary>
    /// <param name="shown">The rules as they were when this person opened the form: what they left as it was stays as it is now.</param>
    public Task ChangeRulesAsync(
        Guid id,
        CohortRules rules,
        ClaimsPrincipal by,
        CohortRules? shown = null,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var cohort = await db.Set<Cohort>().SingleAsync(c => c.Id == id, cancel);
                cohort.Change(rules, shown);
                db.Record(clock, by, "changed the rules of a course group", id.ToString());
                await waitingList.FillAsync(db, id, [], cancel);
            },
            cancel
        );

    /// <summary>Moves a session, its place or its online link; everybody with a place is told, with the new file for their diary.</summary>
    /// <returns>How many were told; null where the clock never shows such a time.</returns>
    /// <param name="shown">What whoever moved it had been shown: what they left alone stays as it is by now.</param>
    public Task<int?> MoveAsync(
        Guid id,
        int number,
        SessionDetails to,
        SessionDetails? shown,
        ClaimsPrincipal by,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync<int?>(
            async db =>
            {
                var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
                var session = cohort.Sessions.Single(s => s.Number == number);
                if (session.TryChange(to, shown) is not { } changes)
                    return null;
                cohort.SessionsChanged();
                var told = changes == SessionChanges.None || cohort.OpensAt is null ? [] : await WithPlaces(db, id).ToListAsync(cancel);
                foreach (var person in told)
                    await post.MovedAsync(db, person, cohort, session, changes, cancel);
                db.Record(clock, by, "changed a course session", id.ToString());
                return told.Count;
            },
            cancel
        );

    /// <summary>Tells everybody whose application is under way, and ends it.</summary>
    public Task<int> CancelAsync(Guid id, string? reason, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
                if (cohort.CancelledAt is not null)
                    return 0;
                cohort.Cancel(Now, reason);
                var people = await UnderWay(db, id).ToListAsync(cancel);
                foreach (var person in people)
                {
                    person.Cancel(by.StaffName(), reason, Now);
                    await post.CohortCancelledAsync(db, person, cohort, reason, cancel);
                }
                await db.SaveChangesAsync(cancel);
                await db.Set<Cohort>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, 0), cancel);
                db.Record(clock, by, "cancelled a course group", id.ToString());
                return people.Count;
            },
            cancel
        );

    public static IQueryable<Application> UnderWay(SiteDb db, Guid id) =>
        db.Set<Application>()
            .Where(a =>
                a.CohortId == id
                && (
                    a.State == ApplicationState.Applied
                    || a.State == ApplicationState.Waiting
                    || a.State == ApplicationState.Held
                    || a.State == ApplicationState.Offered
                    || a.State == ApplicationState.Accepted
                )
            );

    static IQueryable<Application> WithPlaces(SiteDb db, Guid id) =>
        db.Set<Application>()
            .Where(a =>
                a.CohortId == id
                && (a.State == ApplicationState.Held || a.State == ApplicationState.Offered || a.State == ApplicationState.Accepted)
            );
}
