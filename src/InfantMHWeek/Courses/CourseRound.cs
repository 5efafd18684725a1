using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>
/// What the course does by itself: ends offers, tells of openings, reminds, asks for evaluations, gives certificates.
/// Each step notes in the store that it was done, in the same transaction, so a restart neither skips nor repeats it.
/// </summary>
public sealed class CourseRound(IServiceScopeFactory scopes, TimeProvider clock, ILogger<CourseRound> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The next round tries again; an exception that left this service would stop the whole site.
                log.LogError(problem, "The round of the course broke off");
            }
        }
    }

    public async Task RunAsync(CancellationToken cancel = default)
    {
        await In<WaitingList>(list => list.ExpireAsync(cancel));
        await In<SiteDb>(db => FillAsync(db, cancel));
        // Nobody is woken by what can wait until the morning.
        if (OfferTimes.IsNight(clock.GetUtcNow().UtcDateTime)) return;
        await In<InterestList>(list => list.TellOpeningsAsync(cancel));
        await In<CourseCompanion>(companion => companion.RemindAsync(cancel));
        await In<CourseCompanion>(companion => companion.CloseAsync(cancel));
    }

    /// <summary>Places that nobody could be offered in time, for instance because staff changed the cohort by another way, find their next.</summary>
    async Task FillAsync(SiteDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var free = await db.Set<Cohort>().Where(c => c.PlacesTaken < c.Places && c.CancelledAt == null && (c.StartsAt == null || c.StartsAt > now)
            && db.Set<Application>().Any(a => a.CohortId == c.Id && a.State == ApplicationState.Waiting)).Select(c => c.Id).ToListAsync(cancel);
        foreach (var cohort in free)
            await In<WaitingList>(list => list.OfferFreeAsync(cohort, cancel));
    }

    async Task In<T>(Func<T, Task> act) where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}

/// <summary>Writes to those who take part: before each session, and after the last one.</summary>
public sealed class CourseCompanion(SiteDb db, CoursePost post, AttendanceBook book, IOptions<CourseSettings> settings, TimeProvider clock)
{
    public async Task RemindAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now.AddDays(settings.Value.ReminderDays);
        await using var write = await db.BeginWriteAsync(cancel);
        var cohorts = await db.Set<Cohort>().Include(c => c.Sessions).Where(c => c.CancelledAt == null && c.Sessions.Any(s => s.RemindedAt == null && s.StartsUtc > now && s.StartsUtc <= until)).ToListAsync(cancel);
        foreach (var cohort in cohorts)
        {
            var people = await WithPlaces(cohort.Id).ToListAsync(cancel);
            foreach (var session in cohort.Sessions.Where(s => s.RemindedAt is null && s.StartsUtc > now && s.StartsUtc <= until))
            {
                foreach (var person in people) post.Reminder(person, cohort, session);
                session.RemindedAt = now;
            }
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>After the last session: the evaluation, and a certificate for everybody who has earned one.</summary>
    public async Task CloseAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var write = await db.BeginWriteAsync(cancel);
        foreach (var cohort in await db.Set<Cohort>().Include(c => c.Sessions).Where(c => c.CancelledAt == null && c.EvaluationAskedAt == null && c.EndsAt <= now).ToListAsync(cancel))
        {
            foreach (var person in await WithPlaces(cohort.Id).ToListAsync(cancel))
            {
                post.Evaluation(person, cohort);
                await book.CertifyAsync(person.Id, cancel);
            }
            cohort.EvaluationAskedAt = now;
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    IQueryable<Application> WithPlaces(Guid cohort) =>
        db.Set<Application>().Where(a => a.CohortId == cohort && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted));
}
