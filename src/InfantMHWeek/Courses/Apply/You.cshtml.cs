using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class YouModel(SiteDb db) : DraftPage(db)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The address that the page asked about before.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    /// <summary>The trap.</summary>
    [BindProperty]
    public string? Website { get; set; }

    public void OnGet() => (Name, Email, Role) = (Answers.Name, Answers.Email, Answers.Role);

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Trap(Website);
        var name = ModelState.Line(nameof(Name), Name, Application.NameMaxLength, "Enter your name.");
        var email = ModelState.Address(nameof(Email), Email, Seen);
        var role = ModelState.Line(nameof(Role), Role, Application.RoleMaxLength, missing: null);
        return ModelState.IsValid
            ? await KeepAsync(answers => answers with { Name = name, Email = email!.Text, Role = role }, "organisation")
            : Page();
    }
}
