using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

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

    readonly CourseRetentionRules rules = new(settings.Value);

    public override IReadOnlyList<RetentionRule> Rules => rules.All;

    public static IReadOnlyList<RetentionPeriod> Periods(CourseSettings kept) =>
        [.. new CourseRetentionRules(kept).All.Select(r => r.Period).OfType<RetentionPeriod>()];

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
}
