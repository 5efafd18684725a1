using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

/// <summary>The same for everybody who has sent a draft, so that it tells nothing about anybody else.</summary>
[FormPage(byToken: true)]
sealed class SentModel(SiteDb db) : DraftPage(db)
{
    public IActionResult OnGet()
    {
        Title("We have your application");
        return Draft.SentAt is null ? Redirect(At("check")) : Page();
    }
}
