using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Manage;

/// <summary>
/// One part of the organiser's form: shows what is held, and keeps what was typed as the proposed version. All parts do the
/// same round it, so that none can forget to ask for the token.
/// </summary>
public abstract class EventStep(SiteDb db, TimeProvider clock, string title) : PageModel
{
    public Event Event => Hand.Event;
    public EventHand Hand { get; private set; } = null!;
    public string Token { get; private set; } = "";
    protected SiteDb Db => db;

    protected abstract void Show(EventDetails held);

    /// <summary>What was typed, put into the version that is held; what is wrong goes to the model state.</summary>
    protected abstract Task<EventDetails> ReadAsync(EventDetails held, CancellationToken cancel);

    /// <summary>Parts that also hold something that is never public.</summary>
    protected virtual void Keep(Event e)
    {
    }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (!await OpenAsync(token, cancel)) return NotFound();
        Show(Event.Latest);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await OpenAsync(token, cancel)) return NotFound();
        var details = await ReadAsync(Event.Latest, cancel);
        if (!ModelState.IsValid) return Page();
        Keep(Event);
        if (Hand.Staff is { } staff && !details.SameAs(Event.Latest)) db.Record(clock, staff, "changed an event for its organiser", Event.Id.ToString());
        Event.Propose(details, clock.GetUtcNow(), Hand.Who);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Redirect("/events/manage/" + Token);
    }

    async Task<bool> OpenAsync(string token, CancellationToken cancel)
    {
        if (await db.OpenEventAsync(HttpContext, token, cancel) is not { Event.WithdrawnAt: null } hand) return false;
        (Hand, Token) = (hand, token);
        ViewData["Head"] = new PageHead { Title = title, Indexed = false };
        return true;
    }

    /// <summary>Plain text of at most so many characters; what nobody can see is dropped.</summary>
    protected string Text(string field, string? typed, int most, string? needed = null)
    {
        var text = EventText.Clean(typed);
        if (text.Length > most) ModelState.AddModelError(field, $"Please use at most {most.ToString("N0", CultureInfo.InvariantCulture)} characters. You have {text.Length.ToString("N0", CultureInfo.InvariantCulture)}.");
        else if (text.Length == 0 && needed is not null) ModelState.AddModelError(field, needed);
        return text;
    }

    protected string Line(string field, string? typed, int most, string? needed = null) => Text(field, typed, most, needed).Replace('\n', ' ');

    protected string Link(string field, string? typed)
    {
        var text = Line(field, typed, EventDetails.MaxLink);
        if (text.Length == 0) return "";
        if (!EventText.TryLink(text, out var link)) ModelState.AddModelError(field, "Enter a web address that begins with https://");
        return link;
    }
}
