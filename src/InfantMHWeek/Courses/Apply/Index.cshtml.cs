using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Apply;

/// <summary>Where an application begins: what it needs, what happens then, and one button.</summary>
[FormPage(byToken: true), PublicForm("apply", Timed = false)]
sealed class IndexModel(SiteDb db, PublicPages pages, ApplicationDrafts drafts, FormGuard guard, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Early { get; set; }

    [BindProperty]
    public Guid? Cohort { get; set; }

    public string Slug => (string)RouteData.Values["slug"]!;
    public string CourseTitle { get; private set; } = "";
    public IReadOnlyList<OpenCohort> Cohorts { get; private set; } = [];
    public IEnumerable<Choice> Choices => Cohorts.Select(c => new Choice(c.Id.ToString(), c.Name, c.Left));

    public sealed record OpenCohort(Guid Id, string Name, string Left);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel))
            return NotFound();
        if (Cohorts.FirstOrDefault(c => c.Id == Cohort) is not { } chosen)
        {
            ModelState.AddModelError(
                nameof(Cohort),
                Cohorts.Count == 0 ? "Applications for this group closed while you were reading." : "Choose a group."
            );
            return Page();
        }
        if (await guard.RefuseAsync(this, cancel: cancel) is { } refusal)
            return refusal;
        var token = await drafts.StartAsync(chosen.Id, await IsEarlyAsync(cancel), cancel);
        return Redirect($"/courses/{Slug}/apply/{token}/about");
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (pages.TitleOf("/courses/" + Slug) is not { } title)
            return false;
        var (now, early) = (clock.GetUtcNow().UtcDateTime, await IsEarlyAsync(cancel));
        CourseTitle = title;
        ViewData["Head"] = new PageHead { Title = "Apply for the course", Indexed = false };
        var slug = Slug;
        Cohorts =
        [
            .. (
                await db.Set<Courses.Cohorts.Cohort>()
                    .AsNoTracking()
                    .Where(c => c.Course == slug && c.OpensAt != null && c.CancelledAt == null)
                    .OrderBy(c => c.StartsAt)
                    .ToListAsync(cancel)
            )
                .Where(c => c.TakesApplications(now, early))
                .Select(c => new OpenCohort(c.Id, c.Name, CoursePlaces.LeftInWords(c))),
        ];
        return true;
    }

    async Task<bool> IsEarlyAsync(CancellationToken cancel)
    {
        var slug = Slug;
        return Early is not null
            && await db.OpenedByAsync(Early, LinkPurpose.Interest, cancel) is { } interest
            && await db.Set<Interest>().AnyAsync(i => i.Id == interest && i.Course == slug && i.ConfirmedAt != null, cancel);
    }
}
