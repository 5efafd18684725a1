using InfantMHWeek.Courses;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>Ticked on a phone in the room; the code lets people tick themselves.</summary>
[FormPage]
public sealed class AttendanceModel(SiteDb db, AttendanceBook book, TimeProvider clock) : PageModel
{
    const int CodeLength = 6;

    public Cohort Cohort { get; private set; } = null!;
    public CourseSession Session { get; private set; } = null!;
    public IReadOnlyList<Person> People { get; private set; } = [];

    [BindProperty] public IList<Guid> Present { get; set; } = [];
    [TempData] public string? Told { get; set; }

    public sealed record Person(Guid Id, string Name, string Organisation, bool Present);

    public async Task<IActionResult> OnGetAsync(Guid id, int number, CancellationToken cancel) => await LoadAsync(id, number, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, int number, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, number, cancel)) return NotFound();
        if (wish == "code" && Session.Code is null)
        {
            Session.Code = CourseWords.Spell(CodeLength);
            db.Record(clock, User, "made the code of a course session", id.ToString());
            await db.SaveChangesAsync(cancel);
        }
        db.ChangeTracker.Clear();
        foreach (var person in People.Where(p => p.Present != Present.Contains(p.Id))) await book.MarkAsync(person.Id, Session.Id, !person.Present, User, cancel);
        Told = "Saved.";
        return Redirect($"/staff/courses/{id}/attendance/{number}");
    }

    async Task<bool> LoadAsync(Guid id, int number, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        Session = Cohort?.Sessions.FirstOrDefault(s => s.Number == number)!;
        if (Session is null) return false;
        People = await db.Set<Application>().Where(a => a.CohortId == id && (a.State == ApplicationState.Held || a.State == ApplicationState.Accepted)).OrderBy(a => a.Name)
            .Select(a => new Person(a.Id, a.Name, a.Organisation, db.Set<Attendance>().Any(t => t.ApplicationId == a.Id && t.SessionId == Session.Id))).ToListAsync(cancel);
        return true;
    }
}
