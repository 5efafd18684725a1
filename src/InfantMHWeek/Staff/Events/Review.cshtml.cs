using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Events;

/// <summary>One event before a person who decides: what it says, what is new in it, what was decided before.</summary>
[FormPage]
sealed class ReviewModel(SiteDb db, EventModeration desk, IMailWordings wordings, IOptions<EventSettings> settings, TimeProvider clock)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [BindProperty]
    public string? Reply { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public Event Event { get; private set; } = null!;
    public IReadOnlyList<(string What, string Before, string After)> Changes { get; private set; } = [];
    public IReadOnlyList<string> Risks { get; private set; } = [];
    public IReadOnlyList<PublicEvent> Alike { get; private set; } = [];
    public DateTime? LateFrom { get; private set; }
    public bool Late => LateFrom < clock.GetUtcNow().UtcDateTime;
    public IReadOnlyList<Choice> Replies =>
        [.. wordings.Starting(EventModeration.Replies).Select(r => new Choice(r.Kind, r.Wording.Subject))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel))
            return NotFound();
        if (Do == "reply")
        {
            // Put below what was typed, so that nothing is lost; it is sent only by one of the other buttons.
            var chosen = wordings.Starting(EventModeration.Replies).FirstOrDefault(r => r.Kind == Reply).Wording?.Markdown.Trim() ?? "";
            Words = string.Join("\n\n", new[] { (Words ?? "").Trim(), chosen }.Where(t => t.Length > 0));
            ModelState.SetModelValue(nameof(Words), Words, Words);
            return Page();
        }
        var words = ModelState.Lines(
            nameof(Words),
            Words,
            Event.MaxWords,
            Do is "ask" or "decline" ? "Write what the organiser should read, or choose a reply." : null
        ) ?? "";
        if (Do == "cancel" && words.Length > EventDetails.MaxNotice)
            ModelState.AddModelError(
                nameof(Words),
                $"These words are shown to everybody: please use at most {EventDetails.MaxNotice} characters."
            );
        if (!ModelState.IsValid)
            return Page();
        var answer = Do switch
        {
            "approve" => await desk.DecideAsync(Id, Revision, Verdict.Approve, User, words, cancel),
            "ask" => await desk.DecideAsync(Id, Revision, Verdict.Ask, User, words, cancel),
            "decline" => await desk.DecideAsync(Id, Revision, Verdict.Decline, User, words, cancel),
            "cancel" => await desk.DecideAsync(Id, Revision, Verdict.Cancel, User, words, cancel),
            "keep" => await desk.DecideAsync(Id, Revision, Verdict.KeepThoughGone, User, words, cancel),
            "withdraw" => await desk.DecideAsync(Id, Revision, Verdict.Withdraw, User, words, cancel),
            _ => Decision.NothingWaits,
        };
        if (answer == Decision.Done)
        {
            var what = Do switch
            {
                "approve" => "approved. Its organiser is told.",
                "ask" => "your question is on its way to the organiser.",
                "decline" => "declined. Its organiser is told.",
                "cancel" => "shown as cancelled. Its organiser is told.",
                "keep" => "it stays as it is.",
                _ => "taken off the website. Its organiser is told.",
            };
            StatusMessage = $"{Event.Latest.Title}: {what}";
            return Redirect("/staff/events");
        }
        // What the page shows now is what a colleague or the organiser has made of it meanwhile.
        if (answer is null || !await OpenAsync(cancel))
            return NotFound();
        var last = Event.Steps.OrderBy(t => t.At).ThenBy(t => t.Id).Last();
        ModelState.AddModelError(
            "",
            $"{answer.Value.InWords()} The last thing that happened to it, at {last.At.InUk()}: {last.Who} {last.What}."
        );
        ModelState.Remove(nameof(Revision));
        Revision = Event.Revision;
        return Page();
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (
            await db.Set<Event>()
                .Include(e => e.Dates)
                .Include(e => e.Steps)
                .AsSplitQuery()
                .AsNoTracking()
                .SingleOrDefaultAsync(e => e.Id == Id, cancel)
            is not { } e
        )
            return false;
        Event = e;
        if (HttpMethods.IsGet(Request.Method))
            Revision = e.Revision;
        Changes = e.Live is { } live && e.Proposed is { } proposed ? [.. EventDifference.Between(live, proposed)] : [];
        Risks = [.. EventRisks.Of(e, clock.Today())];
        Alike = await db.EventsLikeAsync(e, cancel);
        LateFrom = e.WaitingSince is { } since ? settings.Value.LateFrom(since) : null;
        return true;
    }
}
