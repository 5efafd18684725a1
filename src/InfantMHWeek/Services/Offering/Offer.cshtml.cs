using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Offering;

/// <summary>Begins a service: what we accept, and an address to which the link goes.</summary>
[FormPage, PublicForm("service-offer")]
sealed class OfferModel(FormGuard guard, ServiceActions desk) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public void OnGet() => Head();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        var address = ModelState.Address(nameof(Email), Email, Email);
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, address, cancel) is { } refusal)
            return refusal;
        return Redirect("/services/manage/" + await desk.BeginAsync(address!, guard.FormInstanceId(HttpContext) ?? Guid.NewGuid(), cancel));
    }

    void Head() =>
        ViewData["Head"] = new PageHead
        {
            Title = "List your service",
            Summary = "Tell families about your service for babies, parents and carers.",
            Path = "/services/offer",
        };
}
