using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Courses;

[FormPage]
sealed class NewModel(Snapshot site, CohortCreation groups, IOptions<CourseSettings> settings) : PageModel
{
    const int MostSessions = 52;

    [BindProperty]
    public string? Course { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Places { get; set; }

    [BindProperty]
    public string? Sessions { get; set; } = "6";

    [BindProperty]
    public DateFields First { get; set; } = new();

    [BindProperty]
    public string? Starts { get; set; }

    [BindProperty]
    public string? Ends { get; set; }

    public IReadOnlyList<Choice> Courses =>
        [.. site.Pages.Values.Where(p => p.Kind == PageKind.Course).Select(p => new Choice(p.Path["/courses/".Length..], p.Title))];

    public void OnGet() => Course = Courses is [var only] ? only.Value : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var course = Courses.FirstOrDefault(c => c.Value == Course);
        if (course is null)
            ModelState.AddModelError(nameof(Course), "Choose a course.");
        var name = ModelState.Line(nameof(Name), Name, Cohort.NameMaxLength, "Enter a name for the group.");
        var places = ModelState.Number(nameof(Places), Places, 1, Cohort.MostPlaces);
        var count = ModelState.Number(nameof(Sessions), Sessions, 1, MostSessions);
        if (!First.TryRead(out var first))
            ModelState.AddModelError(nameof(First), "Enter a real date.");
        var (starts, ends) = ModelState.Times(nameof(Starts), Starts, nameof(Ends), Ends);
        if (!ModelState.IsValid)
            return Page();
        var id = await groups.CreateAsync(
            course!.Value,
            course.Label,
            name!,
            places,
            settings.Value,
            [.. Enumerable.Range(0, count).Select(n => (first.AddDays(7 * n), starts, ends))],
            User,
            cancel
        );
        return Redirect(string.Create(CultureInfo.InvariantCulture, $"/staff/courses/{id}"));
    }
}
