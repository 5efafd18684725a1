using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Administration;

/// <summary>Gives the certificate of a course, and corrects it.</summary>
sealed class Certification(CourseMails post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Gives the certificate once the last session is over and few enough were missed; one that was given says what is known
    /// now, and goes when it was given by mistake. Inside the caller's write.
    /// </summary>
    public async Task GiveAsync(SiteDb db, Guid applicationId, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var application = await db.Set<Application>().Include(a => a.Cohort.Sessions).SingleAsync(a => a.Id == applicationId, cancel);
        var cohort = application.Cohort;
        if (cohort.EndsAt is not { } end || end > Now || !application.HasPlace || cohort.CancelledAt is not null)
            return;
        var attended = await db.Set<Attendance>().CountAsync(a => a.ApplicationId == applicationId, cancel);
        var earned = attended >= Math.Max(1, cohort.Sessions.Count - cohort.MissedAllowed);
        if (await db.Set<Certificate>().FirstOrDefaultAsync(c => c.ApplicationId == applicationId, cancel) is { } given)
        {
            given.SessionsAttended = attended;
            if (!earned)
                db.Set<Certificate>().Remove(given);
            return;
        }
        if (!earned)
            return;
        db.Set<Certificate>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Code = CourseCodes.NewCertificateCode(),
                    ApplicationId = applicationId,
                    Name = application.Name,
                    Course = cohort.Title,
                    CohortName = cohort.Name,
                    SessionsAttended = attended,
                    SessionsHeld = cohort.Sessions.Count,
                    CompletedOn = UkTime.DayOf(end),
                    IssuedAt = Now,
                }
            );
        await post.CertificateReadyAsync(db, application, cohort, cancel);
    }
}
