using System.Globalization;
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
public sealed class CourseRetention(SiteDb db, PersonErasure erasure, IOptions<CourseSettings> settings, TimeProvider clock)
{
    static readonly TimeSpan SentDrafts = TimeSpan.FromDays(1);

    readonly CourseSettings kept = settings.Value;

    IQueryable<Interest> Interests(DateTime now)
    {
        var before = now.AddMonths(-kept.KeepInterestMonths);
        return db.Set<Interest>().Where(i => i.RenewedAt <= before);
    }

    IQueryable<ApplicationDraft> Drafts(DateTime now)
    {
        var (before, sent) = (now.AddDays(-kept.KeepDraftDays), now - SentDrafts);
        return db.Set<ApplicationDraft>().Where(d => d.TouchedAt <= before || d.SentAt <= sent);
    }

    IQueryable<AccessNeeds> Needs(DateTime now)
    {
        var before = now.AddDays(-kept.KeepAccessNeedsDays);
        return db.Set<AccessNeeds>().Where(n => db.Set<Application>().Any(a => a.Id == n.ApplicationId && (a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before)));
    }

    IQueryable<Application> Applications(DateTime now)
    {
        var before = now.AddMonths(-kept.KeepApplicationMonths);
        return db.Set<Application>().Where(a => a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before || (a.Cohort.EndsAt == null && a.StateSince <= before));
    }

    IQueryable<Certificate> Certificates(DateTime now)
    {
        var before = now.AddYears(-kept.KeepCertificateYears);
        return db.Set<Certificate>().Where(c => c.IssuedAt <= before);
    }

    IQueryable<OutboxMail> Mails(DateTime now)
    {
        var before = now.AddDays(-kept.KeepMailDays);
        return db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("course-") && (m.SentAt <= before || m.GivenUpAt <= before));
    }

    IQueryable<HandOver> HandOvers(DateTime now) => db.Set<HandOver>().Where(h => db.Set<Application>().Any(a => a.Id == h.ApplicationId && a.Cohort.StartsAt <= now));

    /// <param name="at">Counts what is due then; a moment ahead shows what comes next.</param>
    public async Task<IReadOnlyList<(Retention Kept, int Due)>> DueAsync(DateTime at, CancellationToken cancel = default)
    {
        int[] due = [await Interests(at).CountAsync(cancel), await Drafts(at).CountAsync(cancel), await Needs(at).CountAsync(cancel), await HandOvers(at).CountAsync(cancel),
            await Applications(at).CountAsync(cancel), await Certificates(at).CountAsync(cancel), await Mails(at).CountAsync(cancel)];
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

    public async Task ForgetAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var interest in await Interests(now).Select(i => i.Id).ToListAsync(cancel)) await erasure.ForgetInterestAsync(interest, cancel);
        foreach (var application in await Applications(now).Select(a => a.Id).ToListAsync(cancel)) await erasure.ForgetApplicationAsync(application, cancel);
        await using (var write = await db.BeginWriteAsync(cancel))
        {
            await Drafts(now).ExecuteDeleteAsync(cancel);
            await Needs(now).ExecuteDeleteAsync(cancel);
            await Certificates(now).ExecuteDeleteAsync(cancel);
            await Mails(now).ExecuteDeleteAsync(cancel);
            var over = await HandOvers(now).Select(h => h.Id).ToListAsync(cancel);
            await db.Set<CourseLink>().Where(l => over.Contains(l.Opens)).ExecuteDeleteAsync(cancel);
            await HandOvers(now).ExecuteDeleteAsync(cancel);
            await write.CommitAsync(cancel);
        }
        // What was deleted still stands in the write-ahead log until that is written over.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancel);
    }

    static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}");
    static string Months(int months) => string.Create(CultureInfo.InvariantCulture, $"{months} {(months == 1 ? "month" : "months")}");
}
