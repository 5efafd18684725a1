using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

/// <summary>Somebody worries about an event. They need not say who they are.</summary>
[FormPage]
public sealed class ConcernModel(SiteDb db, OfferGuard guard, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Words { get; set; }
    [BindProperty] public string? Website { get; set; }
    [BindProperty] public string? Seal { get; set; }

    public string Name { get; private set; } = "";
    public string Path { get; private set; } = "";
    public bool Sent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, bool sent, CancellationToken cancel)
    {
        Sent = sent;
        return await FindAsync(slug, cancel) is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (await FindAsync(slug, cancel) is not { } id) return NotFound();
        var words = (Words ?? "").Trim();
        if (words.Length is 0 or > EventConcern.MaxWords) ModelState.AddModelError(nameof(Words), words.Length == 0 ? "Tell us what worries you." : $"Please use at most {EventConcern.MaxWords} characters.");
        var answer = ModelState.IsValid ? await guard.CheckAsync(Seal, Website, "concern", null, HttpContext, cancel) : OfferGuard.Answer.Fine;
        if (answer == OfferGuard.Answer.Program) return Redirect($"/events/concern/{slug}?sent=true");
        if (answer != OfferGuard.Answer.Fine) ModelState.AddModelError("", "Please press Send once more. If a child is in danger, call 999 now.");
        if (!ModelState.IsValid)
        {
            ModelState.SetModelValue(nameof(Seal), null, null);
            Seal = guard.IsYoung(Seal) ? Seal : guard.Seal();
            return Page();
        }
        db.Set<EventConcern>().Add(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), EventId = id, At = clock.GetUtcNow().UtcDateTime, Words = words });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/events/concern/{slug}?sent=true");
    }

    async Task<Guid?> FindAsync(string slug, CancellationToken cancel)
    {
        if (await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel) is not { } e) return null;
        (Name, Path) = (e.Live.Title, e.Path);
        if (HttpMethods.IsGet(Request.Method)) Seal = guard.Seal();
        ViewData["Head"] = new PageHead { Title = "Report a concern about an event", Indexed = false };
        return e.Id;
    }
}
