using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>What of the course is due when, each by the setting of its own.</summary>
sealed class CourseRetentionRules(CourseSettings kept)
{
    const string Job = CourseRetention.Job;
    static readonly KeptFor SentDrafts = KeptFor.OfDays(1);

    public RetentionRule<Interest> Interests { get; } =
        new(new("people's interest in a course", Job), RetentionPeriods.Interests(kept.KeepInterestMonths), (db, before) =>
            db.Set<Interest>().Where(i => i.RenewedAt <= before)
        );

    public RetentionRule<ApplicationDraft> Drafts { get; } =
        new(new("applications that were begun", Job), RetentionPeriods.ApplicationDrafts(kept.KeepDraftDays), (db, before, now) =>
        {
            var sent = SentDrafts.Before(now);
            return db.Set<ApplicationDraft>().Where(d => d.TouchedAt <= before || d.SentAt <= sent);
        });

    public RetentionRule<AccessNeeds> Needs { get; } =
        new(new("access needs", Job), RetentionPeriods.AccessNeeds(kept.KeepAccessNeedsDays), (db, before) =>
            db.Set<AccessNeeds>()
                .Where(n =>
                    db.Set<Application>().Any(a => a.Id == n.ApplicationId && (a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before))
                )
        );

    public RetentionRule<HandOver> HandOvers { get; } =
        new(new("names of colleagues who were offered a place", Job), RetentionPeriods.HandOvers, (db, now) =>
            db.Set<HandOver>().Where(h => db.Set<Application>().Any(a => a.Id == h.ApplicationId && a.Cohort.StartsAt <= now))
        )
        {
            Forget = async (db, due, cancel) =>
            {
                await db.Set<CourseLink>().Where(l => due.Any(h => h.Id == l.Opens)).ExecuteDeleteAsync(cancel);
                await due.ExecuteDeleteAsync(cancel);
            },
        };

    public RetentionRule<Application> Applications { get; } =
        new(new("applications for courses", Job), RetentionPeriods.Applications(kept.KeepApplicationMonths), (db, before) =>
            db.Set<Application>()
                .Where(a =>
                    a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before || (a.Cohort.EndsAt == null && a.StateSince <= before)
                )
        );

    public RetentionRule<Certificate> Certificates { get; } =
        new(new("certificates", Job), RetentionPeriods.Certificates(kept.KeepCertificateYears), (db, before) =>
            db.Set<Certificate>().Where(c => c.IssuedAt <= before)
        );

    public RetentionRule<OutboxMail> Mails { get; } =
        new(new("mails about courses", Job, MostAtOnce: 2000), RetentionPeriods.CourseMails(kept.KeepMailDays), (db, before) =>
            db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("course-") && (m.SentAt <= before || m.GivenUpAt <= before))
        );

    /// <summary>In the order in which the privacy page says them.</summary>
    public IReadOnlyList<RetentionRule> All => [Interests, Drafts, Needs, HandOvers, Applications, Certificates, Mails];

    /// <summary>Those that are gone through in one write, because little hangs on them.</summary>
    public IReadOnlyList<RetentionRule> AtOnce => [Drafts, Needs, Certificates, HandOvers];
}
