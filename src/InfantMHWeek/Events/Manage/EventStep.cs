using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Manage;

/// <summary>
/// One part of the organiser's form: shows what is held, and keeps what was typed as the proposed version. All parts do the
/// same round it, so that none can forget to ask for the token.
/// </summary>
abstract class EventStep(SiteDb db, OrganiserActions desk, string title) : PageModel
{
    /// <summary>As it was when the page was asked for: to be shown, never to decide on.</summary>
    public Event Event => Hand.Event;
    public ManagedEvent Hand { get; private set; } = null!;
    public string Token { get; private set; } = "";

    protected abstract void Show(EventDetails held);

    /// <summary>
    /// What was typed, as a change to the version that is held when it is written; what is wrong goes to the model state.
    /// </summary>
    /// <param name="shown">The version that is held now.</param>
    protected abstract Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel);

    /// <summary>Nothing is to be kept yet: what was typed is shown again, with what it comes to.</summary>
    protected virtual bool OnlyShow => false;

    /// <summary>Parts that also hold something that is never public.</summary>
    protected virtual void Keep(Event e) { }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key || !await OpenAsync(key, token, cancel))
            return this.Unopened(token);
        Show(Event.Latest);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key || !await OpenAsync(key, token, cancel))
            return this.Unopened(token);
        var change = await ReadAsync(Event.Latest, cancel);
        if (!ModelState.IsValid || OnlyShow)
            return Page();
        if (await desk.ChangeAsync(key, change, Keep, cancel))
            return Redirect("/events/manage/" + Token);
        this.RefuseTooLate("event");
        return Page();
    }

    async Task<bool> OpenAsync(ManageLinkAccess key, string token, CancellationToken cancel)
    {
        // Whoever was typing when it was taken away loses no word.
        if (
            await db.OpenEventAsync(key, cancel) is not { } hand
            || (hand.Event.WithdrawnAt is not null && !HttpMethods.IsPost(Request.Method))
        )
            return false;
        (Hand, Token) = (hand, token);
        ViewData["Head"] = new PageHead { Title = title, Indexed = false };
        return true;
    }

    protected string Text(string field, string? typed, int most, string? needed = null) => ModelState.ShownText(field, typed, most, needed);

    protected string Line(string field, string? typed, int most, string? needed = null) => ModelState.ShownLine(field, typed, most, needed);

    protected string Link(string field, string? typed) => ModelState.ShownLink(field, typed);
}
