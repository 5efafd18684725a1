using System.Globalization;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>
/// Gives free places to those who wait, in the order in which their applications were committed. Every place that is ever
/// taken is taken here, by one conditional update. Call it inside a write (<see cref="SiteDb.BeginWriteAsync"/>).
/// </summary>
public sealed class WaitingList(SiteDb db, CoursePost post, TimeProvider clock)
{
    /// <param name="applying">Those who are applying at this moment: a place is held for them at once, the others are offered one.</param>
    public async Task FillAsync(Guid cohortId, IReadOnlyCollection<Guid> applying, CancellationToken cancel = default)
    {
        while (await FreeAsync(cohortId, cancel) is { } cohort && await NextAsync(cohort, cancel) is { } next && await ClaimAsync(cohortId, cancel))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (applying.Contains(next.Id))
            {
                next.Become(ApplicationState.Held, now, ApplicationStep.Site);
                post.Held(next, cohort);
            }
            else
            {
                var (tell, until) = OfferTimes.From(now, cohort.OfferHours, cohort.StartsAt);
                next.Offer(until, now);
                post.Offered(next, cohort, tell);
            }
            await db.SaveChangesAsync(cancel);
        }
    }

    /// <summary>Places that nobody could be offered in time, for instance because staff changed the cohort by another way, find their next.</summary>
    public async Task OfferAllFreeAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var free = await db.Set<Cohort>().Where(c => c.PlacesTaken < c.Places && c.CancelledAt == null && (c.StartsAt == null || c.StartsAt > now)
            && db.Set<Application>().Any(a => a.CohortId == c.Id && a.State == ApplicationState.Waiting)).Select(c => c.Id).ToListAsync(cancel);
        foreach (var cohort in free) await OfferFreeAsync(cohort, cancel);
    }

    /// <summary>The same in a write of its own, when nobody is applying.</summary>
    async Task OfferFreeAsync(Guid cohortId, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await FillAsync(cohortId, [], cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Ends offers that nobody answered, and passes their places on.</summary>
    public async Task<int> ExpireAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var write = await db.BeginWriteAsync(cancel);
        var over = await db.Set<Application>().Where(a => a.State == ApplicationState.Offered && a.OfferedUntil <= now).OrderBy(a => a.OfferedUntil).ThenBy(a => a.Position).Take(200).ToListAsync(cancel);
        foreach (var cohort in over.GroupBy(a => a.CohortId))
        {
            var run = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).SingleAsync(c => c.Id == cohort.Key, cancel);
            foreach (var application in cohort)
            {
                application.Become(ApplicationState.Expired, now, ApplicationStep.Site);
                post.Expired(application, run);
                await ReleaseAsync(cohort.Key, cancel);
            }
            await db.SaveChangesAsync(cancel);
            await FillAsync(cohort.Key, [], cancel);
        }
        await write.CommitAsync(cancel);
        return over.Count;
    }

    public Task ReleaseAsync(Guid cohortId, CancellationToken cancel) =>
        db.Set<Cohort>().Where(c => c.Id == cohortId && c.PlacesTaken > 0).ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, c => c.PlacesTaken - 1), cancel);

    /// <summary>The row count decides, whatever was read before.</summary>
    async Task<bool> ClaimAsync(Guid cohortId, CancellationToken cancel) =>
        await db.Set<Cohort>().Where(c => c.Id == cohortId && c.PlacesTaken < c.Places).ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, c => c.PlacesTaken + 1), cancel) == 1;

    async Task<Cohort?> FreeAsync(Guid cohortId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var cohort = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == cohortId && c.PlacesTaken < c.Places, cancel);
        // An offer that could only be told after the beginning is none.
        return cohort is not null && cohort.OffersPlaces(now) && (cohort.StartsAt is null || OfferTimes.From(now, cohort.OfferHours, null).Tell < cohort.StartsAt) ? cohort : null;
    }

    async Task<Application?> NextAsync(Cohort cohort, CancellationToken cancel)
    {
        var waiting = db.Set<Application>().Where(a => a.CohortId == cohort.Id && a.State == ApplicationState.Waiting);
        if (cohort.PerOrganisation is not { } limit) return await waiting.OrderBy(a => a.Position).FirstOrDefaultAsync(cancel);

        var next = await waiting
            .Where(a => db.Set<Application>().Count(o => o.CohortId == cohort.Id && o.OrganisationKey == a.OrganisationKey
                && (o.State == ApplicationState.Held || o.State == ApplicationState.Offered || o.State == ApplicationState.Accepted)) < limit)
            .OrderBy(a => a.Position).FirstOrDefaultAsync(cancel);
        var before = next?.Position ?? long.MaxValue;
        foreach (var passed in await waiting.Where(a => a.Position < before && a.SkipReason == null).ToListAsync(cancel))
            passed.SkipReason = string.Create(CultureInfo.InvariantCulture, $"Their organisation already has {limit} {(limit == 1 ? "place" : "places")}");
        await db.SaveChangesAsync(cancel);
        return next;
    }
}
