using System.Security.Claims;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Administration;

/// <summary>Makes course groups, from nothing or after another one.</summary>
sealed class CohortCreation(SiteStore store, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task<Guid> CreateAsync(
        string course,
        string title,
        string name,
        int places,
        CourseSettings settings,
        IReadOnlyList<(DateOnly Date, TimeOnly Starts, TimeOnly Ends)> sessions,
        ClaimsPrincipal by,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            db =>
            {
                var cohort = new Cohort
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Course = course,
                    Title = title,
                    Name = name,
                    Places = places,
                    CreatedAt = Now,
                    OfferHours = settings.OfferHours,
                    HeadStartHours = settings.HeadStartHours,
                    MissedAllowed = settings.MissedAllowed,
                };
                AddSessions(cohort, sessions.Select(s => (s.Date, s.Starts, s.Ends, Place: (string?)null)));
                return Task.FromResult(Add(db, cohort, by));
            },
            cancel
        );

    /// <summary>The same sessions so many weeks later, with the same rules; not open yet.</summary>
    public Task<Guid> CopyAsync(Guid id, string name, int weeksLater, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var old = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
                var copy = new Cohort
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Course = old.Course,
                    Title = old.Title,
                    Name = name,
                    Places = old.Places,
                    CreatedAt = Now,
                    OfferHours = old.OfferHours,
                    HeadStartHours = old.HeadStartHours,
                    MissedAllowed = old.MissedAllowed,
                    PerOrganisation = old.PerOrganisation,
                    DecideFirst = old.DecideFirst,
                };
                AddSessions(copy, old.InOrder.Select(s => (s.Date.AddDays(7 * weeksLater), s.Starts, s.Ends, s.Place)));
                return Add(db, copy, by);
            },
            cancel
        );

    void AddSessions(Cohort cohort, IEnumerable<(DateOnly Date, TimeOnly Starts, TimeOnly Ends, string? Place)> sessions)
    {
        foreach (var (number, session) in sessions.Index())
        {
            var one = new CourseSession { Id = Guid.CreateVersion7(clock.GetUtcNow()), Number = number + 1 };
            one.TryChange(session.Date, session.Starts, session.Ends, session.Place, link: null);
            cohort.Sessions.Add(one);
        }
        cohort.SessionsChanged();
    }

    Guid Add(SiteDb db, Cohort cohort, ClaimsPrincipal by)
    {
        db.Set<Cohort>().Add(cohort);
        db.Record(clock, by, "created a course group", cohort.Id.ToString());
        return cohort.Id;
    }
}
