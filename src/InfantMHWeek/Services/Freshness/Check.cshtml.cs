using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Freshness;

/// <summary>"Is this still right?" behind a mailed link: one button for each answer, and nothing happens by opening it.</summary>
[FormPage(byToken: true)]
sealed class CheckModel(SiteDb db, ServiceActions desk) : PageModel
{
    [BindProperty]
    public string? Do { get; set; }

    [TempData]
    public string? Told { get; set; }

    public FamilyService Service { get; private set; } = null!;
    public string Manage { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        await OpenAsync(token, cancel) is null ? await GoneAsync(token, cancel) : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is not { } key)
            return await GoneAsync(token, cancel);
        if (Do is not ("right" or "close" or "reopen"))
            return NotFound();
        if (await desk.ActAsync(key, Service.Id, Do, cancel) is not { } done)
            return NotFound();
        Told =
            !done ? "That had already been done. This page shows how things stand now."
            : Do == "close" ? "Thank you for telling us. The page now says that the service has closed."
            : Do == "reopen" ? "Thank you. The page shows the service as open again."
            : "Thank you. The page now says that you checked it today. We will ask again in half a year.";
        return Redirect("/services/check/" + token);
    }

    /// <summary>A service that was taken away asks nothing any more; the page behind the same link says what became of it.</summary>
    async Task<IActionResult> GoneAsync(string token, CancellationToken cancel) =>
        await HttpContext.ActingKeyAsync(token, StaffRole.Events) is { Staff: null } key
        && await db.OpenServicesAsync(key, cancel) is [{ Mailed: true, Service: { WithdrawnAt: not null } gone }, ..]
            ? Redirect($"/services/manage/{token}/{gone.Id}")
            : NotFound();

    async Task<ManageLinkAccess?> OpenAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { Staff: null } key
            || await db.OpenServicesAsync(key, cancel) is not [{ Mailed: true, Service.IsPublic: true } hand, ..]
        )
            return null;
        (Service, Manage) = (hand.Service, $"/services/manage/{token}/{hand.Service.Id}");
        ViewData["Head"] = new PageHead
        {
            Title = "Is this still right?",
            Indexed = false,
            IsListing = true,
        };
        return key;
    }
}
