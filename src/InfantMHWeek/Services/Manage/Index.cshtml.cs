using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Manage;

/// <summary>All services that one link opens.</summary>
[FormPage(byToken: true)]
sealed class IndexModel(SiteDb db, ServiceActions desk) : PageModel
{
    public IReadOnlyList<ManagedService> Hands { get; private set; } = [];
    public string Token { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenServicesAsync(key, cancel) is not { Count: > 0 } hands
        )
            return this.Unopened(token);
        // What was taken away is shown where there is nothing else.
        (Hands, Token) = (hands.Where(h => h.Service.WithdrawnAt is null).ToList() is { Count: > 0 } there ? there : hands, token);
        // With one service there is nothing to choose.
        if (Hands.Count == 1)
            return Redirect($"/services/manage/{token}/{Hands[0].Service.Id}");
        ViewData["Head"] = new PageHead { Title = "Your services", Indexed = false };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel) =>
        await HttpContext.ActingKeyAsync(token, StaffRole.Events) is { } key && await desk.AnotherAsync(key, cancel) is { } id
            ? Redirect($"/services/manage/{token}/{id}")
            : this.Unopened(token);
}
