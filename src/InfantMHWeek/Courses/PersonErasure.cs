using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>
/// Forgets a person: the application with all that hangs on it, its links and its mails. What remains is a count without a
/// name. A place that becomes free goes to the next.
/// </summary>
public sealed class PersonErasure(SiteDb db, WaitingList waitingList)
{
    public async Task<bool> ForgetApplicationAsync(Guid id, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var done = await ForgetAsync(id, cancel);
        await write.CommitAsync(cancel);
        return done;
    }

    /// <summary>Inside the caller's write.</summary>
    public async Task<bool> ForgetAsync(Guid id, CancellationToken cancel)
    {
        var application = await db.Set<Application>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel);
        if (application is null) return false;
        await CountAsync(application, cancel);
        var handOvers = await db.Set<HandOver>().Where(h => h.ApplicationId == id).Select(h => h.Id).ToListAsync(cancel);
        await db.Set<CourseLink>().Where(l => l.Opens == id || handOvers.Contains(l.Opens)).ExecuteDeleteAsync(cancel);
        await db.Set<HandOver>().Where(h => h.ApplicationId == id).ExecuteDeleteAsync(cancel);
        await db.Set<AccessNeeds>().Where(n => n.ApplicationId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Attendance>().Where(a => a.ApplicationId == id).ExecuteDeleteAsync(cancel);
        await db.Set<ApplicationStep>().Where(s => s.ApplicationId == id).ExecuteDeleteAsync(cancel);
        await db.Set<Certificate>().Where(c => c.ApplicationId == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ApplicationId, (Guid?)null), cancel);
        await DeleteMailsAsync(id, cancel);
        await db.Set<Application>().Where(a => a.Id == id).ExecuteDeleteAsync(cancel);
        if (!application.TakesPlace) return true;
        await waitingList.ReleaseAsync(application.CohortId, cancel);
        await waitingList.FillAsync(application.CohortId, [], cancel);
        return true;
    }

    public async Task ForgetInterestAsync(Guid id, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<CourseLink>().Where(l => l.Opens == id).ExecuteDeleteAsync(cancel);
        await DeleteMailsAsync(id, cancel);
        await db.Set<Interest>().Where(i => i.Id == id).ExecuteDeleteAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Mails about somebody begin with their id.</summary>
    async Task DeleteMailsAsync(Guid id, CancellationToken cancel)
    {
        var start = id.ToString("N") + ":";
        await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).ExecuteDeleteAsync(cancel);
    }

    async Task CountAsync(Application application, CancellationToken cancel)
    {
        var tally = await db.Set<CourseTally>().FirstOrDefaultAsync(t => t.CohortId == application.CohortId && t.Nation == application.Nation && t.Kind == application.Kind && t.State == application.State, cancel);
        if (tally is null) db.Set<CourseTally>().Add(tally = new() { Id = Guid.NewGuid(), CohortId = application.CohortId, Nation = application.Nation, Kind = application.Kind, State = application.State });
        tally.Count++;
        await db.SaveChangesAsync(cancel);
    }
}
