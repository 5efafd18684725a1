using System.Globalization;
using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>What staff decide about a cohort.</summary>
public sealed record CohortRules(string Name, int Places, int? PerOrganisation, bool DecideFirst, int OfferHours, int HeadStartHours, int MissedAllowed, DateTime? OpensAt, DateTime? ClosesAt);

/// <summary>What staff do with a whole cohort. Each act is one transaction with its mails and its line in the audit log.</summary>
public sealed class CohortKeeper(SiteDb db, WaitingList waitingList, CoursePost post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Guid> CreateAsync(string course, string title, string name, int places, CourseSettings settings, IEnumerable<(DateOnly Date, TimeOnly Starts, TimeOnly Ends)> sessions, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        var cohort = new Cohort
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Course = course,
            Title = title,
            Name = name,
            Places = places,
            CreatedAt = Now,
            OfferHours = settings.OfferHours,
            HeadStartHours = settings.HeadStartHours,
            MissedAllowed = settings.MissedAllowed,
        };
        foreach (var (number, session) in sessions.Index())
        {
            var one = new CourseSession { Id = Guid.CreateVersion7(clock.GetUtcNow()), Number = number + 1 };
            one.TryMove(session.Date, session.Starts, session.Ends);
            cohort.Sessions.Add(one);
        }
        cohort.SessionsChanged();
        db.Set<Cohort>().Add(cohort);
        db.Record(clock, by, "created a course group", cohort.Id.ToString());
        await db.SaveChangesAsync(cancel);
        return cohort.Id;
    }

    /// <summary>The same sessions so many weeks later, with the same rules; not open yet.</summary>
    public async Task<Guid> CopyAsync(Guid id, string name, int weeksLater, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var old = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
        var copy = await CreateAsync(old.Course, old.Title, name, old.Places, new() { OfferHours = old.OfferHours, HeadStartHours = old.HeadStartHours, MissedAllowed = old.MissedAllowed },
            old.InOrder.Select(s => (s.Date.AddDays(7 * weeksLater), s.Starts, s.Ends)), by, cancel);
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == copy, cancel);
        (cohort.PerOrganisation, cohort.DecideFirst) = (old.PerOrganisation, old.DecideFirst);
        foreach (var session in cohort.Sessions) session.Place = old.Sessions.Single(s => s.Number == session.Number).Place;
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return copy;
    }

    /// <summary>More places are offered at once; with fewer, nobody loses theirs.</summary>
    public async Task ChangeRulesAsync(Guid id, CohortRules rules, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var cohort = await db.Set<Cohort>().SingleAsync(c => c.Id == id, cancel);
        (cohort.Name, cohort.Places, cohort.PerOrganisation, cohort.DecideFirst) = (rules.Name, rules.Places, rules.PerOrganisation, rules.DecideFirst);
        (cohort.OfferHours, cohort.HeadStartHours, cohort.MissedAllowed, cohort.OpensAt, cohort.ClosesAt) = (rules.OfferHours, rules.HeadStartHours, rules.MissedAllowed, rules.OpensAt, rules.ClosesAt);
        db.Record(clock, by, "changed the rules of a course group", id.ToString());
        await db.SaveChangesAsync(cancel);
        await waitingList.FillAsync(id, [], cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Moves a session, or its place; everybody with a place is told, with the new file for their diary.</summary>
    /// <returns>How many were told; null where the clock never shows such a time.</returns>
    public async Task<int?> MoveAsync(Guid id, int number, DateOnly date, TimeOnly starts, TimeOnly ends, string? place, string? link, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
        var session = cohort.Sessions.Single(s => s.Number == number);
        var before = (session.Sequence, session.Place);
        if (!session.TryMove(date, starts, ends)) return null;
        (session.Place, session.OnlineLink) = (place, link);
        cohort.SessionsChanged();
        var told = before == (session.Sequence, session.Place) || cohort.OpensAt is null ? [] : await WithPlaces(id).ToListAsync(cancel);
        foreach (var person in told) post.Moved(person, cohort, session);
        db.Record(clock, by, "changed a course session", id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return told.Count;
    }

    /// <summary>Tells everybody whose application is under way, and ends it.</summary>
    public async Task<int> CancelAsync(Guid id, string? reason, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
        if (cohort.CancelledAt is not null) return 0;
        cohort.Cancel(Now, reason);
        var people = await UnderWay(id).ToListAsync(cancel);
        foreach (var person in people)
        {
            person.Become(ApplicationState.Cancelled, Now, by.StaffName(), reason);
            post.CohortCancelled(person, cohort, reason);
        }
        await db.SaveChangesAsync(cancel);
        await db.Set<Cohort>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, 0), cancel);
        db.Record(clock, by, "cancelled a course group", id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return people.Count;
    }

    /// <summary>Sends a message through the outbox. Pressed twice, it arrives once: the batch was named when the page was opened.</summary>
    public async Task<int> WriteToAsync(Guid id, IReadOnlyCollection<ApplicationState> states, string batch, string message, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == id, cancel);
        if (await db.Set<Platform.Mail.OutboxMail>().AnyAsync(m => m.Kind == "course-message" && m.About.EndsWith(":" + batch), cancel)) return 0;
        var people = await db.Set<Application>().Where(a => a.CohortId == id && states.Contains(a.State)).ToListAsync(cancel);
        foreach (var person in people) post.Message(person, cohort, batch, message);
        db.Record(clock, by, string.Create(CultureInfo.InvariantCulture, $"wrote to {people.Count} course applicants"), id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return people.Count;
    }

    /// <summary>Takes somebody along to another cohort: a place there if one is free, else the waiting list. The old application stays as it was.</summary>
    public async Task<bool> CarryOverAsync(Guid applicationId, Guid toCohort, ClaimsPrincipal by, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var old = await db.Set<Application>().AsNoTracking().SingleAsync(a => a.Id == applicationId, cancel);
        var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == toCohort, cancel);
        if (!cohort.OffersPlaces(Now) || cohort.Id == old.CohortId || await db.Set<Application>().AnyAsync(a => a.CohortId == toCohort && a.AddressKey == old.AddressKey, cancel)) return false;
        var application = new Application
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            CohortId = toCohort,
            Reference = CourseWords.NewReference(),
            AppliedAt = Now,
            Position = cohort.NextPosition(),
            Name = old.Name,
            Email = old.Email,
            AddressKey = old.AddressKey,
            Role = old.Role,
            Organisation = old.Organisation,
            OrganisationKey = old.OrganisationKey,
            CharityNumber = old.CharityNumber,
            Kind = old.Kind,
            Nation = old.Nation,
            WorksWith = old.WorksWith,
        };
        application.Become(ApplicationState.Waiting, Now, by.StaffName(), "carried over");
        db.Set<Application>().Add(application);
        db.Record(clock, by, "carried an applicant over", application.Id.ToString());
        await db.SaveChangesAsync(cancel);
        await waitingList.FillAsync(toCohort, [application.Id], cancel);
        if (application.State == ApplicationState.Waiting) post.Waiting(application, cohort);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return true;
    }

    public IQueryable<Application> UnderWay(Guid id) => db.Set<Application>().Where(a => a.CohortId == id
        && (a.State == ApplicationState.Applied || a.State == ApplicationState.Waiting || a.State == ApplicationState.Held || a.State == ApplicationState.Offered || a.State == ApplicationState.Accepted));

    IQueryable<Application> WithPlaces(Guid id) => db.Set<Application>().Where(a => a.CohortId == id
        && (a.State == ApplicationState.Held || a.State == ApplicationState.Offered || a.State == ApplicationState.Accepted));
}
