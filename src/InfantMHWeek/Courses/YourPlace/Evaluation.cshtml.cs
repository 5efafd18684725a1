using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.YourPlace;

/// <summary>Asks once, after the last session. The answers are kept apart from the person.</summary>
[FormPage(byToken: true)]
sealed class EvaluationModel(SiteDb db, ApplicationUpdates keeper, TimeProvider clock) : PlacePage(db, clock)
{
    public static readonly IReadOnlyList<Choice> Scale =
    [
        new("5", "Very"),
        new("4", "Quite"),
        new("3", "Somewhat"),
        new("2", "A little"),
        new("1", "Not at all"),
    ];

    [BindProperty]
    public int? Useful { get; set; }

    [BindProperty]
    public int? Confident { get; set; }

    [BindProperty]
    public string? Best { get; set; }

    [BindProperty]
    public string? Better { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    bool Open => Place.HasPlace && Cohort.EndsAt <= Now && Place.EvaluatedOn is null;

    public IActionResult OnGet() => Open ? Page() : Redirect(At());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Useful is not (>= 1 and <= 5))
            ModelState.AddModelError(nameof(Useful), "Choose one of these.");
        if (Confident is not (>= 1 and <= 5))
            ModelState.AddModelError(nameof(Confident), "Choose one of these.");
        var best = ModelState.Lines(nameof(Best), Best, Evaluation.TextMaxLength);
        var better = ModelState.Lines(nameof(Better), Better, Evaluation.TextMaxLength);
        if (!ModelState.IsValid)
            return Page();
        var became = await keeper.EvaluateAsync(Place.Id, new(Useful!.Value, Confident!.Value, best, better), cancel);
        StatusMessage = became is RegistrationResult.Done or RegistrationResult.Already
            ? "Thank you. Your answers help us to make the course better."
            : "That is no longer possible. This page shows how things stand now.";
        return Redirect(At());
    }
}
