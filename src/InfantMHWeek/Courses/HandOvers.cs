using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>Passes a place to a colleague, who must say yes first: so a misspelt address loses nobody a place.</summary>
public sealed class HandOvers(SiteDb db, CoursePost post, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Writes to the colleague; an earlier offer to somebody else is taken back.</summary>
    public async Task<Registered> OfferAsync(Guid applicationId, string name, EmailAddress email, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var application = await db.Set<Application>().Include(a => a.Cohort.Sessions).SingleAsync(a => a.Id == applicationId, cancel);
        if (!application.HasPlace || !application.Cohort.OffersPlaces(Now)) return Registered.NotPossible;
        await TakeBackAsync(applicationId, cancel);
        var handOver = new HandOver { Id = Guid.CreateVersion7(clock.GetUtcNow()), ApplicationId = applicationId, Name = name, Email = email, At = Now };
        db.Set<HandOver>().Add(handOver);
        post.HandOver(handOver, application, application.Cohort);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Registered.Done;
    }

    /// <summary>The colleague says yes: the place and its history are theirs, and every link of the first person ends.</summary>
    public async Task<Registered> TakeAsync(Guid handOverId, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var handOver = await db.Set<HandOver>().FirstOrDefaultAsync(h => h.Id == handOverId, cancel);
        if (handOver is null) return Registered.Unknown;
        var application = await db.Set<Application>().Include(a => a.Steps).Include(a => a.Cohort.Sessions).SingleAsync(a => a.Id == handOver.ApplicationId, cancel);
        if (!application.HasPlace || !application.Cohort.OffersPlaces(Now)) return Registered.TooLate;
        if (await MakeRoomAsync(application, handOver.Email.Key, cancel) is { } refused) return refused;

        var (before, nameBefore) = (application.Email, application.Name);
        await db.Set<CourseLink>().Where(l => l.Opens == application.Id).ExecuteDeleteAsync(cancel);
        await db.Set<AccessNeeds>().Where(n => n.ApplicationId == application.Id).ExecuteDeleteAsync(cancel);
        await TakeBackAsync(application.Id, cancel);
        application.PassTo(handOver.Name, handOver.Email);
        application.Become(ApplicationState.Accepted, Now, ApplicationStep.Applicant, "handed over to a colleague");
        application.AddressUsed(Now);
        post.HandedOver(application, application.Cohort, before, nameBefore);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Registered.Done;
    }

    /// <summary>A colleague who waits gives up that application for this place; one who has a place needs no second.</summary>
    async Task<Registered?> MakeRoomAsync(Application application, string key, CancellationToken cancel)
    {
        var own = await db.Set<Application>().Include(a => a.Steps).FirstOrDefaultAsync(a => a.CohortId == application.CohortId && a.AddressKey == key && a.Id != application.Id, cancel);
        if (own is null) return null;
        if (own.TakesPlace) return Registered.NotPossible;
        if (!own.Ended) own.Become(ApplicationState.Withdrawn, Now, ApplicationStep.Site, "took a colleague's place");
        // The address belongs to one application in a cohort; the old one keeps its name and gives the address up.
        own.AddressKey = own.Id.ToString("N");
        await db.SaveChangesAsync(cancel);
        return null;
    }

    async Task TakeBackAsync(Guid applicationId, CancellationToken cancel)
    {
        var earlier = await db.Set<HandOver>().Where(h => h.ApplicationId == applicationId).Select(h => h.Id).ToListAsync(cancel);
        await db.Set<CourseLink>().Where(l => earlier.Contains(l.Opens)).ExecuteDeleteAsync(cancel);
        await db.Set<HandOver>().Where(h => h.ApplicationId == applicationId).ExecuteDeleteAsync(cancel);
    }
}
