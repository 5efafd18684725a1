using System.Globalization;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>Cancelling asks twice: the mail is shown before it can be sent.</summary>
[FormPage]
sealed class CancelModel(SiteDb db, CohortAdministration keeper, IMailWordings wordings) : PageModel
{
    public Cohort Cohort { get; private set; } = null!;
    public int WouldBeTold { get; private set; }
    public string? Preview { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var reason = ModelState.Lines(nameof(Reason), Reason, Cohort.ReasonMaxLength, "Write what they should be told.");
        if (!ModelState.IsValid)
            return Page();
        if (wish != "cancel")
        {
            Preview = CourseMailPreview.Of(wordings, "course-cancelled", Cohort, "reason", reason!);
            return Page();
        }
        var told = await keeper.CancelAsync(id, reason, User, cancel);
        StatusMessage = string.Create(CultureInfo.InvariantCulture, $"The group is cancelled. {told} mails are on their way.");
        return Redirect($"/staff/courses/{id}");
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.CancelledAt == null, cancel) ?? null!;
        WouldBeTold = Cohort is null ? 0 : await CohortAdministration.UnderWay(db, id).CountAsync(cancel);
        return Cohort is not null;
    }
}
