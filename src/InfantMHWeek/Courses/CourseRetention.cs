using System.Globalization;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>How long one kind of thing is kept, in words.</summary>
public sealed record Retention(string What, string HowLong);

/// <summary>
/// Forgets in time. The periods are settings; the privacy page and the staff page show them from here, and the nightly round
/// deletes by them. What is deleted is overwritten in the database file (<c>secure_delete</c>) and gone from its log.
/// </summary>
public sealed class CourseRetention(SiteStore store, PersonErasure erasure, FolderTransport letters, DeletionGuard guard, IOptions<CourseSettings> settings, TimeProvider clock)
{
    public const string Job = "forget what the course needs no longer";

    /// <summary>So many in one write, so that nobody waits long behind it.</summary>
    const int AtOnce = 100;
    static readonly TimeSpan SentDrafts = TimeSpan.FromDays(1);
    static readonly DeletionKind
        OldInterests = new("people's interest in a course", Job), OldApplications = new("applications for courses", Job), OldDrafts = new("applications that were begun", Job), OldNeeds = new("access needs", Job),
        OldCertificates = new("certificates", Job), OldMails = new("mails about courses", Job, MostAtOnce: 2000), OldHandOvers = new("names of colleagues who were offered a place", Job);

    readonly CourseSettings kept = settings.Value;

    IQueryable<Interest> Interests(SiteDb db, DateTime now)
    {
        var before = now.AddMonths(-kept.KeepInterestMonths);
        return db.Set<Interest>().Where(i => i.RenewedAt <= before);
    }

    IQueryable<ApplicationDraft> Drafts(SiteDb db, DateTime now)
    {
        var (before, sent) = (now.AddDays(-kept.KeepDraftDays), now - SentDrafts);
        return db.Set<ApplicationDraft>().Where(d => d.TouchedAt <= before || d.SentAt <= sent);
    }

    IQueryable<AccessNeeds> Needs(SiteDb db, DateTime now)
    {
        var before = now.AddDays(-kept.KeepAccessNeedsDays);
        return db.Set<AccessNeeds>().Where(n => db.Set<Application>().Any(a => a.Id == n.ApplicationId && (a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before)));
    }

    IQueryable<Application> Applications(SiteDb db, DateTime now)
    {
        var before = now.AddMonths(-kept.KeepApplicationMonths);
        return db.Set<Application>().Where(a => a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before || (a.Cohort.EndsAt == null && a.StateSince <= before));
    }

    IQueryable<Certificate> Certificates(SiteDb db, DateTime now)
    {
        var before = now.AddYears(-kept.KeepCertificateYears);
        return db.Set<Certificate>().Where(c => c.IssuedAt <= before);
    }

    IQueryable<OutboxMail> Mails(SiteDb db, DateTime now)
    {
        var before = now.AddDays(-kept.KeepMailDays);
        return db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("course-") && (m.SentAt <= before || m.GivenUpAt <= before));
    }

    static IQueryable<HandOver> HandOvers(SiteDb db, DateTime now) => db.Set<HandOver>().Where(h => db.Set<Application>().Any(a => a.Id == h.ApplicationId && a.Cohort.StartsAt <= now));

    /// <param name="at">Counts what is due then; a moment ahead shows what comes next.</param>
    public async Task<IReadOnlyList<(Retention Kept, int Due)>> DueAsync(DateTime at, CancellationToken cancel = default)
    {
        int[] due = await store.ReadAsync(async db => new[]
        {
            await Interests(db, at).CountAsync(cancel), await Drafts(db, at).CountAsync(cancel), await Needs(db, at).CountAsync(cancel), await HandOvers(db, at).CountAsync(cancel),
            await Applications(db, at).CountAsync(cancel), await Certificates(db, at).CountAsync(cancel), await Mails(db, at).CountAsync(cancel),
        });
        return [.. Periods(kept).Zip(due)];
    }

    public static IReadOnlyList<Retention> Periods(CourseSettings kept) =>
    [
        new("Interest in a course", Months(kept.KeepInterestMonths) + " after you registered or renewed it"),
        new("An application that was begun and not sent", Days(kept.KeepDraftDays) + " after the last change"),
        new("Access needs", Days(kept.KeepAccessNeedsDays) + " after the last session"),
        new("The name and address of a colleague who was offered your place", "until they take it, or the course begins"),
        new("Applications, places and attendance", Months(kept.KeepApplicationMonths) + " after the last session"),
        new("Certificates, so that they can be checked", string.Create(CultureInfo.InvariantCulture, $"{kept.KeepCertificateYears} years")),
        new("Mails about the course", Days(kept.KeepMailDays) + " after they were sent"),
    ];

    /// <summary>A record and no tuple: PostgreSQL would make a row value of that.</summary>
    sealed record OldApplication(Guid CohortId, Guid Id);

    public async Task ForgetAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (interests, applications) = await store.WriteAsync(async db => (
            await guard.AllowsAsync(db, OldInterests, Interests(db, now), cancel) ? await Interests(db, now).Select(i => i.Id).ToListAsync(cancel) : [],
            await guard.AllowsAsync(db, OldApplications, Applications(db, now), cancel) ? await Applications(db, now).Select(a => new OldApplication(a.CohortId, a.Id)).ToListAsync(cancel) : []), cancel);
        foreach (var some in interests.Chunk(AtOnce)) letters.Forget(await store.WriteAsync(db => ForgetInterestsAsync(db, some, now, cancel), cancel));
        foreach (var cohort in applications.GroupBy(a => a.CohortId, a => a.Id))
            foreach (var some in cohort.Chunk(AtOnce)) letters.Forget(await store.WriteAsync(db => ForgetApplicationsAsync(db, cohort.Key, some, now, cancel), cancel));
        letters.Forget(await store.WriteAsync(async db =>
        {
            await ForgetAsync(db, OldDrafts, Drafts(db, now), cancel);
            await ForgetAsync(db, OldNeeds, Needs(db, now), cancel);
            await ForgetAsync(db, OldCertificates, Certificates(db, now), cancel);
            var mails = await Mails(db, now).Select(m => m.Id).ToListAsync(cancel);
            if (!await ForgetAsync(db, OldMails, Mails(db, now), cancel)) mails = [];
            if (!await guard.AllowsAsync(db, OldHandOvers, HandOvers(db, now), cancel)) return mails;
            var over = await HandOvers(db, now).Select(h => h.Id).ToListAsync(cancel);
            await db.Set<CourseLink>().Where(l => over.Contains(l.Opens)).ExecuteDeleteAsync(cancel);
            await HandOvers(db, now).ExecuteDeleteAsync(cancel);
            return mails;
        }, cancel));
        // What was deleted still stands in the write-ahead log until that is written over.
        await store.ForgetBytesAsync(cancel);
    }

    async Task<IReadOnlyList<Guid>> ForgetInterestsAsync(SiteDb db, Guid[] some, DateTime now, CancellationToken cancel)
    {
        var mails = new List<Guid>();
        foreach (var interest in await Interests(db, now).Where(i => some.Contains(i.Id)).Select(i => i.Id).ToListAsync(cancel))
            mails.AddRange(await PersonErasure.ForgetInterestAsync(db, interest, cancel));
        return mails;
    }

    /// <summary>What a certificate says stays until its own time is over.</summary>
    async Task<IReadOnlyList<Guid>> ForgetApplicationsAsync(SiteDb db, Guid cohort, Guid[] some, DateTime now, CancellationToken cancel) =>
        await erasure.ForgetAsync(db, cohort, await Applications(db, now).Where(a => some.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancel), cancel);

    /// <returns>False when it has to wait for a person.</returns>
    async Task<bool> ForgetAsync<T>(SiteDb db, DeletionKind kind, IQueryable<T> due, CancellationToken cancel) where T : class
    {
        if (!await guard.AllowsAsync(db, kind, due, cancel)) return false;
        await due.ExecuteDeleteAsync(cancel);
        return true;
    }

    static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}");
    static string Months(int months) => string.Create(CultureInfo.InvariantCulture, $"{months} {(months == 1 ? "month" : "months")}");
}
