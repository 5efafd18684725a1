using System.Globalization;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses.Places;

/// <summary>
/// Gives free places to those who wait, in the order in which their applications were committed. Every place that is ever
/// taken is taken here, by one conditional update (<see cref="PlaceCount"/>), inside somebody's write.
/// </summary>
sealed class WaitingList(CourseMails post, IOptions<CourseSettings> settings, TimeProvider clock)
{
    readonly record struct Candidate(Guid Id, string OrganisationKey);

    /// <param name="db">The context of the caller's write. What it has changed is saved first.</param>
    /// <param name="applying">Those who are applying at this moment: a place is held for them at once, the others are offered one.</param>
    public async Task FillAsync(SiteDb db, Guid cohortId, IReadOnlyCollection<Guid> applying, CancellationToken cancel = default)
    {
        await db.SaveChangesAsync(cancel);
        if (await FreeAsync(db, cohortId, cancel) is not { } cohort)
            return;
        var shares = cohort.PerOrganisation is null ? null : await OrganisationShares.ReadAsync(db, cohort, cancel);
        var (passed, waiting) = (new List<Guid>(), Waiting(db, cohortId));
        // Without a limit nobody is passed over, so no more are looked at than there are places.
        if (shares is null)
            waiting = waiting.Take(cohort.Places - cohort.PlacesTaken);
        foreach (var next in await waiting.Select(a => new Candidate(a.Id, a.OrganisationKey)).ToListAsync(cancel))
        {
            if (shares?.HasItsShare(next.OrganisationKey) == true)
            {
                passed.Add(next.Id);
                continue;
            }
            if (!await db.ClaimPlaceAsync<Cohort>(cohortId, cancel))
                return;
            shares?.Take(next.OrganisationKey);
            await PassOverAsync(db, passed, cohort, cancel);
            await GiveAsync(db, cohort, next.Id, applying.Contains(next.Id), cancel);
        }
        await PassOverAsync(db, passed, cohort, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Somebody has just joined the queue: a place if one is free, else they are told that they wait.</summary>
    public async Task JoinAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel)
    {
        await FillAsync(db, cohort.Id, [application.Id], cancel);
        if (application.State == ApplicationState.Waiting)
            await post.WaitingAsync(db, application, cohort, cancel);
    }

    static IQueryable<Application> Waiting(SiteDb db, Guid cohortId) =>
        db.Set<Application>().Where(a => a.CohortId == cohortId && a.State == ApplicationState.Waiting).OrderBy(a => a.Position);

    async Task GiveAsync(SiteDb db, Cohort cohort, Guid id, bool applying, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var next = await db.Set<Application>().SingleAsync(a => a.Id == id, cancel);
        if (applying)
        {
            var until = OfferTimes.From(now, settings.Value.HoldHours, cohort.StartsAt).Until;
            next.Hold(until, OfferTimes.Reminder(now, until, settings.Value.HoldReminderHours), now);
            await post.HeldAsync(db, next, cohort, cancel);
        }
        else
        {
            var (tell, until) = OfferTimes.From(now, cohort.OfferHours, cohort.StartsAt);
            next.Offer(until, now);
            await post.OfferedAsync(db, next, cohort, tell, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }

    static async Task PassOverAsync(SiteDb db, List<Guid> passed, Cohort cohort, CancellationToken cancel)
    {
        if (passed.Count == 0)
            return;
        var limit = cohort.PerOrganisation!.Value;
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Their organisation already has {limit} {(limit == 1 ? "place" : "places")}"
        );
        foreach (var one in await db.Set<Application>().Where(a => passed.Contains(a.Id)).ToListAsync(cancel))
            one.PassOver(reason);
        passed.Clear();
    }

    /// <summary>Ends held places and offers that nobody answered, and passes them on. Inside the caller's write.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> ExpireAsync(SiteDb db, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // A held place in a course that has begun is of use to nobody else: whoever comes all the same may stay.
        var over = await db.Set<Application>()
            .Where(a =>
                a.KeptUntil <= now
                && (
                    a.State == ApplicationState.Offered
                    || (a.State == ApplicationState.Held && (a.Cohort.StartsAt == null || a.Cohort.StartsAt > now))
                )
            )
            .OrderBy(a => a.KeptUntil)
            .ThenBy(a => a.Position)
            .Take(200)
            .ToListAsync(cancel);
        foreach (var cohort in over.GroupBy(a => a.CohortId))
        {
            var run = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).SingleAsync(c => c.Id == cohort.Key, cancel);
            foreach (var application in cohort)
            {
                application.Expire(now);
                await post.ExpiredAsync(db, application, run, cancel);
                await db.ReleasePlaceAsync<Cohort>(cohort.Key, cancel);
            }
            await FillAsync(db, cohort.Key, [], cancel);
        }
        return over.Count;
    }

    async Task<Cohort?> FreeAsync(SiteDb db, Guid cohortId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var cohort = await db.Set<Cohort>()
            .AsNoTracking()
            .Include(c => c.Sessions)
            .FirstOrDefaultAsync(c => c.Id == cohortId && c.PlacesTaken < c.Places, cancel);
        // An offer that could only be told after the beginning is none.
        return
            cohort is not null
            && cohort.OffersPlaces(now)
            && (cohort.StartsAt is null || OfferTimes.From(now, cohort.OfferHours, null).Tell < cohort.StartsAt)
            ? cohort
            : null;
    }
}
