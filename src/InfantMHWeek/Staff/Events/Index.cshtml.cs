using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Events;

/// <summary>
/// What waits for a decision: concerns first, then events by risk, by date or by how long they wait. Many can be decided at once.
/// </summary>
[FormPage]
sealed class IndexModel(
    SiteDb db,
    SiteStore store,
    EventModeration moderation,
    IMailWordings wordings,
    IOptions<EventSettings> settings,
    TimeProvider clock
) : PageModel
{
    [BindProperty]
    public IReadOnlyList<string> Chosen { get; set; } = [];

    [BindProperty]
    public string? Reply { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>Words that stand in an event, in its details or its organiser's address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Turn { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public EventDesk Desk { get; private set; } = null!;

    /// <summary>Which of all events are listed.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public IReadOnlyList<Choice> Replies =>
        [new("", "None"), .. wordings.Starting(EventModeration.Replies).Select(r => new Choice(r.Kind, r.Wording.Subject))];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancel) => DecideAsync(Verdict.Approve, cancel);

    public Task<IActionResult> OnPostAskAsync(CancellationToken cancel) => DecideAsync(Verdict.Ask, cancel);

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken cancel) => DecideAsync(Verdict.Decline, cancel);

    public Task<IActionResult> OnPostQueueAsync(CancellationToken cancel) => DecideAsync(Verdict.Queue, cancel);

    public async Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel)
    {
        var closedBy = await store.WriteAsync(
            async db =>
            {
                if (await db.Set<EventConcern>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } concern)
                    return null;
                if (concern.Close(User.StaffName(), clock.GetUtcNow()))
                    db.Record(clock, User, "closed a concern", concern.EventId.ToString());
                return concern.ClosedBy;
            },
            cancel
        );
        if (closedBy is null)
            return NotFound();
        StatusMessage = closedBy == User.StaffName() ? "The concern is closed." : $"{closedBy} had closed this concern already.";
        return Redirect("/staff/events");
    }

    /// <summary>
    /// Each event is decided by itself, on the version that was on the screen; what was changed meanwhile is left as it is, and said.
    /// </summary>
    async Task<IActionResult> DecideAsync(Verdict verdict, CancellationToken cancel)
    {
        var chosen = SeenVersion.ReadAll(Chosen, EventDesk.MostShown);
        if (chosen.Count == 0)
            ModelState.AddModelError(nameof(Chosen), "Choose at least one event.");
        var reply = wordings.Starting(EventModeration.Replies).FirstOrDefault(r => r.Kind == Reply).Wording?.Markdown.Trim();
        var words = ModelState.Lines(
            nameof(Words),
            string.Join("\n\n", new[] { Words?.Trim(), reply }.Where(t => !string.IsNullOrEmpty(t))),
            Event.MaxWords,
            verdict is Verdict.Ask or Verdict.Decline ? "Choose a reply, or write what the organisers should read." : null
        ) ?? "";
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Page();
        }
        var answers = new List<Decision?>();
        foreach (var (id, revision) in chosen)
            answers.Add(await moderation.DecideAsync(id, revision, verdict, User, words, cancel));
        var (done, changed) = (answers.Count(a => a == Decision.Done), answers.Count(a => a == Decision.ChangedMeanwhile));
        var incomplete = answers.Count(a => a == Decision.Incomplete);
        var what = verdict switch
        {
            Verdict.Approve => "approved",
            Verdict.Ask => "asked",
            Verdict.Decline => "declined",
            _ => "put into the queue",
        };
        StatusMessage =
            $"{done} {what}."
            + (changed > 0 ? $" {changed} changed after you opened this page and left as they were: please read them again." : "")
            + (incomplete > 0 ? $" {incomplete} incomplete and left as they were." : "")
            + (answers.Count - done - changed - incomplete is > 0 and var gone ? $" {gone} no longer waiting." : "");
        return Redirect("/staff/events");
    }

    async Task LoadAsync(CancellationToken cancel)
    {
        var asked = new EventListQuery(Show, Find, Turn);
        Find = asked.Words;
        Desk = await EventDesk.OpenAsync(db, settings.Value, clock, Sort, asked, cancel);
    }
}
