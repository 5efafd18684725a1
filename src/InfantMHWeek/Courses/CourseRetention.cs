using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static InfantMHWeek.Platform.Time.TimeInWords;

namespace InfantMHWeek.Courses;

/// <summary>What the course forgets. The periods are settings; the privacy page and the staff page show them from here.</summary>
sealed class CourseRetention(
    SiteStore store,
    PersonErasure erasure,
    FolderTransport letters,
    DeletionGuard guard,
    IOptions<CourseSettings> settings,
    TimeProvider clock
) : Retention(store, guard, clock)
{
    public const string Job = "forget what the course needs no longer";

    /// <summary>So many in one write, so that nobody waits long behind it.</summary>
    const int AtOnce = 100;
    static readonly TimeSpan SentDrafts = TimeSpan.FromDays(1);

    readonly CourseRules rules = new(settings.Value);

    public override IReadOnlyList<RetentionRule> Rules => rules.All;

    public static IReadOnlyList<RetentionPeriod> Periods(CourseSettings kept) =>
        [.. new CourseRules(kept).All.Select(r => r.Period).OfType<RetentionPeriod>()];

    /// <summary>A record and no tuple: PostgreSQL would make a row value of that.</summary>
    sealed record ExpiredApplication(Guid CohortId, Guid Id);

    protected override async Task ForgetAsync(DateTime now, CancellationToken cancel)
    {
        var interests = await Store.WriteAsync(
            async db =>
                await rules.Interests.AllowsAsync(db, Guard, now, cancel)
                    ? await rules.Interests.Due(db, now).Select(i => i.Id).ToListAsync(cancel)
                    : [],
            cancel
        );
        foreach (var some in interests.Chunk(AtOnce))
            letters.Forget(await Store.WriteAsync(db => ForgetInterestsAsync(db, some, now, cancel), cancel));
        var applications = await Store.WriteAsync(
            async db =>
                await rules.Applications.AllowsAsync(db, Guard, now, cancel)
                    ? await rules.Applications.Due(db, now).Select(a => new ExpiredApplication(a.CohortId, a.Id)).ToListAsync(cancel)
                    : [],
            cancel
        );
        foreach (var cohort in applications.GroupBy(a => a.CohortId, a => a.Id))
        foreach (var some in cohort.Chunk(AtOnce))
            letters.Forget(await Store.WriteAsync(db => ForgetApplicationsAsync(db, cohort.Key, some, now, cancel), cancel));
        letters.Forget(
            await Store.WriteAsync(
                async db =>
                {
                    foreach (var rule in rules.AtOnce)
                        await rule.ForgetAsync(db, Guard, now, cancel);
                    var mails = await rules.Mails.Due(db, now).Select(m => m.Id).ToListAsync(cancel);
                    return await rules.Mails.ForgetAsync(db, Guard, now, cancel) ? mails : [];
                },
                cancel
            )
        );
    }

    async Task<IReadOnlyList<Guid>> ForgetInterestsAsync(SiteDb db, Guid[] some, DateTime now, CancellationToken cancel)
    {
        var mails = new List<Guid>();
        foreach (var interest in await rules.Interests.Due(db, now).Where(i => some.Contains(i.Id)).Select(i => i.Id).ToListAsync(cancel))
            mails.AddRange(await PersonErasure.ForgetInterestAsync(db, interest, cancel));
        return mails;
    }

    /// <summary>What a certificate says stays until its own time is over.</summary>
    async Task<IReadOnlyList<Guid>> ForgetApplicationsAsync(SiteDb db, Guid cohort, Guid[] some, DateTime now, CancellationToken cancel)
    {
        var due = await rules.Applications.Due(db, now).Where(a => some.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancel);
        return await erasure.ForgetAsync(db, cohort, due, cancel);
    }

    /// <summary>Each with how long it is kept, in words too.</summary>
    sealed class CourseRules(CourseSettings kept)
    {
        static string AfterLastSession(string period) => period + " after the last session";

        public RetentionRule<Interest> Interests { get; } = new(new("people's interest in a course", Job), (db, now) =>
            {
                var before = now.AddMonths(-kept.KeepInterestMonths);
                return db.Set<Interest>().Where(i => i.RenewedAt <= before);
            }) { Period = new("Interest in a course", Count(kept.KeepInterestMonths, "month") + " after you registered or renewed it") };

        public RetentionRule<ApplicationDraft> Drafts { get; } = new(new("applications that were begun", Job), (db, now) =>
            {
                var (before, sent) = (now.AddDays(-kept.KeepDraftDays), now - SentDrafts);
                return db.Set<ApplicationDraft>().Where(d => d.TouchedAt <= before || d.SentAt <= sent);
            }) { Period = new("An application that was not sent", Count(kept.KeepDraftDays, "day") + " after the last change") };

        public RetentionRule<AccessNeeds> Needs { get; } = new(new("access needs", Job), (db, now) =>
            {
                var before = now.AddDays(-kept.KeepAccessNeedsDays);
                return db.Set<AccessNeeds>()
                    .Where(n =>
                        db.Set<Application>()
                            .Any(a => a.Id == n.ApplicationId && (a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before))
                    );
            }) { Period = new("Access needs", AfterLastSession(Count(kept.KeepAccessNeedsDays, "day"))) };

        public RetentionRule<HandOver> HandOvers { get; } =
            new(new("names of colleagues who were offered a place", Job), (db, now) =>
                db.Set<HandOver>().Where(h => db.Set<Application>().Any(a => a.Id == h.ApplicationId && a.Cohort.StartsAt <= now))
            )
            {
                Period = new("The name and address of a colleague who was offered your place", "until they take it, or the course begins"),
                Forget = async (db, due, cancel) =>
                {
                    await db.Set<CourseLink>().Where(l => due.Any(h => h.Id == l.Opens)).ExecuteDeleteAsync(cancel);
                    await due.ExecuteDeleteAsync(cancel);
                },
            };

        public RetentionRule<Application> Applications { get; } = new(new("applications for courses", Job), (db, now) =>
            {
                var before = now.AddMonths(-kept.KeepApplicationMonths);
                return db.Set<Application>()
                    .Where(a =>
                        a.Cohort.EndsAt <= before || a.Cohort.CancelledAt <= before || (a.Cohort.EndsAt == null && a.StateSince <= before)
                    );
            }) { Period = new("Applications, places and attendance", AfterLastSession(Count(kept.KeepApplicationMonths, "month"))) };

        public RetentionRule<Certificate> Certificates { get; } = new(new("certificates", Job), (db, now) =>
            {
                var before = now.AddYears(-kept.KeepCertificateYears);
                return db.Set<Certificate>().Where(c => c.IssuedAt <= before);
            }) { Period = new("Certificates, so that they can be checked", Count(kept.KeepCertificateYears, "year")) };

        public RetentionRule<OutboxMail> Mails { get; } = new(new("mails about courses", Job, MostAtOnce: 2000), (db, now) =>
            {
                var before = now.AddDays(-kept.KeepMailDays);
                return db.Set<OutboxMail>().Where(m => m.Kind.StartsWith("course-") && (m.SentAt <= before || m.GivenUpAt <= before));
            }) { Period = new("Emails about the course", Count(kept.KeepMailDays, "day") + " after they were sent") };

        /// <summary>In the order in which the privacy page says them.</summary>
        public IReadOnlyList<RetentionRule> All => [Interests, Drafts, Needs, HandOvers, Applications, Certificates, Mails];

        /// <summary>Those that are gone through in one write, because little hangs on them.</summary>
        public IReadOnlyList<RetentionRule> AtOnce => [Drafts, Needs, Certificates, HandOvers];
    }
}
