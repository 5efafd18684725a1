using InfantMHWeek.Events;
using InfantMHWeek.Events.Joining;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events.Joining;

/// <summary>Two offers side by side, for a person who says whether they are one event.</summary>
[FormPage]
sealed class CompareModel(SiteDb db, EventJoin desk, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid A { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid B { get; set; }

    /// <summary>The one whose page stays.</summary>
    [BindProperty]
    public Guid Keep { get; set; }

    [BindProperty]
    public int RevisionA { get; set; }

    [BindProperty]
    public int RevisionB { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public Event First { get; private set; } = null!;
    public Event Second { get; private set; } = null!;
    public string? Why { get; private set; }

    /// <summary>Neither has been taken away, so that they can be joined.</summary>
    public bool BothHere => First.WithdrawnAt is null && Second.WithdrawnAt is null;

    public IEnumerable<(string What, string A, string B)> Lines =>
        EventDifference.Lines(First.Latest).Zip(EventDifference.Lines(Second.Latest), (a, b) => (a.What, a.Says, b.Says));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel) || (Keep != A && Keep != B))
            return NotFound();
        var (first, second) = ((A, RevisionA), (B, RevisionB));
        if (await desk.JoinAsync(Keep == A ? first : second, Keep == A ? second : first, User, cancel) is not { } answer)
            return NotFound();
        if (answer.Problem is null)
        {
            StatusMessage = $"{(Keep == A ? First : Second).Latest.Title}: joined. The other’s address leads here now.";
            return Redirect("/staff/events");
        }
        if (!await OpenAsync(cancel))
            return NotFound();
        ModelState.AddModelError("", answer.Problem);
        ModelState.Remove(nameof(RevisionA));
        ModelState.Remove(nameof(RevisionB));
        return Page();
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        var both = await db.Set<Event>().AsNoTracking().Where(e => e.Id == A || e.Id == B).ToListAsync(cancel);
        if (both.Find(e => e.Id == A) is not { } first || both.Find(e => e.Id == B) is not { } second || A == B)
            return false;
        (First, Second) = (first, second);
        var today = clock.Today();
        Why = EventLikeness.Of(first, today).InCommonWith(EventLikeness.Of(second, today))?.Why;
        return true;
    }
}
