using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.YourPlace;

[FormPage(byToken: true)]
sealed class DetailsModel(SiteDb db, ApplicationUpdates keeper, TimeProvider clock) : PlacePage(db, clock)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Needs { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public async Task OnGetAsync(CancellationToken cancel) =>
        (Name, Role, Needs) = (
            Place.Name,
            Place.Role,
            await Db.Set<AccessNeeds>().Where(n => n.ApplicationId == Place.Id).Select(n => n.Text).FirstOrDefaultAsync(cancel)
        );

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = ModelState.Line(nameof(Name), Name, Application.NameMaxLength, "Enter your name.");
        var role = ModelState.Line(nameof(Role), Role, Application.RoleMaxLength, missing: null);
        var needs = ModelState.Lines(nameof(Needs), Needs, AccessNeeds.TextMaxLength);
        if (!ModelState.IsValid)
            return Page();
        if (!await keeper.CorrectAsync(Place.Id, name!, role, needs, cancel))
            return NotFound();
        StatusMessage = "Your details are saved.";
        return Redirect(At());
    }
}
