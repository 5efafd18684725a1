using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>Ticked on a phone in the room; the code lets people tick themselves.</summary>
[FormPage]
sealed class AttendanceModel(SiteDb db, AttendanceRegister book) : PageModel
{
    public Cohort Cohort { get; private set; } = null!;
    public CourseSession Session { get; private set; } = null!;
    public IReadOnlyList<Person> People { get; private set; } = [];

    [BindProperty]
    public IList<Guid> Present { get; set; } = [];

    /// <summary>
    /// Who was ticked when the page was opened. Only what differs from it is changed: others may have ticked people since.
    /// </summary>
    [BindProperty]
    public IList<Guid> Shown { get; set; } = [];

    [TempData]
    public string? StatusMessage { get; set; }

    public sealed record Person(Guid Id, string Name, string Organisation, bool Present);

    public async Task<IActionResult> OnGetAsync(Guid id, int number, CancellationToken cancel) =>
        await LoadAsync(id, number, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, int number, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, number, cancel))
            return NotFound();
        if (wish == "code")
            await book.MakeCodeAsync(id, Session.Id, User, cancel);
        var changed = await book.MarkAsync(id, Session.Id, [.. Present.Except(Shown)], [.. Shown.Except(Present)], User, cancel);
        StatusMessage =
            changed == 0
                ? "Saved. Nothing was different."
                : $"Saved. {changed} {(changed == 1 ? "person is" : "people are")} marked otherwise than before.";
        return Redirect($"/staff/courses/{id}/attendance/{number}");
    }

    async Task<bool> LoadAsync(Guid id, int number, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        Session = Cohort?.Sessions.FirstOrDefault(s => s.Number == number)!;
        if (Session is null)
            return false;
        People = await db.Set<Application>()
            .Where(a => a.CohortId == id && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted))
            .OrderBy(a => a.Name)
            .Select(a => new Person(
                a.Id,
                a.Name,
                a.Organisation,
                db.Set<Attendance>().Any(t => t.ApplicationId == a.Id && t.SessionId == Session.Id)
            ))
            .ToListAsync(cancel);
        return true;
    }
}
