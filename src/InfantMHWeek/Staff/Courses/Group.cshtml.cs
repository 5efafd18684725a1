using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>One group: its sessions, its rules, and the ways to everything else about it.</summary>
[FormPage]
sealed class GroupModel(SiteDb db, CohortAdministration keeper, CohortCreation groups, HandOvers handOvers, TimeProvider clock) : PageModel
{
    CohortRulesInput Input => new(this);

    public Cohort Cohort { get; private set; } = null!;
    public CohortStage Stage { get; private set; }
    public int Applications { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Places { get; set; }

    [BindProperty]
    public string? PerOrganisation { get; set; }

    [BindProperty]
    public string? OfferHours { get; set; }

    [BindProperty]
    public string? HeadStartHours { get; set; }

    [BindProperty]
    public string? MissedAllowed { get; set; }

    [BindProperty]
    public bool DecideFirst { get; set; }

    [BindProperty]
    public DateFields OpensOn { get; set; } = new();

    [BindProperty]
    public DateFields ClosesOn { get; set; } = new();

    [BindProperty]
    public string? CopyName { get; set; }

    [BindProperty]
    public string? CopyWeeks { get; set; } = "26";

    [TempData]
    public string? StatusMessage { get; set; }

    /// <summary>
    /// The rules as this form showed them. What the person leaves alone stays as it is by then: a colleague may have changed it.
    /// </summary>
    [BindProperty]
    public string? Shown { get; set; }

    /// <summary>Places that people would like to hand to somebody whose address shows no common organisation.</summary>
    public IReadOnlyList<WaitingHandOver> ToDecide { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        Input.Show(Cohort);
        Shown = OriginalValues.Write(Input.Read());
        return Page();
    }

    public async Task<IActionResult> OnPostRulesAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var rules = Input.Read();
        if (rules.ClosesAt <= rules.OpensAt)
            ModelState.AddModelError(nameof(ClosesOn), "The last day must come after the opening.");
        if (!ModelState.IsValid)
            return Page();
        await keeper.ChangeRulesAsync(id, rules, User, OriginalValues.Read<CohortRules>(Shown), cancel);
        StatusMessage = "Saved.";
        return Redirect($"/staff/courses/{id}");
    }

    /// <summary>Whether a place may go to that colleague.</summary>
    public async Task<IActionResult> OnPostHandOverAsync(Guid id, Guid handOver, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        StatusMessage = await handOvers.DecideAsync(handOver, wish == "yes", User, cancel) switch
        {
            RegistrationResult.Done => wish == "yes"
                ? "We have written to the colleague. The place is theirs when they say yes."
                : "The person keeps the place. We have told them.",
            RegistrationResult.TooLate => "The place is not theirs to hand over any more.",
            _ => "Somebody has decided this already, or it was taken back.",
        };
        return Redirect($"/staff/courses/{id}");
    }

    public async Task<IActionResult> OnPostCopyAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        ModelState.Clear();
        var name = ModelState.Line(nameof(CopyName), CopyName, Cohort.NameMaxLength, "Enter a name for the copy.");
        var weeks = ModelState.Number(nameof(CopyWeeks), CopyWeeks, 1, 520);
        if (!ModelState.IsValid)
        {
            await OnGetAsync(id, cancel);
            return Page();
        }
        return Redirect($"/staff/courses/{await groups.CopyAsync(id, name!, weeks, User, cancel)}");
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        if (Cohort is null)
            return false;
        Stage = Cohort.StageAt(clock.GetUtcNow().UtcDateTime);
        Applications = await db.Set<Application>().CountAsync(a => a.CohortId == id, cancel);
        ToDecide = await WaitingHandOvers.OfAsync(db, id, cancel);
        return true;
    }
}
