using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>
/// Takes new applications in, each in one write with its mails. Places themselves are given by <see cref="WaitingList"/>, also to somebody
/// who has just applied.
/// </summary>
sealed class ApplicationIntake(SiteStore store, WaitingList waitingList, CourseMails post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Sends a draft in. Sent twice, or by an address that has applied before, it gives the same answer and changes nothing more.
    /// </summary>
    public Task<RegistrationResult> ApplyAsync(string draftHash, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var draft = await db.Set<ApplicationDraft>().FirstOrDefaultAsync(d => d.Hash == draftHash, cancel);
                if (draft is null)
                    return RegistrationResult.Unknown;
                if (draft.SentAt is not null)
                    return RegistrationResult.Done;
                var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == draft.CohortId, cancel);
                if (!cohort.TakesApplications(Now, draft.Early))
                    return RegistrationResult.Closed;

                var answers = draft.Read();
                var added = new List<Application>();
                foreach (var (who, reference) in Named(answers, draft.Reference))
                    if (await AddAsync(db, cohort, added, answers, who, reference, cancel) is { } application)
                        added.Add(application);
                draft.Send(Now);
                if (!cohort.DecideFirst)
                    await waitingList.FillAsync(db, cohort.Id, [.. added.Select(a => a.Id)], cancel);
                foreach (var application in added)
                {
                    if (application.State == ApplicationState.Waiting)
                        await post.WaitingAsync(db, application, cohort, cancel);
                    else if (application.State == ApplicationState.Applied)
                        await post.AppliedAsync(db, application, cohort, cancel);
                }
                return RegistrationResult.Done;
            },
            cancel
        );

    static IEnumerable<(Applicant Who, string Reference)> Named(ApplicationAnswers answers, string reference) =>
        answers
            .Colleagues.Select(c =>
                (new Applicant(c.Name, EmailAddress.Parse(c.Email, null), NamedBy: answers.Name), CourseCodes.NewReference())
            )
            .Prepend((new Applicant(answers.Name!, EmailAddress.Parse(answers.Email!, null), answers.Role), reference));

    async Task<Application?> AddAsync(
        SiteDb db,
        Cohort cohort,
        List<Application> added,
        ApplicationAnswers answers,
        Applicant who,
        string reference,
        CancellationToken cancel
    )
    {
        var (key, id) = (who.Email.Key, cohort.Id);
        if (added.Any(a => a.AddressKey == key))
            return null;
        if (await db.Set<Application>().FirstOrDefaultAsync(a => a.CohortId == id && a.AddressKey == key, cancel) is { } before)
        {
            await post.AppliedBeforeAsync(db, before, cohort, cancel);
            return null;
        }
        var organisation = new ApplicantOrganisation(
            answers.Organisation!,
            answers.CharityNumber,
            answers.Kind!,
            answers.Nation!,
            string.Join(',', answers.WorksWith)
        );
        var application = Application.Start(
            cohort,
            who,
            organisation,
            reference,
            cohort.DecideFirst ? ApplicationState.Applied : ApplicationState.Waiting,
            clock.GetUtcNow()
        );
        if (who.NamedBy is null && !string.IsNullOrWhiteSpace(answers.AccessNeeds))
            db.Set<AccessNeeds>().Add(new() { ApplicationId = application.Id, Text = answers.AccessNeeds });
        db.Set<Application>().Add(application);
        return application;
    }

    /// <summary>
    /// Takes somebody along to another cohort: a place there if one is free, else the waiting list. The old application stays as it
    /// was.
    /// </summary>
    public Task<bool> CarryOverAsync(Guid applicationId, Guid toCohort, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var old = await db.Set<Application>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == applicationId, cancel);
                var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == toCohort, cancel);
                if (old is null || !cohort.OffersPlaces(Now) || cohort.Id == old.CohortId)
                    return false;
                var key = old.AddressKey;
                if (await db.Set<Application>().AnyAsync(a => a.CohortId == toCohort && a.AddressKey == key, cancel))
                    return false;
                var application = Application.Start(
                    cohort,
                    new(old.Name, old.Email, old.Role),
                    old.OrganisationOf,
                    CourseCodes.NewReference(),
                    ApplicationState.Waiting,
                    clock.GetUtcNow(),
                    by.StaffName(),
                    "carried over"
                );
                db.Set<Application>().Add(application);
                db.Record(clock, by, "carried an applicant over", application.Id.ToString());
                await waitingList.JoinAsync(db, application, cohort, cancel);
                return true;
            },
            cancel
        );
}
