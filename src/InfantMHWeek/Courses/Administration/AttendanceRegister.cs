using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Administration;

/// <summary>What became of a code that somebody gave.</summary>
/// <param name="Wait">How long to wait before the next try, when too many were wrong.</param>
readonly record struct CodeResult(bool Right, TimeSpan? Wait = null);

/// <summary>
/// Who was at which session, and the certificate that follows from it. Staff tick people, people give the code that was read
/// out; either counts, and a save of the staff's list changes only what that person ticked or unticked.
/// </summary>
sealed class AttendanceRegister(SiteStore store, Certification certification, Throttle throttle, TimeProvider clock)
{
    const int TriesAtOnce = 5,
        TriesOfAPlaceAtOnce = 15;

    static readonly TimeSpan Before = TimeSpan.FromMinutes(15),
        After = TimeSpan.FromHours(24),
        BetweenTries = TimeSpan.FromMinutes(5);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A code counts from shortly before the session until a day after it.</summary>
    public static bool IsOpen(CourseSession session, DateTime now) => session.StartsUtc - Before <= now && now <= session.EndsUtc + After;

    /// <summary>
    /// Somebody says that they were there. Tries are counted for their own place, in all and for each session, before anything
    /// is compared: so nobody finds a code by trying, and nobody's tries shut out anybody else.
    /// </summary>
    public async Task<CodeResult> GiveCodeAsync(Guid applicationId, Guid sessionId, string? code, CancellationToken cancel = default)
    {
        Budget[] budgets =
        [
            new($"course code of {sessionId:N} by {applicationId:N}", TriesAtOnce, BetweenTries),
            new($"course code by {applicationId:N}", TriesOfAPlaceAtOnce, BetweenTries),
        ];
        if (!await throttle.TryTakeAsync(budgets, cancel))
            return new(Right: false, BetweenTries);
        var typed = string.Concat((code ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var right = await store.WriteAsync(
            async db =>
            {
                var application = await db.Set<Application>()
                    .Include(a => a.Cohort.Sessions)
                    .FirstOrDefaultAsync(a => a.Id == applicationId, cancel);
                var session = application?.Cohort.Sessions.FirstOrDefault(s => s.Id == sessionId);
                if (session?.Code is not { } known || !application!.HasPlace || !IsOpen(session, Now))
                    return false;
                if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(typed), Encoding.UTF8.GetBytes(known)))
                    return false;
                await NoteAsync(db, applicationId, sessionId, present: true, ApplicationStep.Applicant, cancel);
                return true;
            },
            cancel
        );
        if (right)
            await throttle.GiveBackAsync(budgets, cancel);
        return new(right);
    }

    /// <summary>Ticks and unticks people, as somebody of the staff changed the list that they were shown.</summary>
    /// <returns>How many are marked otherwise than before.</returns>
    public Task<int> MarkAsync(
        Guid cohortId,
        Guid sessionId,
        IReadOnlyCollection<Guid> came,
        IReadOnlyCollection<Guid> stayedAway,
        ClaimsPrincipal by,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var changed = 0;
                if (!await db.Set<CourseSession>().AnyAsync(s => s.Id == sessionId && s.CohortId == cohortId, cancel))
                    return changed;
                var asked = came.Concat(stayedAway).ToList();
                var people = await db.Set<Application>()
                    .Where(a =>
                        a.CohortId == cohortId
                        && asked.Contains(a.Id)
                        && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted)
                    )
                    .OrderBy(a => a.Position)
                    .Select(a => a.Id)
                    .ToListAsync(cancel);
                foreach (var person in people)
                {
                    var present = came.Contains(person);
                    if (!await NoteAsync(db, person, sessionId, present, by.StaffName(), cancel))
                        continue;
                    db.Record(clock, by, present ? "noted an applicant as present" : "noted an applicant as absent", person.ToString());
                    changed++;
                }
                return changed;
            },
            cancel
        );

    /// <summary>Makes the code of a session, once.</summary>
    public Task MakeCodeAsync(Guid cohortId, Guid sessionId, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var session = await db.Set<CourseSession>().FirstOrDefaultAsync(s => s.Id == sessionId && s.CohortId == cohortId, cancel);
                if (session?.MakeCode() == true)
                    db.Record(clock, by, "made the code of a course session", cohortId.ToString());
            },
            cancel
        );

    /// <returns>False when it was known already.</returns>
    async Task<bool> NoteAsync(SiteDb db, Guid applicationId, Guid sessionId, bool present, string by, CancellationToken cancel)
    {
        var before = await db.Set<Attendance>()
            .FirstOrDefaultAsync(a => a.ApplicationId == applicationId && a.SessionId == sessionId, cancel);
        if (present == (before is not null))
            return false;
        if (before is null)
            db.Set<Attendance>()
                .Add(
                    new()
                    {
                        ApplicationId = applicationId,
                        SessionId = sessionId,
                        At = Now,
                        By = by,
                    }
                );
        else
            db.Set<Attendance>().Remove(before);
        await certification.GiveAsync(db, applicationId, cancel);
        return true;
    }
}
