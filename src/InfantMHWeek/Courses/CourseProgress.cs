using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>
/// What time does with the course: places pass on, people are reminded, and the course is brought to its end. Each act is one write.
/// </summary>
sealed class CourseProgress(
    SiteStore store,
    WaitingList waitingList,
    CourseMails post,
    Certification certification,
    IOptions<CourseSettings> settings,
    TimeProvider clock
)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Ends held places and offers that nobody answered, and passes them on.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> ExpireAsync(CancellationToken cancel = default) => store.WriteAsync(db => waitingList.ExpireAsync(db, cancel), cancel);

    /// <summary>
    /// Places that nobody could be offered in time, for instance because staff changed the cohort by another way, find their next.
    /// </summary>
    public async Task FillAsync(CancellationToken cancel = default)
    {
        // Almost always there is none: so nobody waits behind a write that does nothing.
        if ((await store.ReadAsync(db => FreeAsync(db, cancel))).Count == 0)
            return;
        await store.WriteAsync(
            async db =>
            {
                foreach (var cohort in await FreeAsync(db, cancel))
                    await waitingList.FillAsync(db, cohort, [], cancel);
            },
            cancel
        );
    }

    Task<List<Guid>> FreeAsync(SiteDb db, CancellationToken cancel)
    {
        var now = Now;
        return db.Set<Cohort>()
            .Where(c =>
                c.PlacesTaken < c.Places
                && c.CancelledAt == null
                && (c.StartsAt == null || c.StartsAt > now)
                && db.Set<Application>().Any(a => a.CohortId == c.Id && a.State == ApplicationState.Waiting)
            )
            .Select(c => c.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Reminds those who have not confirmed the place that is held for them.</summary>
    public Task RemindUnconfirmedAsync(CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                var people = await db.Set<Application>()
                    .Include(a => a.Cohort.Sessions)
                    .Where(a => a.RemindAt <= now && a.State == ApplicationState.Held && a.Cohort.CancelledAt == null)
                    .ToListAsync(cancel);
                foreach (var person in people)
                    if (person.Remind(now) is RegistrationResult.Done && person.KeptUntil > now)
                        await post.UnconfirmedAsync(db, person, person.Cohort, cancel);
            },
            cancel
        );

    /// <summary>Calls the next session to mind.</summary>
    public Task RemindAsync(CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                var until = now.AddDays(settings.Value.ReminderDays);
                var cohorts = await db.Set<Cohort>()
                    .Include(c => c.Sessions)
                    .Where(c =>
                        c.CancelledAt == null && c.Sessions.Any(s => s.RemindedAt == null && s.StartsUtc > now && s.StartsUtc <= until)
                    )
                    .ToListAsync(cancel);
                foreach (var cohort in cohorts)
                {
                    var people = await WithPlaces(db, cohort.Id).ToListAsync(cancel);
                    foreach (var session in cohort.Sessions.Where(s => s.RemindedAt is null && s.StartsUtc > now && s.StartsUtc <= until))
                    {
                        foreach (var person in people)
                            await post.ReminderAsync(db, person, cohort, session, cancel);
                        session.Reminded(now);
                    }
                }
            },
            cancel
        );

    /// <summary>After the last session: the evaluation, and a certificate for everybody who has earned one.</summary>
    public Task CloseAsync(CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                foreach (
                    var cohort in await db.Set<Cohort>()
                        .Include(c => c.Sessions)
                        .Where(c => c.CancelledAt == null && c.EvaluationAskedAt == null && c.EndsAt <= now)
                        .ToListAsync(cancel)
                )
                {
                    foreach (var person in await WithPlaces(db, cohort.Id).ToListAsync(cancel))
                    {
                        await post.EvaluationAsync(db, person, cohort, cancel);
                        await certification.GiveAsync(db, person.Id, cancel);
                    }
                    cohort.EvaluationAskedAt = now;
                }
            },
            cancel
        );

    static IQueryable<Application> WithPlaces(SiteDb db, Guid cohort) =>
        db.Set<Application>()
            .Where(a => a.CohortId == cohort && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted));
}
