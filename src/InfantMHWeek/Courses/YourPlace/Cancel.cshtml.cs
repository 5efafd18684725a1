using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.YourPlace;

[FormPage(byToken: true)]
sealed class CancelModel(SiteDb db, CourseRegistrar registrar, TimeProvider clock) : PlacePage(db, clock)
{
    [TempData]
    public string? StatusMessage { get; set; }

    public IActionResult OnGet() => Place.Ended ? Redirect(At()) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await registrar.GiveUpAsync(Place.Id, cancel);
        StatusMessage = "Thank you for telling us.";
        return Redirect(At());
    }
}
