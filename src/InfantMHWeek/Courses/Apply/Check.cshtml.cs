using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class CheckModel(SiteDb db, ApplicationIntake intake) : DraftPage(db)
{
    [BindProperty]
    public bool Agreed { get; set; }

    public IActionResult OnGet()
    {
        Title("Check your answers");
        return FirstMissing(Answers) is { } missing ? Redirect(At(missing)) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (FirstMissing(Answers) is { } missing)
            return Redirect(At(missing));
        if (!Agreed)
            ModelState.AddModelError(nameof(Agreed), "Tick the box if you agree. We may not use your details without your agreement.");
        if (ModelState.IsValid && await intake.ApplyAsync(Draft.Hash, cancel) is RegistrationResult.Closed)
            ModelState.AddModelError(
                "",
                "Applications closed while you were writing, so we could not take yours. Your answers are kept. You can "
                    + "register your interest on the course page."
            );
        Title("Check your answers");
        return ModelState.IsValid ? Redirect(At("sent")) : Page();
    }
}
