using System.Globalization;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.AsOf;

/// <summary>Choosing a moment to see the site at.</summary>
sealed class AsOfChoiceModel(TimeProvider clock) : PageModel
{
    public string At { get; private set; } = "";
    public bool Drafts { get; private set; }

    public IActionResult OnGet(string? at, bool drafts)
    {
        (At, Drafts) = (
            at ?? UkTime.FromUtc(clock.GetUtcNow().UtcDateTime).AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            drafts
        );
        if (at is null)
            return Page();
        if (
            DateTime.TryParseExact(
                at,
                ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var wall
            )
        )
            return Redirect($"/staff/as-of/{SiteAsOf.Write(wall, drafts)}");
        ModelState.AddModelError("at", "Write the UK time as year-month-day and hour:minute, such as 2026-06-08 09:00.");
        return Page();
    }
}
