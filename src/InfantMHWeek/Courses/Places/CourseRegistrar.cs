using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>
/// Takes applications and answers, each in one write with its mails. Places themselves are given by <see cref="WaitingList"/>,
/// also to somebody who has just applied: so nobody is passed over, and nothing is sold twice.
/// </summary>
sealed class CourseRegistrar(SiteStore store, WaitingList waitingList, CourseMails post, TimeProvider clock)
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

    /// <summary>The person says that they will come: to a place that is held, or to an offer that still stands.</summary>
    public Task<RegistrationResult> AcceptAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var became = application.Accept(Now);
                if (became is RegistrationResult.Done)
                    await post.AcceptedAsync(db, application, cohort, cancel);
                return became;
            },
            cancel
        );

    /// <summary>The person no longer wants it, whatever it is: a place goes to the next at once.</summary>
    public Task<RegistrationResult> GiveUpAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var free = application.TakesPlace;
                var became = application.GiveUp(Now);
                if (became is not RegistrationResult.Done)
                    return became;
                await post.GivenUpAsync(db, application, cohort, cancel);
                if (free)
                    await FreedAsync(db, cohort.Id, cancel);
                return became;
            },
            cancel
        );

    /// <summary>Back to the end of the waiting list, after an offer that ended or a place that was given up.</summary>
    public Task<RegistrationResult> RejoinAsync(Guid id, CancellationToken cancel = default) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var became = application.Rejoin(cohort, Now);
                if (became is RegistrationResult.Done)
                    await QueueUpAsync(db, application, cohort, cancel);
                return became;
            },
            cancel
        );

    /// <summary>Staff say yes (a place is held, or the person waits) or no.</summary>
    /// <param name="takeBack">They have been shown that a no takes a place away.</param>
    public Task<RegistrationResult> DecideAsync(
        Guid id,
        bool yes,
        ClaimsPrincipal by,
        string? reason,
        bool takeBack = false,
        CancellationToken cancel = default
    ) =>
        ChangeAsync(
            id,
            async (db, application, cohort) =>
            {
                var (name, free) = (by.StaffName(), application.TakesPlace);
                var became =
                    yes ? application.Approve(name, reason, Now)
                    : free && takeBack ? application.TakeBack(name, reason, Now)
                    : application.Decline(name, reason, Now);
                if (became is not RegistrationResult.Done)
                    return became;
                db.Record(
                    clock,
                    by,
                    yes ? "said yes to a course application"
                        : free ? "took a course place back"
                        : "said no to a course application",
                    id.ToString()
                );
                if (yes)
                    await QueueUpAsync(db, application, cohort, cancel);
                else if (free)
                    await post.TakenBackAsync(db, application, cohort, reason, cancel);
                else
                    await post.DeclinedAsync(db, application, cohort, reason, cancel);
                if (!yes && free)
                    await FreedAsync(db, cohort.Id, cancel);
                return became;
            },
            cancel
        );

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
                await QueueUpAsync(db, application, cohort, cancel);
                return true;
            },
            cancel
        );

    /// <summary>Somebody has just joined the queue: a place if one is free, else they are told that they wait.</summary>
    async Task QueueUpAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel)
    {
        await waitingList.FillAsync(db, cohort.Id, [application.Id], cancel);
        if (application.State == ApplicationState.Waiting)
            await post.WaitingAsync(db, application, cohort, cancel);
    }

    async Task FreedAsync(SiteDb db, Guid cohortId, CancellationToken cancel)
    {
        await db.ReleasePlaceAsync<Cohort>(cohortId, cancel);
        await waitingList.FillAsync(db, cohortId, [], cancel);
    }

    /// <summary>What was so before is as good as done: the person gets the same answer, and nobody a second mail.</summary>
    Task<RegistrationResult> ChangeAsync(
        Guid id,
        Func<SiteDb, Application, Cohort, Task<RegistrationResult>> change,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                var application = await db.Set<Application>()
                    .Include(a => a.Steps)
                    .Include(a => a.Cohort.Sessions)
                    .FirstOrDefaultAsync(a => a.Id == id, cancel);
                if (application is null)
                    return RegistrationResult.Unknown;
                var became = await change(db, application, application.Cohort);
                return became is RegistrationResult.Already ? RegistrationResult.Done : became;
            },
            cancel
        );
}
