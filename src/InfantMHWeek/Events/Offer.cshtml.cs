using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events;

/// <summary>Begins an event: what we accept, and an address to which the link goes.</summary>
[FormPage]
public sealed class OfferModel(SiteDb db, OfferGuard guard, EventPost post, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Website { get; set; }
    [BindProperty] public string? Seal { get; set; }

    public void OnGet() => Show();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(Email, null, out var address))
            ModelState.AddModelError(nameof(Email), string.IsNullOrWhiteSpace(Email) ? "Enter your email address." : "Enter an email address like name@example.org.");
        var answer = ModelState.IsValid ? await guard.CheckAsync(Seal, Website, "offer", address, HttpContext, cancel) : OfferGuard.Answer.Fine;
        // A program is told what it expects to hear.
        if (answer == OfferGuard.Answer.Program) return Redirect("/events/offer/sent");
        if (answer == OfferGuard.Answer.TooQuick) ModelState.AddModelError("", "This form was open for too long, or sent very quickly. Please press Continue once more.");
        if (answer == OfferGuard.Answer.TooMany) ModelState.AddModelError("", "Many events have just been begun from here. Please try again in ten minutes.");
        if (!ModelState.IsValid)
        {
            Show();
            return Page();
        }
        var now = clock.GetUtcNow();
        var e = Event.Start(address!, now);
        db.Set<Event>().Add(e);
        var token = db.NewEventLink(e, mailed: false, now.UtcDateTime);
        post.Started(e);
        await db.SaveChangesAsync(cancel);
        return Redirect("/events/manage/" + token);
    }

    void Show()
    {
        // Whoever was quick keeps the time at which they began: pressing once more a second later is slow enough.
        Seal = guard.IsYoung(Seal) ? Seal : guard.Seal();
        ModelState.SetModelValue(nameof(Seal), null, null);
        ViewData["Head"] = new PageHead { Title = "Offer an event", Summary = "Tell us about a group, talk or meet-up for babies and their families.", Path = "/events/offer" };
    }
}

/// <summary>What a program is shown that filled in everything, and whoever lost the link.</summary>
[FormPage]
public sealed class OfferSentModel : PageModel
{
    public void OnGet() => ViewData["Head"] = new PageHead { Title = "Check your email", Path = "/events/offer/sent", Indexed = false };
}
