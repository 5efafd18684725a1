using System.Globalization;
using System.Text;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>The applications of a group: found, decided one or many at a time, and saved as a file.</summary>
[FormPage]
sealed class ApplicationsModel(SiteDb db, CourseRegistrar registrar, ApplicationUpdates keeper) : PageModel
{
    const int MostShown = 200;
    static readonly Choice All = new("", "All");

    public static readonly IReadOnlyList<Choice> States =
    [
        All,
        .. Enum.GetValues<ApplicationState>().Select(s => new Choice(s.ToString(), CourseLabels.Of(s))),
    ];
    public static readonly IReadOnlyList<Choice> Nations = [All, .. CourseLabels.Nations];

    public Cohort Cohort { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public ApplicationState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Nation { get; set; }

    [BindProperty]
    public IList<Guid> Chosen { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>They have been shown who has a place, and mean to take it back.</summary>
    [BindProperty]
    public bool TakeBack { get; set; }

    /// <summary>Who of those chosen for a no has a place, in words; then the page asks first.</summary>
    public IReadOnlyList<string> HavePlaces { get; private set; } = [];

    [TempData]
    public string? StatusMessage { get; set; }

    public sealed record Row(
        Guid Id,
        string Name,
        string Reference,
        string Organisation,
        ApplicationState State,
        DateTime Since,
        string? SkipReason,
        bool AddressUsed
    );

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDecideAsync(Guid id, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var reason = ModelState.Lines(nameof(Reason), Reason, Cohort.ReasonMaxLength);
        if (Chosen.Count == 0)
            ModelState.AddModelError("", "Choose somebody first.");
        if (!ModelState.IsValid)
            return Page();
        var yes = wish == "yes";
        var asked = await db.Set<Application>()
            .Where(a => a.CohortId == id && Chosen.Contains(a.Id))
            .OrderBy(a => a.Position)
            .Select(a => new
            {
                a.Id,
                a.Name,
                a.State,
            })
            .ToListAsync(cancel);
        if (!yes && !TakeBack)
        {
            HavePlaces =
            [
                .. asked
                    .Where(a => a.State is ApplicationState.Held or ApplicationState.Offered or ApplicationState.Accepted)
                    .Select(a => $"{a.Name}: {CourseLabels.Of(a.State)}"),
            ];
            if (HavePlaces.Count > 0)
                return Page();
        }
        var results = new List<RegistrationResult>();
        foreach (var application in asked)
            results.Add(await registrar.DecideAsync(application.Id, yes, User, reason, TakeBack, cancel));
        StatusMessage = Tell(results, Chosen.Count);
        return Redirect($"/staff/courses/{id}/applications");
    }

    static string Tell(List<RegistrationResult> results, int chosen)
    {
        var (decided, got) = (results.Count(r => r is RegistrationResult.Done), results.Count(r => r is RegistrationResult.HasPlace));
        var other = chosen - decided - got;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{decided} decided{(other > 0 ? $", {other} could not be: somebody has decided, or they have ended it themselves" : "")}."
            )
            + (
                got > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" {got} had got a place meanwhile and keep it: say no again if you mean to take it back."
                    )
                    : ""
            );
    }

    public async Task<IActionResult> OnPostExportAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        await keeper.RecordExportAsync("saved a list of course applications", id, User, cancel);
        var table = await ApplicationsTable.WriteAsync(db, id, cancel);
        return File(Encoding.UTF8.GetBytes(table), "text/csv; charset=utf-8", "applications.csv");
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        if (Cohort is null)
            return false;
        var found = db.Set<Application>().Where(a => a.CohortId == id);
        if (State is { } state)
            found = found.Where(a => a.State == state);
        if (!string.IsNullOrEmpty(Nation))
            found = found.Where(a => a.Nation == Nation);
        found = found.WithWords(Q, a => a.Name, a => a.Organisation, a => a.Reference);
        Total = await found.CountAsync(cancel);
        Rows = await found
            .OrderBy(a => a.Position)
            .Take(MostShown)
            .Select(a => new Row(a.Id, a.Name, a.Reference, a.Organisation, a.State, a.StateSince, a.SkipReason, a.AddressUsedAt != null))
            .ToListAsync(cancel);
        return true;
    }
}
