using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.YourPlace;

/// <summary>Behind the link that a colleague got: the place changes hands only when they press the button.</summary>
[FormPage(byToken: true)]
sealed class TakeOverModel(SiteDb db, HandOvers handOvers) : PageModel
{
    public Application Place { get; private set; } = null!;
    public bool Taken { get; private set; }
    Guid id;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel))
            return NotFound();
        switch (await handOvers.TakeAsync(id, cancel))
        {
            case RegistrationResult.Done:
                Taken = true;
                break;
            case RegistrationResult.NotPossible:
                ModelState.AddModelError(
                    "",
                    "You cannot take this place, perhaps because you already have one on this course. Your colleague keeps theirs."
                );
                break;
            default:
                ModelState.AddModelError(
                    "",
                    "This place is no longer on offer to you. If you have just said yes, look at your email: the place is yours."
                );
                break;
        }
        return Page();
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        ViewData["Head"] = new PageHead { Title = "Take a colleague’s place", Indexed = false };
        if (await db.OpenedByAsync(RouteData.Values["token"] as string, LinkPurpose.HandOver, cancel) is not { } opened)
            return false;
        id = opened;
        Place = await db.Set<HandOver>()
            .Where(h => h.Id == opened && h.AllowedAt != null)
            .Join(db.Set<Application>(), h => h.ApplicationId, a => a.Id, (_, a) => a)
            .AsNoTracking()
            .Include(a => a.Cohort)
            .FirstOrDefaultAsync(cancel)
            ?? null!;
        return Place is not null;
    }
}
