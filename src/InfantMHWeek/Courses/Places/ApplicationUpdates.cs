using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>What somebody thinks of the course: 1 (not at all) to 5 (very much), and words.</summary>
sealed record EvaluationAnswers(int Useful, int Confident, string? Best, string? Better);

/// <summary>What changes nothing about a place: details, access needs, evaluations, notes of the staff.</summary>
sealed class ApplicationUpdates(SiteStore store, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>False when there is no such application any more.</returns>
    public Task<bool> CorrectAsync(Guid id, string name, string? role, string? needs, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                if (await FindAsync(db, id, cancel) is not { } application)
                    return false;
                application.Correct(name, role);
                var kept = await db.Set<AccessNeeds>().FirstOrDefaultAsync(n => n.ApplicationId == id, cancel);
                if (kept is not null && needs is null)
                    db.Remove(kept);
                else if (kept is not null)
                    kept.Text = needs!;
                else if (needs is not null)
                    db.Add(new AccessNeeds { ApplicationId = id, Text = needs });
                return true;
            },
            cancel
        );

    /// <summary>Keeps the answers apart from the person, of whom it is only noted that they have answered.</summary>
    public Task<RegistrationResult> EvaluateAsync(Guid id, EvaluationAnswers answers, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                if (await FindAsync(db, id, cancel) is not { } application)
                    return RegistrationResult.Unknown;
                var became = application.Evaluate(application.Cohort, UkTime.DayOf(Now), Now);
                if (became is not RegistrationResult.Done)
                    return became;
                db.Add(
                    new Evaluation
                    {
                        Id = Guid.NewGuid(),
                        CohortId = application.CohortId,
                        Useful = answers.Useful,
                        Confident = answers.Confident,
                        Best = answers.Best,
                        Better = answers.Better,
                    }
                );
                return became;
            },
            cancel
        );

    public Task<bool> WriteNoteAsync(Guid id, string? note, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                if (await FindAsync(db, id, cancel) is not { } application)
                    return false;
                application.WriteNote(note);
                db.Record(clock, by, "wrote a note about a course applicant", id.ToString());
                return true;
            },
            cancel
        );

    /// <summary>Notes that somebody of the staff takes personal data out of the house, before they do.</summary>
    /// <param name="about">An application or a cohort.</param>
    public Task RecordExportAsync(string what, Guid about, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            db =>
            {
                db.Record(clock, by, what, about.ToString());
                return Task.CompletedTask;
            },
            cancel
        );

    static Task<Application?> FindAsync(SiteDb db, Guid id, CancellationToken cancel) =>
        db.Set<Application>().Include(a => a.Cohort).FirstOrDefaultAsync(a => a.Id == id, cancel);
}
