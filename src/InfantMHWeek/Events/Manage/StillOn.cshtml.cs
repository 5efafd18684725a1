using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Manage;

/// <summary>"Does it still run?" behind a mailed link: one button for each answer, and nothing happens by opening it.</summary>
[FormPage(byToken: true)]
sealed class StillOnModel(SiteDb db, OrganiserActions desk, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Do { get; set; }

    [TempData]
    public string? Told { get; set; }

    public Event Event { get; private set; } = null!;
    public ScheduleSummary When { get; private set; } = null!;
    public string Manage { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        await OpenAsync(token, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is not { } key || Do is not ("yes" or "ended"))
            return NotFound();
        if (await desk.AnswerStillOnAsync(key, Do == "yes", cancel) is not { } done)
            return NotFound();
        Told =
            !done ? "That had already been done. This page shows how things stand now."
            : Do == "yes" ? "Thank you. We will ask again in half a year."
            : "Thank you for telling us. The website shows no further dates.";
        return Redirect("/events/still/" + token);
    }

    async Task<ManageLinkAccess?> OpenAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { Staff: null } key
            || await db.OpenEventAsync(key, cancel) is not { Mailed: true, Event: { IsPublic: true, Live.Schedule.Repeats: true } e }
        )
            return null;
        (Event, Manage) = (e, "/events/manage/" + token);
        When = ScheduleSummary.Of(e.Live!.Schedule, e.DatesUntil, clock.GetUtcNow().UtcDateTime, most: 6);
        ViewData["Head"] = new PageHead
        {
            Title = "Does it still run?",
            Indexed = false,
            IsListing = true,
        };
        return key;
    }
}
