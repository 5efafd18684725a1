using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>All groups at a glance, and what will be deleted next.</summary>
sealed class IndexModel(SiteDb db, CourseRetention retention, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Group> Groups { get; private set; } = [];
    public int Interested { get; private set; }
    public IReadOnlyList<(RetentionPeriod Period, int Due)> Due { get; private set; } = [];

    public sealed record Group(Guid Id, string Name, CohortStage Stage, int Taken, int Places, int Waiting, int ToDecide);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db.Set<Cohort>()
            .AsNoTracking()
            .OrderByDescending(c => c.CreatedAt)
            .Select(c => new
            {
                Cohort = c,
                Waiting = db.Set<Application>().Count(a => a.CohortId == c.Id && a.State == ApplicationState.Waiting),
                ToDecide = db.Set<Application>().Count(a => a.CohortId == c.Id && a.State == ApplicationState.Applied)
                    + WaitingHandOvers.In(db).Count(h => db.Set<Application>().Any(a => a.Id == h.ApplicationId && a.CohortId == c.Id)),
            })
            .ToListAsync(cancel);
        Groups =
        [
            .. found.Select(f => new Group(
                f.Cohort.Id,
                f.Cohort.FullName,
                f.Cohort.StageAt(now),
                f.Cohort.PlacesTaken,
                f.Cohort.Places,
                f.Waiting,
                f.ToDecide
            )),
        ];
        Interested = await db.Set<Interest>().CountAsync(i => i.ConfirmedAt != null, cancel);
        Due = await retention.DueAsync(now.AddDays(7), cancel);
    }
}
