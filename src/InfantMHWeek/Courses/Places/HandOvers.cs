using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>A place that somebody would like to hand to a colleague, before staff have decided.</summary>
sealed record WaitingHandOver(Guid Id, Guid ApplicationId, string From, string FromEmail, string Organisation, string To, string ToEmail);

/// <summary>
/// Passes a place to a colleague, who must say yes first: so a misspelt address loses nobody a place. Where nothing shows that
/// the colleague is of the same organisation, staff decide first. What is about one person never becomes another's: the
/// colleague gets an application of their own.
/// </summary>
sealed class HandOvers(SiteStore store, CourseMails post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Writes to the colleague, or lets staff decide; an earlier offer to somebody else is taken back. Naming the same colleague
    /// again changes nothing.
    /// </summary>
    /// <returns>Done, Waits or NotPossible.</returns>
    public Task<RegistrationResult> OfferAsync(Guid applicationId, string name, EmailAddress email, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var application = await FindAsync(db, applicationId, cancel);
                if (application is null || !application.HasPlace || !application.Cohort.OffersPlaces(Now))
                    return RegistrationResult.NotPossible;
                var handOver = await db.Set<HandOver>().FirstOrDefaultAsync(h => h.ApplicationId == applicationId, cancel);
                if (handOver is not null && handOver.Email != email)
                {
                    await TakeBackAsync(db, handOver, cancel);
                    handOver = null;
                }
                if (handOver is null)
                {
                    handOver = new()
                    {
                        Id = Guid.CreateVersion7(clock.GetUtcNow()),
                        ApplicationId = applicationId,
                        Name = name,
                        Email = email,
                        At = Now,
                    };
                    if (await IsColleagueAsync(db, application, email, cancel))
                        handOver.Allow(by: null, Now);
                    db.Set<HandOver>().Add(handOver);
                }
                if (handOver.AllowedAt is null)
                    return RegistrationResult.Waits;
                await post.HandOverAsync(db, handOver, application, application.Cohort, cancel);
                return RegistrationResult.Done;
            },
            cancel
        );

    /// <summary>Staff say whether a place may go to that colleague.</summary>
    public Task<RegistrationResult> DecideAsync(Guid handOverId, bool yes, ClaimsPrincipal by, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var handOver = await db.Set<HandOver>().FirstOrDefaultAsync(h => h.Id == handOverId, cancel);
                if (handOver is null)
                    return RegistrationResult.Unknown;
                if (handOver.AllowedAt is not null)
                    return RegistrationResult.NotPossible;
                var application = await FindAsync(db, handOver.ApplicationId, cancel);
                if (application is null || !application.HasPlace || !application.Cohort.OffersPlaces(Now))
                    return RegistrationResult.TooLate;
                db.Record(clock, by, yes ? "said yes to a hand-over" : "said no to a hand-over", application.Id.ToString());
                if (yes)
                {
                    handOver.Allow(by.StaffName(), Now);
                    await post.HandOverAsync(db, handOver, application, application.Cohort, cancel);
                    return RegistrationResult.Done;
                }
                await post.HandOverRefusedAsync(db, handOver, application, application.Cohort, cancel);
                await TakeBackAsync(db, handOver, cancel);
                return RegistrationResult.Done;
            },
            cancel
        );

    /// <summary>The colleague says yes: the place is theirs, and every link of the first person ends.</summary>
    public Task<RegistrationResult> TakeAsync(Guid handOverId, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var handOver = await db.Set<HandOver>().FirstOrDefaultAsync(h => h.Id == handOverId, cancel);
                if (handOver?.AllowedAt is null)
                    return RegistrationResult.Unknown;
                var before = await FindAsync(db, handOver.ApplicationId, cancel);
                if (before is null || !before.HasPlace || !before.Cohort.OffersPlaces(Now))
                    return RegistrationResult.TooLate;
                var cohort = before.Cohort;
                var own = await OwnAsync(db, before, handOver.Email.Key, cancel);
                if (own is not null && !await MayTakeAsync(db, cohort, before, own, handOver, cancel))
                    return RegistrationResult.NotPossible;

                var (name, email) = (handOver.Name, handOver.Email);
                await EndAsync(db, before, cancel);
                before.HandOn(Now);
                if (own is null)
                {
                    own = Application.Start(
                        cohort,
                        new(name, email),
                        before.OrganisationOf,
                        CourseCodes.NewReference(),
                        ApplicationState.Accepted,
                        clock.GetUtcNow(),
                        reason: Application.TookOver
                    );
                    db.Set<Application>().Add(own);
                }
                else
                    own.TakeOver(Now);
                own.ConfirmAddress(Now);
                await post.HandedOverAsync(db, before, cohort, cancel);
                await post.AcceptedAsync(db, own, cohort, cancel);
                return RegistrationResult.Done;
            },
            cancel
        );

    /// <summary>Those that staff have to decide, while there is still a place to be handed over.</summary>
    public static IQueryable<HandOver> Waiting(SiteDb db) =>
        db.Set<HandOver>()
            .Where(h =>
                h.AllowedAt == null
                && db.Set<Application>()
                    .Any(a => a.Id == h.ApplicationId && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted))
            );

    /// <summary>Those of one group, with who asks and for whom; the oldest first.</summary>
    public static async Task<IReadOnlyList<WaitingHandOver>> ToDecideAsync(SiteDb db, Guid cohort, CancellationToken cancel) =>
        await Waiting(db)
            .Join(
                db.Set<Application>().Where(a => a.CohortId == cohort),
                h => h.ApplicationId,
                a => a.Id,
                (h, a) => new { HandOver = h, From = a }
            )
            .OrderBy(x => x.HandOver.At)
            .Select(x => new WaitingHandOver(
                x.HandOver.Id,
                x.From.Id,
                x.From.Name,
                x.From.Email.Text,
                x.From.Organisation,
                x.HandOver.Name,
                x.HandOver.Email.Text
            ))
            .ToListAsync(cancel);

    /// <summary>Takes back what was offered to a colleague: inside the caller's write.</summary>
    public static async Task TakeBackAsync(SiteDb db, HandOver handOver, CancellationToken cancel)
    {
        var (id, about) = (handOver.Id, $"{handOver.ApplicationId:N}:{handOver.Id:N}:");
        await db.Set<CourseLink>().Where(l => l.Opens == id).ExecuteDeleteAsync(cancel);
        await db.Set<OutboxMail>()
            .Where(m => m.Kind == "course-hand-over" && m.About.StartsWith(about) && m.SentAt == null)
            .ExecuteDeleteAsync(cancel);
        db.Set<HandOver>().Remove(handOver);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The first person's links, hand-over, access needs and mails that have not left end here.</summary>
    static async Task EndAsync(SiteDb db, Application before, CancellationToken cancel)
    {
        var (id, about) = (before.Id, before.Id.ToString("N") + ":");
        foreach (var handOver in await db.Set<HandOver>().Where(h => h.ApplicationId == id).ToListAsync(cancel))
            await TakeBackAsync(db, handOver, cancel);
        await db.Set<CourseLink>().Where(l => l.Opens == id).ExecuteDeleteAsync(cancel);
        await db.Set<AccessNeeds>().Where(n => n.ApplicationId == id).ExecuteDeleteAsync(cancel);
        await db.Set<OutboxMail>().Where(m => m.About.StartsWith(about) && m.SentAt == null).ExecuteDeleteAsync(cancel);
    }

    static Task<Application?> FindAsync(SiteDb db, Guid id, CancellationToken cancel) =>
        db.Set<Application>().Include(a => a.Steps).Include(a => a.Cohort.Sessions).FirstOrDefaultAsync(a => a.Id == id, cancel);

    /// <summary>The colleague's own application for the same cohort, if there is one.</summary>
    static Task<Application?> OwnAsync(SiteDb db, Application of, string key, CancellationToken cancel)
    {
        var (cohort, id) = (of.CohortId, of.Id);
        return db.Set<Application>()
            .Include(a => a.Steps)
            .FirstOrDefaultAsync(a => a.CohortId == cohort && a.AddressKey == key && a.Id != id, cancel);
    }

    /// <summary>
    /// Whether something shows that they work together: the domain of their addresses, or what the colleague said when applying.
    /// </summary>
    static async Task<bool> IsColleagueAsync(SiteDb db, Application of, EmailAddress email, CancellationToken cancel)
    {
        var own = await OwnAsync(db, of, email.Key, cancel);
        if (own?.RefusedByStaff == true)
            return false;
        if (MailDomains.SameOrganisation(of.Email, email))
            return true;
        return own is { Ended: false }
            && (await OrganisationShares.ReadAsync(db, of.Cohort, cancel)).Same(own.OrganisationKey, of.OrganisationKey);
    }

    /// <summary>
    /// One who has a place needs no second; whom staff refused, only staff let in; and no organisation gets beyond its share by this
    /// way.
    /// </summary>
    static async Task<bool> MayTakeAsync(
        SiteDb db,
        Cohort cohort,
        Application before,
        Application own,
        HandOver handOver,
        CancellationToken cancel
    )
    {
        if (own.TakesPlace || (own.RefusedByStaff && handOver.AllowedBy is null))
            return false;
        if (cohort.PerOrganisation is null)
            return true;
        var shares = await OrganisationShares.ReadAsync(db, cohort, cancel);
        return shares.Same(own.OrganisationKey, before.OrganisationKey) || !shares.HasItsShare(own.OrganisationKey);
    }
}
