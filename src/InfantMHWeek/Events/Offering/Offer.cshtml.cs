using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Offering;

/// <summary>Begins an event: what we accept, and an address to which the link goes.</summary>
[FormPage, PublicForm("offer")]
sealed class OfferModel(FormGuard guard, OrganiserActions desk) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public void OnGet() => Head();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        if (!EmailAddress.TryParse(Email, null, out var address))
            ModelState.AddModelError(
                nameof(Email),
                string.IsNullOrWhiteSpace(Email) ? "Enter your email address." : "Enter an email address like name@example.org."
            );
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, address, cancel) is { } refusal)
            return refusal;
        return Redirect("/events/manage/" + await desk.BeginAsync(address!, guard.FormInstanceId(HttpContext) ?? Guid.NewGuid(), cancel));
    }

    void Head() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Offer an event",
            Summary = "Tell us about a group, talk or meet-up for babies and their families.",
            Path = "/events/offer",
        };
}

/// <summary>For whoever has lost the link.</summary>
[FormPage]
sealed class OfferSentModel : PageModel
{
    public void OnGet() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Check your email",
            Path = "/events/offer/sent",
            Indexed = false,
        };
}
