using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>Who would like to be told when a course opens: registered, confirmed by a mailed link, told once for each opening.</summary>
public sealed class InterestList(SiteDb db, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task RegisterAsync(string course, string title, string name, EmailAddress email, string? organisation, string? nation, CancellationToken cancel = default)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var key = email.Key;
        var known = await db.Set<Interest>().FirstOrDefaultAsync(i => i.Course == course && i.AddressKey == key, cancel);
        var interest = known ?? new Interest { Id = Guid.CreateVersion7(clock.GetUtcNow()), Course = course, Name = name, Email = email, AddressKey = key, Organisation = organisation, Nation = nation, RenewedAt = Now };
        if (known is null) db.Set<Interest>().Add(interest);
        // Nobody but the owner of the address is told that it is on the list already; and at most one mail an hour.
        var about = $"{interest.Id:N}:{Now.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";
        if (!await db.Set<OutboxMail>().AnyAsync(m => m.About == about, cancel))
            Write(interest.ConfirmedAt is null ? "course-interest" : "course-interest-before", about, interest, Values(interest, title));
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Tells those who wait, once, when the head start of a cohort begins.</summary>
    public async Task TellOpeningsAsync(CancellationToken cancel = default)
    {
        var now = Now;
        await using var write = await db.BeginWriteAsync(cancel);
        var opening = (await db.Set<Cohort>().Include(c => c.Sessions).Where(c => c.OpensAt != null && c.InterestToldAt == null && c.CancelledAt == null).ToListAsync(cancel))
            .Where(c => c.HeadStartAt <= now && c.StageAt(now) is CohortStage.Coming or CohortStage.Open);
        foreach (var cohort in opening)
        {
            foreach (var interest in await db.Set<Interest>().Where(i => i.Course == cohort.Course && i.ConfirmedAt != null).ToListAsync(cancel))
                Tell(interest, cohort);
            cohort.InterestToldAt = now;
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    void Tell(Interest interest, Cohort cohort)
    {
        var token = db.NewLink(LinkPurpose.Interest, interest.Id, Now);
        var values = Values(interest, cohort.Title);
        values["group"] = cohort.Name;
        values["opens"] = CoursePost.InWords(cohort.OpensAt!.Value);
        values["early"] = cohort.HeadStartAt <= Now ? "now" : CoursePost.InWords(cohort.HeadStartAt!.Value);
        values["apply"] = address.Of($"/courses/{cohort.Course}/apply?early={token}");
        values["sessions"] = CoursePost.Describe(cohort);
        Write("course-opening", $"{interest.Id:N}:{cohort.Id:N}", interest, values);
    }

    void Write(string kind, string about, Interest interest, Dictionary<string, string> values) =>
        outbox.Queue(kind, about, interest.Email, values, leaveAt: values["link"] + "/leave");

    Dictionary<string, string> Values(Interest interest, string title) => new(StringComparer.Ordinal)
    {
        ["name"] = interest.Name,
        ["course"] = title,
        ["link"] = address.Of($"/courses/{interest.Course}/interest/{db.NewLink(LinkPurpose.Interest, interest.Id, Now)}"),
    };
}
