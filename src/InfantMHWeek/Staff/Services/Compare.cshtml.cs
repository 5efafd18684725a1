using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Services;

/// <summary>Two listings side by side, for a person who says whether they are one. Secret addresses stand in neither.</summary>
[FormPage]
sealed class CompareModel(SiteDb db, ServiceModeration desk) : PageModel
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

    public FamilyService First { get; private set; } = null!;
    public FamilyService Second { get; private set; } = null!;
    public string? Why { get; private set; }

    public IEnumerable<(string What, string A, string B)> Lines =>
        ServiceDifference
            .Lines(First.Latest.ForPublic())
            .Zip(ServiceDifference.Lines(Second.Latest.ForPublic()), (a, b) => (a.What, a.Says, b.Says));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel) || (Keep != A && Keep != B))
            return NotFound();
        var (first, second) = ((A, RevisionA), (B, RevisionB));
        var answer = await desk.JoinAsync(Keep == A ? first : second, Keep == A ? second : first, User, cancel);
        if (answer == Decision.Done)
        {
            StatusMessage = $"{(Keep == A ? First : Second).Latest.Title}: joined. The other’s address leads here now.";
            return Redirect("/staff/services");
        }
        if (answer is null || !await OpenAsync(cancel))
            return NotFound();
        ModelState.AddModelError(
            "",
            answer == Decision.NotPossible
                ? "Nothing was changed: the one that stays must be on the website, and what a service looks after itself stays before what "
                    + "others listed of it."
                : answer.Value.InWords()
        );
        ModelState.Remove(nameof(RevisionA));
        ModelState.Remove(nameof(RevisionB));
        return Page();
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        var both = await db.Set<FamilyService>()
            .AsNoTracking()
            .Where(s => (s.Id == A || s.Id == B) && s.WithdrawnAt == null)
            .ToListAsync(cancel);
        if (both.Find(s => s.Id == A) is not { } first || both.Find(s => s.Id == B) is not { } second || A == B)
            return false;
        (First, Second) = (first, second);
        Why = ServiceLikeness.Of(first.Latest).InCommonWith(ServiceLikeness.Of(second.Latest));
        return true;
    }
}
