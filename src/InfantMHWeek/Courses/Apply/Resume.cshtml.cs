using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

/// <summary>Where the mailed link of a draft leads: to the first page that is not answered yet.</summary>
[FormPage(byToken: true)]
sealed class ResumeModel(SiteDb db) : DraftPage(db)
{
    public IActionResult OnGet() => Redirect(At(FirstMissing(Answers) ?? "check"));
}
