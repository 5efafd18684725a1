using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>
/// Forgets people: their application with all that hangs on it, its links, its mails whether they have left or not, and the
/// letters that stand in the data folder. What remains is counts without a name. A place that becomes free goes to the next.
/// </summary>
sealed class PersonErasure(SiteStore store, WaitingList waitingList, FolderTransport letters, TimeProvider clock)
{
    /// <summary>At the person's wish: then the certificate's name goes too.</summary>
    /// <param name="by">Who of the staff does it for them, or null when they do it themselves.</param>
    public async Task ForgetApplicationAsync(Guid id, ClaimsPrincipal? by = null, CancellationToken cancel = default) =>
        await FinishAsync(
            await store.WriteAsync(
                async db =>
                {
                    var cohort = await db.Set<Application>().Where(a => a.Id == id).Select(a => a.CohortId).FirstOrDefaultAsync(cancel);
                    if (cohort == default)
                        return [];
                    await db.Set<Certificate>()
                        .Where(c => c.ApplicationId == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, (string?)null), cancel);
                    if (by is not null)
                        db.Record(clock, by, "deleted one person's course data", id.ToString());
                    return await ForgetAsync(db, cohort, [id], cancel);
                },
                cancel
            ),
            cancel
        );

    /// <summary>Somebody wants to be told of no opening any more.</summary>
    public async Task ForgetInterestAsync(Guid id, CancellationToken cancel = default) =>
        await FinishAsync(await store.WriteAsync(db => ForgetInterestAsync(db, id, cancel), cancel), cancel);

    /// <summary>Inside the caller's write, who hands the answer to <see cref="FinishAsync"/> afterwards.</summary>
    /// <returns>The ids of the mails that were deleted.</returns>
    public async Task<IReadOnlyList<Guid>> ForgetAsync(SiteDb db, Guid cohortId, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var before = await CourseNumbers.StoredAsync(db, cohortId, cancel);
        var all = await db.Set<Application>().AsNoTracking().Where(a => a.CohortId == cohortId && ids.Contains(a.Id)).ToListAsync(cancel);
        foreach (var one in all)
            await RefusedRecipient.LiftAsync(db, one.Email, cancel);
        var references = all.Select(a => a.Reference).ToList();
        var addresses = all.Select(a => a.AddressKey).ToHashSet(StringComparer.Ordinal);
        // What they had begun and never sent tells of them too; the answers can only be read one by one.
        var drafts = (await db.Set<ApplicationDraft>().AsNoTracking().Where(d => d.CohortId == cohortId).ToListAsync(cancel))
            .Where(d => references.Contains(d.Reference, StringComparer.Ordinal) || addresses.Contains(d.AddressKey))
            .Select(d => d.Id)
            .ToList();
        var handOvers = await db.Set<HandOver>().Where(h => ids.Contains(h.ApplicationId)).Select(h => h.Id).ToListAsync(cancel);
        await db.Set<CourseLink>().Where(l => ids.Contains(l.Opens) || handOvers.Contains(l.Opens)).ExecuteDeleteAsync(cancel);
        await db.Set<HandOver>().Where(h => ids.Contains(h.ApplicationId)).ExecuteDeleteAsync(cancel);
        await db.Set<AccessNeeds>().Where(n => ids.Contains(n.ApplicationId)).ExecuteDeleteAsync(cancel);
        await db.Set<Attendance>().Where(a => ids.Contains(a.ApplicationId)).ExecuteDeleteAsync(cancel);
        await db.Set<ApplicationStep>().Where(s => ids.Contains(s.ApplicationId)).ExecuteDeleteAsync(cancel);
        await db.Set<Certificate>()
            .Where(c => c.ApplicationId != null && ids.Contains(c.ApplicationId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ApplicationId, (Guid?)null), cancel);
        await db.Set<ApplicationDraft>().Where(d => drafts.Contains(d.Id)).ExecuteDeleteAsync(cancel);
        var mails = await DeleteMailsAsync(db, ids.Concat(drafts), cancel);
        await db.Set<Application>().Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(cancel);
        await CourseNumbers.FreezeAsync(db, cohortId, before, cancel);
        var free = all.Count(a => a.TakesPlace);
        for (var n = 0; n < free; n++)
            await db.ReleasePlaceAsync<Cohort>(cohortId, cancel);
        if (free > 0)
            await waitingList.FillAsync(db, cohortId, [], cancel);
        return mails;
    }

    /// <inheritdoc cref="ForgetAsync"/>
    public static async Task<IReadOnlyList<Guid>> ForgetInterestAsync(SiteDb db, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Interest>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancel) is { } interest)
            await RefusedRecipient.LiftAsync(db, interest.Email, cancel);
        await db.Set<CourseLink>().Where(l => l.Opens == id).ExecuteDeleteAsync(cancel);
        var mails = await DeleteMailsAsync(db, [id], cancel);
        await db.Set<Interest>().Where(i => i.Id == id).ExecuteDeleteAsync(cancel);
        return mails;
    }

    /// <summary>After the write: the letters in the data folder, and the bytes in the log of the store.</summary>
    public async Task FinishAsync(IReadOnlyCollection<Guid> mails, CancellationToken cancel)
    {
        letters.Forget(mails);
        await store.ForgetBytesAsync(cancel);
    }

    /// <summary>Mails about somebody begin with their id.</summary>
    static async Task<IReadOnlyList<Guid>> DeleteMailsAsync(SiteDb db, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var deleted = new List<Guid>();
        foreach (var id in ids)
        {
            var start = id.ToString("N") + ":";
            deleted.AddRange(await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).Select(m => m.Id).ToListAsync(cancel));
            await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).ExecuteDeleteAsync(cancel);
        }
        return deleted;
    }
}
