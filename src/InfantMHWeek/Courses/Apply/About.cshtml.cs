using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

/// <summary>First whether the course is for them: nobody fills in pages for nothing.</summary>
[FormPage(byToken: true)]
sealed class AboutModel(SiteDb db) : DraftPage(db)
{
    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public IList<string> WorksWith { get; set; } = [];

    [BindProperty]
    public string? Nation { get; set; }

    public void OnGet() => (Kind, WorksWith, Nation) = (Answers.Kind, [.. Answers.WorksWith], Answers.Nation);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!CourseLabels.IsOneOf(CourseLabels.Kinds, Kind))
            ModelState.AddModelError(nameof(Kind), "Choose the kind of organisation.");
        var with = CourseLabels.WorksWith.Select(c => c.Value).Where(WorksWith.Contains).ToList();
        if (with.Count == 0)
            ModelState.AddModelError(nameof(WorksWith), "Choose who your organisation works with.");
        else if (with.Contains("none") && with.Count > 1)
            ModelState.AddModelError(nameof(WorksWith), "Choose either “None of these” or the others.");
        if (!CourseLabels.IsOneOf(CourseLabels.Nations, Nation))
            ModelState.AddModelError(nameof(Nation), "Choose where your organisation does most of its work.");
        if (!ModelState.IsValid)
            return Page();
        var (kind, nation) = (Kind, Nation);
        return await KeepAsync(answers => answers with { Kind = kind, WorksWith = with, Nation = nation }, "you");
    }
}
