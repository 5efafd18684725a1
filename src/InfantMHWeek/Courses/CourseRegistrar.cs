using System.Security.Claims;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>What became of a wish about an application or a place.</summary>
public enum Registered { Done, Unknown, Closed, TooLate, NotPossible }

/// <summary>
/// Takes applications and answers, each in one transaction with its mails. Places themselves are given by
/// <see cref="WaitingList"/>, also to somebody who has just applied: so nobody is passed over, and nothing is sold twice.
/// </summary>
public sealed class CourseRegistrar(SiteDb db, WaitingList waitingList, CoursePost post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Sends a draft in. Sent twice, or by an address that has applied before, it gives the same answer and changes nothing more.</summary>
    public async Task<Registered> ApplyAsync(string draftHash, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var draft = await db.Set<ApplicationDraft>().FirstOrDefaultAsync(d => d.Hash == draftHash, cancel);
        if (draft is null) return Registered.Unknown;
        if (draft.SentAt is not null) return Registered.Done;
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == draft.CohortId, cancel);
        if (!cohort.TakesApplications(Now, draft.Early)) return Registered.Closed;

        var answers = draft.Read();
        var added = new List<Application>();
        await AddAsync(answers.Name!, EmailAddress.Parse(answers.Email!, null), draft.Reference, namedBy: null);
        foreach (var colleague in answers.Colleagues)
            await AddAsync(colleague.Name, EmailAddress.Parse(colleague.Email, null), CourseWords.NewReference(), namedBy: answers.Name);
        draft.Send(Now);
        await db.SaveChangesAsync(cancel);

        if (!cohort.DecideFirst) await waitingList.FillAsync(cohort.Id, [.. added.Select(a => a.Id)], cancel);
        foreach (var application in added)
        {
            if (application.State == ApplicationState.Waiting) post.Waiting(application, cohort);
            else if (application.State == ApplicationState.Applied) post.Applied(application, cohort);
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Registered.Done;

        async Task AddAsync(string name, EmailAddress email, string reference, string? namedBy)
        {
            var key = email.Key;
            if (added.Any(a => a.AddressKey == key)) return;
            if (await db.Set<Application>().FirstOrDefaultAsync(a => a.CohortId == cohort.Id && a.AddressKey == key, cancel) is { } before)
            {
                post.AppliedBefore(before, cohort);
                return;
            }
            var application = Make(answers, cohort, name, email, reference, namedBy);
            if (namedBy is null && !string.IsNullOrWhiteSpace(answers.AccessNeeds)) db.Set<AccessNeeds>().Add(new() { ApplicationId = application.Id, Text = answers.AccessNeeds });
            db.Set<Application>().Add(application);
            added.Add(application);
        }
    }

    Application Make(ApplicationAnswers answers, Cohort cohort, string name, EmailAddress email, string reference, string? namedBy)
    {
        var application = new Application
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            CohortId = cohort.Id,
            Reference = reference,
            AppliedAt = Now,
            Position = cohort.NextPosition(),
            Name = name,
            Email = email,
            AddressKey = email.Key,
            Role = namedBy is null ? answers.Role : null,
            Organisation = answers.Organisation!,
            OrganisationKey = Application.KeyOf(answers.Organisation!, answers.CharityNumber),
            CharityNumber = answers.CharityNumber,
            Kind = answers.Kind!,
            Nation = answers.Nation!,
            WorksWith = string.Join(',', answers.WorksWith),
            NamedBy = namedBy,
        };
        application.Become(cohort.DecideFirst ? ApplicationState.Applied : ApplicationState.Waiting, Now, ApplicationStep.Applicant);
        return application;
    }

    /// <summary>The person says that they will come: to a place that is held, or to an offer that still stands.</summary>
    public Task<Registered> AcceptAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, (application, cohort) =>
    {
        if (application.State == ApplicationState.Accepted) return Task.FromResult(Registered.Done);
        if (application.State is ApplicationState.Expired || application.OfferedUntil <= Now) return Task.FromResult(Registered.TooLate);
        if (application.State is not (ApplicationState.Held or ApplicationState.Offered)) return Task.FromResult(Registered.NotPossible);
        application.Become(ApplicationState.Accepted, Now, ApplicationStep.Applicant);
        application.AddressUsed(Now);
        post.Accepted(application, cohort);
        return Task.FromResult(Registered.Done);
    }, cancel);

    /// <summary>The person no longer wants it, whatever it is: a place goes to the next at once.</summary>
    public Task<Registered> GiveUpAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, async (application, cohort) =>
    {
        if (application.Ended) return Registered.Done;
        var became = application.State switch
        {
            ApplicationState.Offered => ApplicationState.Declined,
            ApplicationState.Held or ApplicationState.Accepted => ApplicationState.Cancelled,
            _ => ApplicationState.Withdrawn,
        };
        var free = application.TakesPlace;
        application.Become(became, Now, ApplicationStep.Applicant);
        application.AddressUsed(Now);
        post.GivenUp(application, cohort);
        if (free) await FreedAsync(cohort, cancel);
        return Registered.Done;
    }, cancel);

    /// <summary>Back to the end of the waiting list, after an offer that ended or a place that was given up.</summary>
    public Task<Registered> RejoinAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, async (application, cohort) =>
    {
        if (!application.Ended) return Registered.Done;
        if (!cohort.OffersPlaces(Now) || application.Steps.Any(s => s.State == ApplicationState.Declined && s.By is not (ApplicationStep.Applicant or ApplicationStep.Site))) return Registered.NotPossible;
        application.Position = cohort.NextPosition();
        application.Become(ApplicationState.Waiting, Now, ApplicationStep.Applicant);
        application.AddressUsed(Now);
        await db.SaveChangesAsync(cancel);
        await waitingList.FillAsync(cohort.Id, [application.Id], cancel);
        if (application.State == ApplicationState.Waiting) post.Waiting(application, cohort);
        return Registered.Done;
    }, cancel);

    /// <summary>Staff say yes (a place is held, or the person waits) or no.</summary>
    public Task<Registered> DecideAsync(Guid id, bool yes, ClaimsPrincipal by, string? reason, CancellationToken cancel = default) => ChangeAsync(id, async (application, cohort) =>
    {
        if (yes)
        {
            if (application.State != ApplicationState.Applied) return Registered.NotPossible;
            application.Become(ApplicationState.Waiting, Now, by.StaffName(), reason);
            db.Record(clock, by, "said yes to a course application", id.ToString());
            await db.SaveChangesAsync(cancel);
            await waitingList.FillAsync(cohort.Id, [application.Id], cancel);
            if (application.State == ApplicationState.Waiting) post.Waiting(application, cohort);
            return Registered.Done;
        }
        if (application.Ended) return Registered.NotPossible;
        var free = application.TakesPlace;
        application.Become(ApplicationState.Declined, Now, by.StaffName(), reason);
        db.Record(clock, by, "said no to a course application", id.ToString());
        post.Declined(application, cohort, reason);
        if (free) await FreedAsync(cohort, cancel);
        return Registered.Done;
    }, cancel);

    async Task FreedAsync(Cohort cohort, CancellationToken cancel)
    {
        await waitingList.ReleaseAsync(cohort.Id, cancel);
        await db.SaveChangesAsync(cancel);
        await waitingList.FillAsync(cohort.Id, [], cancel);
    }

    async Task<Registered> ChangeAsync(Guid id, Func<Application, Cohort, Task<Registered>> change, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var application = await db.Set<Application>().Include(a => a.Steps).Include(a => a.Cohort.Sessions).FirstOrDefaultAsync(a => a.Id == id, cancel);
        if (application is null) return Registered.Unknown;
        var became = await change(application, application.Cohort);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return became;
    }
}
