using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>Somebody would like to be told when the course opens. The answer is the same whether the address is new or known.</summary>
[FormPage, PublicForm("interest")]
sealed class RegisterInterestModel(PublicPages pages, InterestList list, FormGuard guard, IOptions<CourseSettings> settings) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Seen { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Nation { get; set; }

    public string Slug => (string)RouteData.Values["slug"]!;
    public string? CourseTitle => pages.TitleOf("/courses/" + Slug);
    public bool Sent => Request.Query.ContainsKey("sent");
    public int HeadStart => settings.Value.HeadStartHours;
    public int Months => settings.Value.KeepInterestMonths;

    public IActionResult OnGet()
    {
        Head();
        return CourseTitle is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        if (CourseTitle is not { } title)
            return NotFound();
        var name = ModelState.Line(nameof(Name), Name, Application.NameMaxLength, "Enter your name.");
        var email = ModelState.Address(nameof(Email), Email, Seen);
        var organisation = ModelState.Line(nameof(Organisation), Organisation, Application.OrganisationMaxLength, missing: null);
        if (Nation is { Length: > 0 } && !CourseLabels.IsOneOf(CourseLabels.Nations, Nation))
            ModelState.AddModelError(nameof(Nation), "Choose one of these.");
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, email, cancel) is { } refusal)
            return refusal;
        await list.RegisterAsync(Slug, title, name!, email!, organisation, string.IsNullOrEmpty(Nation) ? null : Nation, cancel);
        return Redirect($"/courses/{Slug}/interest?sent");
    }

    void Head() => ViewData["Head"] = new PageHead { Title = "Register your interest", Indexed = false };
}
