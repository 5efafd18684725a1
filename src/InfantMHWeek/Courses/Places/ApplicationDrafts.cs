using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>Begins, keeps and mails applications that are being written.</summary>
sealed class ApplicationDrafts(SiteStore store, CourseMails post, TimeProvider clock)
{
    const int MostLinks = 3;

    /// <summary>Pressed again so soon, the mail that is on its way is enough.</summary>
    static readonly TimeSpan SameMail = TimeSpan.FromMinutes(10);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>The token in the address of its pages, which is stored nowhere.</returns>
    public Task<string> StartAsync(Guid cohortId, bool early, CancellationToken cancel = default) =>
        store.WriteAsync(db => Task.FromResult(db.Issue(hash => NewDraft(hash, cohortId, early))), cancel);

    ApplicationDraft NewDraft(string hash, Guid cohortId, bool early) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Hash = hash,
            CohortId = cohortId,
            Reference = CourseCodes.NewReference(),
            Early = early,
            StartedAt = Now,
            TouchedAt = Now,
        };

    /// <param name="change">Puts the answers of one page among those that are stored at that moment.</param>
    /// <returns>All answers as they are now; null when it has been sent or deleted meanwhile.</returns>
    public Task<ApplicationAnswers?> KeepAsync(
        Guid draftId,
        Func<ApplicationAnswers, ApplicationAnswers> change,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var draft = await db.Set<ApplicationDraft>().FirstOrDefaultAsync(d => d.Id == draftId, cancel);
                if (draft is null || draft.SentAt is not null)
                    return null;
                var answers = change(draft.Read());
                draft.Write(answers, Now);
                return answers;
            },
            cancel
        );

    /// <summary>Mails the address of its pages; a few times at most, so that nobody can be flooded from here.</summary>
    /// <returns>Done, or NotPossible when it was mailed too often.</returns>
    public Task<RegistrationResult> MailLinkAsync(Guid draftId, string token, EmailAddress to, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var draft = await db.Set<ApplicationDraft>().FirstOrDefaultAsync(d => d.Id == draftId, cancel);
                if (draft is null || draft.SentAt is not null)
                    return RegistrationResult.Unknown;
                var (about, since) = ($"{draftId:N}:", Now - SameMail);
                if (
                    await db.Set<OutboxMail>()
                        .AnyAsync(m => m.Kind == "course-draft" && m.About.StartsWith(about) && m.To == to && m.QueuedAt > since, cancel)
                )
                    return RegistrationResult.Done;
                if (draft.LinksMailed >= MostLinks)
                    return RegistrationResult.NotPossible;
                draft.LinksMailed++;
                var cohort = await db.Set<Cohort>().SingleAsync(c => c.Id == draft.CohortId, cancel);
                await post.DraftLinkAsync(db, draft, token, to, cohort, cancel);
                return RegistrationResult.Done;
            },
            cancel
        );
}
