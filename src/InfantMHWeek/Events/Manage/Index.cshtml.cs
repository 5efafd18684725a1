using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Manage;

/// <summary>An organiser's event: what is still to do, what staff said, and what can be done with it.</summary>
[FormPage(byToken: true)]
public sealed class IndexModel(SiteDb db, EventPost post, TimeProvider clock) : PageModel
{
    public static readonly IReadOnlyList<(string Step, string Label)> Parts =
        [("what", "What it is"), ("dates", "When it is"), ("place", "Where it is"), ("audience", "Whom it is for, and what is there"), ("booking", "Cost and booking"), ("organiser", "Who organises it")];

    [BindProperty] public string? Words { get; set; }
    [BindProperty] public bool Declared { get; set; }
    [BindProperty] public string? Do { get; set; }

    public Event Event { get; private set; } = null!;
    public string Token { get; private set; } = "";
    public bool Mailed { get; private set; }
    public IReadOnlySet<string> Missing { get; private set; } = new HashSet<string>(StringComparer.Ordinal);
    public bool Over { get; private set; }

    /// <summary>Public events at the same place and about the same days: perhaps the same one.</summary>
    public IReadOnlyList<PublicEvent> Alike { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => await OpenAsync(token, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await OpenAsync(token, cancel)) return NotFound();
        var (now, words) = (clock.GetUtcNow(), (Words ?? "").Trim());
        if (words.Length > Event.MaxWords) ModelState.AddModelError(nameof(Words), $"Please use at most {Event.MaxWords} characters.");
        if (Do == "send" && !Declared) ModelState.AddModelError(nameof(Declared), "Please confirm this before you send it.");
        if (Do == "report" && words.Length == 0) ModelState.AddModelError(nameof(Words), "Tell us in a few words how it went.");
        if (!ModelState.IsValid) return Page();

        // Whoever presses a button behind the mailed link reads that mail.
        if (Mailed && Event.Confirm(now) && Event.Waiting) post.Received(Event);
        var to = "/events/manage/" + Token;
        switch (Do)
        {
            case "send" when Event.Send(now) == Decision.Done && Event.Waiting: post.Received(Event); break;
            case "cancel": Event.Cancel(Event.Organiser, words, now); break;
            case "postpone": Event.Postpone(Event.Organiser, words, now); break;
            case "withdraw": Event.Withdraw(Event.Organiser, words, now); break;
            case "report" when Over: Event.Report(words, now); break;
            case "copy" when Mailed: to = "/events/manage/" + Copy(now); break;
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Redirect(to);
    }

    /// <summary>The same without its dates, as a new draft of the same organiser.</summary>
    string Copy(DateTimeOffset now)
    {
        var copy = Event.Start(Event.Contact, now, Event.Latest with { Schedule = Schedule.None });
        (copy.ContactName, copy.ContactPhone) = (Event.ContactName, Event.ContactPhone);
        copy.Confirm(now);
        db.Set<Event>().Add(copy);
        return db.NewEventLink(copy, mailed: true, now.UtcDateTime);
    }

    async Task<bool> OpenAsync(string token, CancellationToken cancel)
    {
        if (await db.OpenEventAsync(token, cancel) is not var (e, mailed)) return false;
        (Event, Token, Mailed) = (e, token, mailed);
        Missing = e.Latest.Missing().ToHashSet(StringComparer.Ordinal);
        Over = e.Live is { } live && live.Schedule.All().All(t => t.EndUtc < clock.GetUtcNow().UtcDateTime);
        if (e.SentAt is null) Alike = await AlikeAsync(e, cancel);
        ViewData["Head"] = new PageHead { Title = "Your event", Indexed = false };
        return true;
    }

    async Task<IReadOnlyList<PublicEvent>> AlikeAsync(Event e, CancellationToken cancel)
    {
        if (e.Latest is not { Point: { } point, Schedule.Times.Count: > 0 }) return [];
        var (cell, day) = (Places.Grid.CellOf(point), e.Latest.Schedule.Times[0].Day);
        var (from, to) = (UkTime.MidnightUtc(day.AddDays(-1)), UkTime.MidnightUtc(day.AddDays(2)));
        var ids = db.Set<EventDate>().Where(d => d.Cell == cell && d.StartUtc >= from && d.StartUtc < to).Select(d => d.EventId);
        var near = await db.Set<Event>().AsNoTracking().Where(o => o.Id != e.Id && ids.Contains(o.Id)).OrderBy(o => o.Id).AsPublic().Take(50).ToListAsync(cancel);
        return [.. near.Where(o => o.Live.Postcode == e.Latest.Postcode || string.Equals(o.Live.Venue, e.Latest.Venue, StringComparison.OrdinalIgnoreCase)).Take(3)];
    }
}
