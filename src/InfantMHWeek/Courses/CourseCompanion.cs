using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

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
