using System.Globalization;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Interests;

/// <summary>Who would like to be told when a course opens: registered, confirmed by a mailed link, told once for each opening.</summary>
sealed class InterestList(SiteStore store, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Registers somebody, or finds that they are on the list already.</summary>
    public Task RegisterAsync(
        string course,
        string title,
        string name,
        EmailAddress email,
        string? organisation,
        string? nation,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var key = email.Key;
                var interest = await db.Set<Interest>().FirstOrDefaultAsync(i => i.Course == course && i.AddressKey == key, cancel);
                if (interest is null)
                {
                    interest = new()
                    {
                        Id = Guid.CreateVersion7(clock.GetUtcNow()),
                        Course = course,
                        Name = name,
                        Email = email,
                        AddressKey = key,
                        Organisation = organisation,
                        Nation = nation,
                        RenewedAt = Now,
                    };
                    db.Set<Interest>().Add(interest);
                }
                // Nobody but the owner of the address is told that it is on the list already; and at most one mail an hour.
                var about = $"{interest.Id:N}:{Now.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";
                if (await db.Set<OutboxMail>().AnyAsync(m => m.About == about, cancel))
                    return;
                await WriteAsync(
                    db,
                    interest.ConfirmedAt is null ? "course-interest" : "course-interest-before",
                    about,
                    interest,
                    Values(db, interest, title),
                    cancel
                );
            },
            cancel
        );

    /// <summary>The link in the mail was used: the person wants to be told, or to be kept for longer.</summary>
    public Task ConfirmAsync(Guid id, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.Set<Interest>().FirstOrDefaultAsync(i => i.Id == id, cancel) is { } interest)
                    interest.Confirm(Now);
            },
            cancel
        );

    /// <summary>Tells those who wait, once, when the head start of a cohort begins.</summary>
    public Task TellOpeningsAsync(CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var now = Now;
                var opening = (
                    await db.Set<Cohort>()
                        .Include(c => c.Sessions)
                        .Where(c => c.OpensAt != null && c.InterestToldAt == null && c.CancelledAt == null)
                        .ToListAsync(cancel)
                ).Where(c => c.HeadStartAt <= now && c.StageAt(now) is CohortStage.Coming or CohortStage.Open);
                foreach (var cohort in opening)
                {
                    var course = cohort.Course;
                    foreach (
                        var interest in await db.Set<Interest>().Where(i => i.Course == course && i.ConfirmedAt != null).ToListAsync(cancel)
                    )
                        await TellAsync(db, interest, cohort, cancel);
                    cohort.InterestToldAt = now;
                }
            },
            cancel
        );

    async Task TellAsync(SiteDb db, Interest interest, Cohort cohort, CancellationToken cancel)
    {
        var token = db.NewLink(LinkPurpose.Interest, interest.Id, Now);
        var values = Values(db, interest, cohort.Title);
        values["group"] = cohort.Name;
        values["opens"] = TimeInWords.WithWeekday(cohort.OpensAt!.Value);
        values["early"] = cohort.HeadStartAt <= Now ? "now" : TimeInWords.WithWeekday(cohort.HeadStartAt!.Value);
        values["apply"] = address.Of($"/courses/{cohort.Course}/apply?early={token}");
        values["sessions"] = CourseMailWords.Describe(cohort);
        await WriteAsync(db, "course-opening", $"{interest.Id:N}:{cohort.Id:N}", interest, values, cancel);
    }

    Task<OutboxMail> WriteAsync(
        SiteDb db,
        string kind,
        string about,
        Interest interest,
        Dictionary<string, string> values,
        CancellationToken cancel
    ) => outbox.QueueAsync(db, kind, about, interest.Email, values, leaveAt: values["link"] + "/leave", cancel: cancel);

    Dictionary<string, string> Values(SiteDb db, Interest interest, string title) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = interest.Name,
            ["course"] = title,
            ["link"] = address.Of($"/courses/{interest.Course}/interest/{db.NewLink(LinkPurpose.Interest, interest.Id, Now)}"),
        };
}
