using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class OrganisationModel(SiteDb db) : DraftPage(db)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? CharityNumber { get; set; }

    public void OnGet() => (Name, CharityNumber) = (Answers.Organisation, Answers.CharityNumber);

    public async Task<IActionResult> OnPostAsync()
    {
        var name = ModelState.Line(nameof(Name), Name, Application.OrganisationMaxLength, "Enter the name of your organisation.");
        var number = ModelState.Line(nameof(CharityNumber), CharityNumber, Application.CharityNumberMaxLength, missing: null);
        return ModelState.IsValid
            ? await KeepAsync(answers => answers with { Organisation = name, CharityNumber = number }, "colleagues")
            : Page();
    }
}
