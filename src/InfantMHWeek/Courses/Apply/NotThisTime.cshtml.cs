using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class NotThisTimeModel(SiteDb db) : DraftPage(db)
{
    public string? Reason { get; private set; }

    public IActionResult OnGet()
    {
        Title("Not this time");
        Reason = CourseLabels.NotThisTime(Answers);
        return Reason is null ? Redirect(At("about")) : Page();
    }
}
