using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>The page behind the link of a mail about an interest: to confirm, to stay longer, to leave with one press.</summary>
[FormPage(byToken: true)]
sealed class InterestLinkModel(SiteDb db, InterestList list, PersonErasure erasure, IOptions<CourseSettings> settings) : PageModel
{
    public Interest Interest { get; private set; } = null!;
    public string KeptUntil => UkTime.DayOf(Interest.RenewedAt.AddMonths(settings.Value.KeepInterestMonths)).InWords();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel))
            return NotFound();
        if (wish == "leave")
        {
            await erasure.ForgetInterestAsync(Interest.Id, cancel);
            return RedirectToPage("/Courses/Gone");
        }
        await list.ConfirmAsync(Interest.Id, cancel);
        return Redirect(Request.Path);
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        ViewData["Head"] = new PageHead { Title = "Your interest in the course", Indexed = false };
        var slug = RouteData.Values["slug"] as string;
        Interest = await FindAsync(db, slug, RouteData.Values["token"] as string, cancel) ?? null!;
        return Interest is not null;
    }

    public static async Task<Interest?> FindAsync(SiteDb db, string? slug, string? token, CancellationToken cancel) =>
        await db.OpenedByAsync(token, LinkPurpose.Interest, cancel) is { } id
            ? await db.Set<Interest>().FirstOrDefaultAsync(i => i.Id == id && i.Course == slug, cancel)
            : null;
}
