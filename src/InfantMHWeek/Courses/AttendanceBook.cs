using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>Who was at which session, and the certificate that follows from it.</summary>
public sealed class AttendanceBook(SiteDb db, CoursePost post, TimeProvider clock)
{
    static readonly TimeSpan Before = TimeSpan.FromMinutes(15), After = TimeSpan.FromHours(24);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A code counts from shortly before the session until a day after it.</summary>
    public static bool IsOpen(CourseSession session, DateTime now) => session.StartsUtc - Before <= now && now <= session.EndsUtc + After;

    public async Task<bool> GiveCodeAsync(Application application, Guid sessionId, string? code, CancellationToken cancel = default)
    {
        var session = application.Cohort.Sessions.FirstOrDefault(s => s.Id == sessionId);
        if (session?.Code is not { } right || !application.HasPlace || !IsOpen(session, Now)) return false;
        var typed = string.Concat((code ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(typed), Encoding.UTF8.GetBytes(right))) return false;
        await using var write = await db.BeginWriteAsync(cancel);
        await NoteAsync(application.Id, sessionId, present: true, ApplicationStep.Applicant, cancel);
        await write.CommitAsync(cancel);
        return true;
    }

    public async Task MarkAsync(Guid applicationId, Guid sessionId, bool present, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        db.Record(clock, by, present ? "noted an applicant as present" : "noted an applicant as absent", applicationId.ToString());
        await NoteAsync(applicationId, sessionId, present, by.StaffName(), cancel);
        await write.CommitAsync(cancel);
    }

    async Task NoteAsync(Guid applicationId, Guid sessionId, bool present, string by, CancellationToken cancel)
    {
        var before = await db.Set<Attendance>().FirstOrDefaultAsync(a => a.ApplicationId == applicationId && a.SessionId == sessionId, cancel);
        if (present && before is null) db.Set<Attendance>().Add(new() { ApplicationId = applicationId, SessionId = sessionId, At = Now, By = by });
        if (!present && before is not null) db.Set<Attendance>().Remove(before);
        await db.SaveChangesAsync(cancel);
        await CertifyAsync(applicationId, cancel);
    }

    /// <summary>
    /// Gives the certificate once the last session is over and few enough were missed; one that was given says what is known
    /// now, and goes when it was given by mistake. Inside the caller's write.
    /// </summary>
    public async Task CertifyAsync(Guid applicationId, CancellationToken cancel)
    {
        var application = await db.Set<Application>().Include(a => a.Cohort.Sessions).SingleAsync(a => a.Id == applicationId, cancel);
        var cohort = application.Cohort;
        if (cohort.EndsAt is not { } end || end > Now || !application.HasPlace || cohort.CancelledAt is not null) return;
        var attended = await db.Set<Attendance>().CountAsync(a => a.ApplicationId == applicationId, cancel);
        var earned = attended >= Math.Max(1, cohort.Sessions.Count - cohort.MissedAllowed);
        if (await db.Set<Certificate>().FirstOrDefaultAsync(c => c.ApplicationId == applicationId, cancel) is { } given)
        {
            given.SessionsAttended = attended;
            if (!earned) db.Set<Certificate>().Remove(given);
            await db.SaveChangesAsync(cancel);
            return;
        }
        if (!earned) return;
        db.Set<Certificate>().Add(new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Code = CourseWords.NewCertificateCode(),
            ApplicationId = applicationId,
            Name = application.Name,
            Course = cohort.Title,
            CohortName = cohort.Name,
            SessionsAttended = attended,
            SessionsHeld = cohort.Sessions.Count,
            CompletedOn = DateOnly.FromDateTime(UkTime.FromUtc(end)),
            IssuedAt = Now,
        });
        post.CertificateReady(application, cohort);
        await db.SaveChangesAsync(cancel);
    }
}
