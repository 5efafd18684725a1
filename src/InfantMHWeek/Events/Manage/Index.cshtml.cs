using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
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

    /// <summary>For everybody who looks at a postponed or cancelled event.</summary>
    [BindProperty] public string? Notice { get; set; }

    /// <summary>How it went.</summary>
    [BindProperty] public string? Words { get; set; }
    [BindProperty] public string? People { get; set; }
    [BindProperty] public bool Declared { get; set; }
    [BindProperty] public bool Sure { get; set; }
    [BindProperty] public string? Do { get; set; }

    public EventHand Hand { get; private set; } = null!;
    public Event Event => Hand.Event;
    public string Token { get; private set; } = "";
    public IReadOnlySet<string> Missing { get; private set; } = new HashSet<string>(StringComparer.Ordinal);
    public bool Over { get; private set; }

    /// <summary>Public events at the same place and about the same days: perhaps the same one.</summary>
    public IReadOnlyList<PublicEvent> Alike { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (!await OpenAsync(token, cancel)) return NotFound();
        Notice = Event.Latest.Notice;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await OpenAsync(token, cancel)) return NotFound();
        var (notice, words, people) = Read();
        if (!ModelState.IsValid) return Page();

        // Whoever presses a button behind the mailed link reads that mail.
        var now = clock.GetUtcNow();
        if (Hand.Mailed && Event.Confirm(now) && Event.Waiting) post.Received(Event);
        var to = "/events/manage/" + Token;
        switch (Do)
        {
            case "send" when Event.Send(now, Hand.Who) == Decision.Done && Event.Waiting && Hand.Staff is null: post.Received(Event); break;
            case "cancel": Event.Cancel(Hand.Who, notice, now); break;
            case "postpone": Event.Postpone(Hand.Who, notice, now); break;
            case "notice": Event.ChangeNotice(Hand.Who, notice, now); break;
            case "withdraw": Event.Withdraw(Hand.Who, "", now); break;
            case "report" when Over && Event.IsPublic: Event.Report(people, words, now); break;
            case "copy" when Hand.Mailed: to = "/events/manage/" + Copy(now); break;
        }
        if (Hand.Staff is { } staff) db.Record(clock, staff, "acted for an organiser: " + Do, Event.Id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Redirect(to);
    }

    (string Notice, string Words, int? People) Read()
    {
        var notice = ModelState.Lines(nameof(Notice), Notice, EventDetails.MaxNotice) ?? "";
        var words = ModelState.Lines(nameof(Words), Words, Event.MaxWords, Do == "report" ? "Tell us in a few words how it went." : null) ?? "";
        if (Do == "send" && !Declared) ModelState.AddModelError(nameof(Declared), "Please confirm this before you send it.");
        if (Do == "withdraw" && !Sure) ModelState.AddModelError(nameof(Sure), "Please tick this if you are sure: it cannot be undone.");
        if (string.IsNullOrWhiteSpace(People)) return (notice, words, null);
        if (int.TryParse(People, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var people) && people <= Event.MostPeople) return (notice, words, people);
        ModelState.AddModelError(nameof(People), "Enter a number, such as 12, or leave it empty.");
        return (notice, words, null);
    }

    /// <summary>The same without its dates, as a new draft of the same organiser.</summary>
    string Copy(DateTimeOffset now)
    {
        var copy = Event.Start(Event.Contact, now, Event.Latest with { Schedule = Schedule.None, Notice = "" });
        (copy.ContactName, copy.ContactPhone) = (Event.ContactName, Event.ContactPhone);
        copy.Confirm(now);
        db.Set<Event>().Add(copy);
        return db.NewEventLink(copy, mailed: true, now.UtcDateTime);
    }

    async Task<bool> OpenAsync(string token, CancellationToken cancel)
    {
        if (await db.OpenEventAsync(HttpContext, token, cancel) is not { } hand) return false;
        (Hand, Token) = (hand, token);
        var e = hand.Event;
        Missing = e.Latest.Missing().ToHashSet(StringComparer.Ordinal);
        Over = e.Live is { } live && live.Schedule.All().All(t => t.EndUtc < clock.GetUtcNow().UtcDateTime);
        if (e.SentAt is null) Alike = await db.EventsLikeAsync(e, cancel);
        ViewData["Head"] = new PageHead { Title = "Your event", Indexed = false };
        return true;
    }
}
