using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>A place that somebody would like to hand to a colleague, before staff have decided.</summary>
sealed record WaitingHandOver(Guid Id, Guid ApplicationId, string From, string FromEmail, string Organisation, string To, string ToEmail);

static class WaitingHandOvers
{
    /// <summary>Those that staff have to decide, while there is still a place to be handed over.</summary>
    public static IQueryable<HandOver> In(SiteDb db) =>
        db.Set<HandOver>()
            .Where(h =>
                h.AllowedAt == null
                && db.Set<Application>()
                    .Any(a => a.Id == h.ApplicationId && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted))
            );

    /// <summary>Those of one group, with who asks and for whom; the oldest first.</summary>
    public static async Task<IReadOnlyList<WaitingHandOver>> OfAsync(SiteDb db, Guid cohort, CancellationToken cancel) =>
        await In(db)
            .Join(
                db.Set<Application>().Where(a => a.CohortId == cohort),
                h => h.ApplicationId,
                a => a.Id,
                (h, a) => new { HandOver = h, From = a }
            )
            .OrderBy(x => x.HandOver.At)
            .Select(x => new WaitingHandOver(
                x.HandOver.Id,
                x.From.Id,
                x.From.Name,
                x.From.Email.Text,
                x.From.Organisation,
                x.HandOver.Name,
                x.HandOver.Email.Text
            ))
            .ToListAsync(cancel);
}
