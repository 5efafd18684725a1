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
                    if (await HandOverRules.IsColleagueAsync(db, application, email, cancel))
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
                var own = await HandOverRules.OwnAsync(db, before, handOver.Email.Key, cancel);
                if (own is not null && !await HandOverRules.MayTakeAsync(db, cohort, before, own, handOver, cancel))
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
}
