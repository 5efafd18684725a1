using System.Text;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>One application: what was said, what happened, and everything a person may ask of us about their data.</summary>
[FormPage]
sealed class PersonModel(SiteDb db, ApplicationIntake intake, ApplicationUpdates keeper, PersonErasure erasure, TimeProvider clock)
    : PageModel
{
    public Application Application { get; private set; } = null!;
    public string? Needs { get; private set; }
    public IReadOnlyList<Choice> OtherGroups { get; private set; } = [];

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public Guid To { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        Note = Application.StaffNote;
        return Page();
    }

    public async Task<IActionResult> OnPostNoteAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var note = ModelState.Lines(nameof(Note), Note, Application.StaffNoteMaxLength);
        if (!ModelState.IsValid)
            return Page();
        await keeper.WriteNoteAsync(id, note, User, cancel);
        return Done(id, "Saved.");
    }

    public async Task<IActionResult> OnPostCarryAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        return Done(
            id,
            OtherGroups.Any(g => g.Value == To.ToString()) && await intake.CarryOverAsync(id, To, User, cancel)
                ? "Carried over. They have been told."
                : "They have an application there already, or that group has begun."
        );
    }

    public async Task<IActionResult> OnPostExportAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        await keeper.RecordExportAsync("saved one person's course data", id, User, cancel);
        return File(Encoding.UTF8.GetBytes(await PersonalDataExport.WriteAsync(db, id, cancel)), "application/json", "course-data.json");
    }

    public async Task<IActionResult> OnPostEraseAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (!Sure)
            ModelState.AddModelError(nameof(Sure), "Tick the box if you are sure.");
        if (!ModelState.IsValid)
            return Page();
        var cohort = Application.CohortId;
        await erasure.ForgetApplicationAsync(id, User, cancel);
        StatusMessage = "Everything about that person is deleted.";
        return Redirect($"/staff/courses/{cohort}/applications");
    }

    RedirectResult Done(Guid id, string told)
    {
        StatusMessage = told;
        return Redirect($"/staff/courses/applications/{id}");
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Application = await db.Set<Application>().Include(a => a.Cohort).Include(a => a.Steps).FirstOrDefaultAsync(a => a.Id == id, cancel)
            ?? null!;
        if (Application is null)
            return false;
        Needs = await db.Set<AccessNeeds>().Where(n => n.ApplicationId == id).Select(n => n.Text).FirstOrDefaultAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        OtherGroups =
        [
            .. (
                await db.Set<Cohort>()
                    .AsNoTracking()
                    .Where(c => c.Id != Application.CohortId && c.Course == Application.Cohort.Course)
                    .ToListAsync(cancel)
            )
                .Where(c => c.OffersPlaces(now))
                .Select(c => new Choice(c.Id.ToString(), c.Name)),
        ];
        return true;
    }
}
