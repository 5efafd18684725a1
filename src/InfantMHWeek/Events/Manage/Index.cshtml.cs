using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Manage;

/// <summary>An organiser's event: what is still to do, what staff said, and what can be done with it.</summary>
[FormPage(byToken: true)]
sealed class IndexModel(SiteDb db, OrganiserActions desk, TimeProvider clock) : PageModel
{
    public static readonly IReadOnlyList<(string Step, string Label)> Parts =
    [
        ("what", "What it is"),
        ("dates", "When it is"),
        ("place", "Where it is"),
        ("audience", "Who it is for, and facilities"),
        ("booking", "Cost and booking"),
        ("organiser", "Who organises it"),
        ("picture", "A picture"),
    ];

    /// <summary>For everybody who looks at a postponed or cancelled event.</summary>
    [BindProperty]
    public string? Notice { get; set; }

    /// <summary>How it went.</summary>
    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public string? People { get; set; }

    [BindProperty]
    public bool Declared { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [TempData]
    public string? Told { get; set; }

    public ManagedEvent Hand { get; private set; } = null!;
    public Event Event => Hand.Event;
    public string Token { get; private set; } = "";
    public IReadOnlySet<string> Missing { get; private set; } = new HashSet<string>(StringComparer.Ordinal);
    public bool Over { get; private set; }

    /// <summary>The token of the organiser's home, where they came from there.</summary>
    public string? Home { get; private set; }

    /// <summary>A person of the staff took it away, and not its organiser.</summary>
    public bool TakenByStaff => LastDoneByOthers(Event.Withdrew);

    public string WhoCancelled =>
        Event.AtSource is { CancelledThere: CancelledThere.Followed } ? "The calendar that we have it from says so."
        : LastDoneByOthers(StaffWords.Cancelled) ? "Our staff have shown it as cancelled. If it takes place after all, tell us below."
        : "Thank you for telling us.";

    bool LastDoneByOthers(string what) =>
        Event.Steps.OrderBy(s => s.At).ThenBy(s => s.Id).LastOrDefault(s => s.What == what) is { Who: not Event.Organiser };

    /// <summary>What staff wrote last; which other event this one was joined to is no word to its organiser.</summary>
    public IEnumerable<Events.EventStep> StaffSteps =>
        Event
            .Steps.Where(s => s.Words.Length > 0 && s.Who != Event.Organiser)
            .Where(s => s.What is not (StaffWords.JoinedToOther or StaffWords.JoinedByOther))
            .OrderByDescending(s => s.At)
            .Take(3);

    /// <summary>The page of the event that this one was joined to.</summary>
    public string? JoinedPath { get; private set; }

    /// <summary>Public events that are perhaps the same one.</summary>
    public IReadOnlyList<LikeEvent> Alike { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key || !await OpenAsync(key, token, cancel))
            return this.Unopened(token);
        Notice = Event.Latest.Notice;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key || !await OpenAsync(key, token, cancel))
            return this.Unopened(token);
        var (notice, words, people) = Read();
        if (!ModelState.IsValid)
            return Page();
        if (await desk.ActAsync(key, new(Do, notice, words, people), cancel) is not { } answer)
            return this.Unopened(token);
        if (!answer.Done && await CameTooLateAsync(key, token, notice, cancel))
        {
            ModelState.AddModelError(
                nameof(Notice),
                "Nothing has changed: somebody was faster, and this page shows how things stand now. Your note is still here."
            );
            return Page();
        }
        if (!answer.Done)
            Told = "Nothing has changed: this had already been done, or is no longer possible. This page shows how things stand now.";
        return Redirect("/events/manage/" + (answer.Copy ?? Token));
    }

    /// <summary>Words for everyone that would be lost, because the event does not stand as it did when they were typed.</summary>
    async Task<bool> CameTooLateAsync(ManageLinkAccess key, string token, string notice, CancellationToken cancel) =>
        Do is "cancel" or "postpone" or "notice"
        && notice.Length > 0
        && await OpenAsync(key, token, cancel)
        && Event.IsPublic
        && Event.Latest.Notice != notice;

    (string Notice, string Words, int? People) Read()
    {
        var notice = ModelState.Lines(nameof(Notice), Notice, EventDetails.MaxNotice) ?? "";
        var words = ModelState.Lines(nameof(Words), Words, Event.MaxWords, Do == "report" ? "Tell us in a few words how it went." : null)
            ?? "";
        if (Do == "send" && !Declared)
            ModelState.AddModelError(nameof(Declared), "Please confirm this before you send it.");
        if (Do == "withdraw" && !Sure)
            ModelState.AddModelError(nameof(Sure), "Please tick this if you are sure: it cannot be undone.");
        if (string.IsNullOrWhiteSpace(People))
            return (notice, words, null);
        if (
            int.TryParse(
                People,
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var people
            )
            && people <= Event.MostPeople
        )
            return (notice, words, people);
        ModelState.AddModelError(nameof(People), "Enter a number, such as 12, or leave it empty.");
        return (notice, words, null);
    }

    async Task<bool> OpenAsync(ManageLinkAccess key, string token, CancellationToken cancel)
    {
        if (await db.OpenEventAsync(key, cancel) is not { } hand)
            return false;
        (Hand, Token, Home) = (hand, token, key.Home);
        var e = hand.Event;
        Missing = e.Latest.Missing().ToHashSet(StringComparer.Ordinal);
        Over = e.IsOver(clock.GetUtcNow());
        if (e.SentAt is null)
            Alike = [.. (await EventDuplicates.LoadAsync(db, [e], clock, cancel)).Like(e).Where(o => o.Path is not null)];
        if (await db.JoinedAsync(e, cancel) is { } joined)
            JoinedPath = "/events/" + joined.Slug;
        ViewData["Head"] = new PageHead { Title = "Your event", Indexed = false };
        return true;
    }
}
