using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

[FormPage]
sealed class SessionModel(SiteDb db, CohortAdministration keeper, IMailWordings wordings) : PageModel
{
    public Cohort Cohort { get; private set; } = null!;
    public int Number { get; private set; }
    public int WouldBeTold { get; private set; }
    public string Preview => wordings.Find("course-session-moved").Markdown;

    [BindProperty]
    public DateFields Date { get; set; } = new();

    [BindProperty]
    public string? Starts { get; set; }

    [BindProperty]
    public string? Ends { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? OnlineLink { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    /// <summary>
    /// The session as this form showed it. What the person leaves alone stays as it is by then: a colleague may have changed it.
    /// </summary>
    [BindProperty]
    public string? Shown { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, int number, CancellationToken cancel)
    {
        if (await LoadAsync(id, number, cancel) is not { } session)
            return NotFound();
        (Date, Starts, Ends, Place, OnlineLink) = (
            DateFields.Of(session.Date),
            TimeInput.InWords(session.Starts),
            TimeInput.InWords(session.Ends),
            session.Place,
            session.OnlineLink
        );
        Shown = OriginalValues.Write(new SessionDetails(session.Date, session.Starts, session.Ends, session.Place, session.OnlineLink));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int number, CancellationToken cancel)
    {
        if (await LoadAsync(id, number, cancel) is null)
            return NotFound();
        if (!Date.TryRead(out var date))
            ModelState.AddModelError(nameof(Date), "Enter a real date.");
        var (starts, ends) = ModelState.Times(nameof(Starts), Starts, nameof(Ends), Ends);
        var place = ModelState.Line(nameof(Place), Place, CourseSession.PlaceMaxLength, missing: null);
        var link = ModelState.Line(nameof(OnlineLink), OnlineLink, CourseSession.LinkMaxLength, missing: null);
        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
            ModelState.AddModelError(nameof(OnlineLink), "Enter a whole address that begins with https://");
        if (!ModelState.IsValid)
            return Page();
        if (
            await keeper.MoveAsync(
                id,
                number,
                new(date, starts, ends, place, link),
                OriginalValues.Read<SessionDetails>(Shown),
                User,
                cancel
            )
            is not { } told
        )
        {
            ModelState.AddModelError(
                nameof(Starts),
                "On that day the clocks change, and this time does not come exactly once. Choose another."
            );
            return Page();
        }
        StatusMessage =
            told == 0 ? "Saved. Nobody had to be told." : $"Saved. {told} {(told == 1 ? "person is" : "people are")} being told.";
        return Redirect($"/staff/courses/{id}");
    }

    async Task<CourseSession?> LoadAsync(Guid id, int number, CancellationToken cancel)
    {
        Number = number;
        Cohort = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        WouldBeTold = await db.Set<Application>()
            .CountAsync(
                a =>
                    a.CohortId == id
                    && (a.State == ApplicationState.Held || a.State == ApplicationState.Offered || a.State == ApplicationState.Accepted),
                cancel
            );
        return Cohort?.Sessions.FirstOrDefault(s => s.Number == number);
    }
}
