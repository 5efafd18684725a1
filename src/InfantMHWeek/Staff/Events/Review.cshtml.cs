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
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Events;

/// <summary>One event before a person who decides: what it says, what is new in it, what was decided before.</summary>
[FormPage]
sealed class ReviewModel(SiteDb db, EventModeration desk, IMailWordings wordings, IOptions<EventSettings> settings, TimeProvider clock)
    : DecisionPage<Verdict>
{
    static readonly Dictionary<string, (Verdict Verdict, string Done)> Buttons = new(StringComparer.Ordinal)
    {
        ["approve"] = (Verdict.Approve, "approved. Its organiser is told."),
        ["ask"] = (Verdict.Ask, "your question is on its way to the organiser."),
        ["decline"] = (Verdict.Decline, "declined. Its organiser is told."),
        ["cancel"] = (Verdict.Cancel, "shown as cancelled. Its organiser is told."),
        ["keep"] = (Verdict.KeepThoughGone, "it stays as it is."),
        ["withdraw"] = (Verdict.Withdraw, "taken off the website. Its organiser is told."),
    };

    [BindProperty]
    public string? Reply { get; set; }

    protected override IReadOnlyDictionary<string, (Verdict Verdict, string Done)> Acts => Buttons;
    protected override string Queue => "/staff/events";
    protected override int MostWords => Event.MaxWords;
    protected override (string Title, int Revision, string Last) Opened =>
        (Event.Latest.Title, Event.Revision, Last(Event.Steps.Select(s => (s.At, s.Id, s.Who, s.What))));

    public Event Event { get; private set; } = null!;
    public IReadOnlyList<(string What, string Before, string After)> Changes { get; private set; } = [];
    public IReadOnlyList<string> Risks { get; private set; } = [];
    public IReadOnlyList<LikeEvent> Alike { get; private set; } = [];

    /// <summary>The address of the event that this one was joined to.</summary>
    public string? Joined { get; private set; }
    public DateTime? LateFrom { get; private set; }
    public bool Late => LateFrom < clock.GetUtcNow().UtcDateTime;
    public IReadOnlyList<Choice> Replies =>
        [new("", "None"), .. wordings.Starting(EventModeration.Replies).Select(r => new Choice(r.Kind, r.Wording.Subject))];

    public override async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Do != "reply")
            return await base.OnPostAsync(cancel);
        if (!await OpenAsync(cancel))
            return NotFound();
        // Put below what was typed, so that nothing is lost; it is sent only by one of the other buttons.
        var chosen = wordings.Starting(EventModeration.Replies).FirstOrDefault(r => r.Kind == Reply).Wording?.Markdown.Trim() ?? "";
        Words = string.Join("\n\n", new[] { (Words ?? "").Trim(), chosen }.Where(t => t.Length > 0));
        ModelState.SetModelValue(nameof(Words), Words, Words);
        return Page();
    }

    protected override string? WithoutWords(Verdict verdict) =>
        verdict is Verdict.Ask or Verdict.Decline ? "Write what the organiser should read, or choose a reply." : null;

    protected override void CheckWords(Verdict verdict, string words)
    {
        if (verdict == Verdict.Cancel && words.Length > EventDetails.MaxNotice)
            ModelState.AddModelError(
                nameof(Words),
                $"These words are shown to everybody: please use at most {EventDetails.MaxNotice} characters."
            );
    }

    protected override Task<Decision?> DecideAsync(Verdict verdict, string words, CancellationToken cancel) =>
        desk.DecideAsync(Id, Revision, verdict, User, words, cancel);

    protected override async Task<bool> OpenAsync(CancellationToken cancel)
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
        Changes = e.Live is { } live && e.Proposed is { } proposed ? [.. EventDifference.Between(live, proposed)] : [];
        Risks = [.. EventRisks.Of(e, clock.Today())];
        Alike = (await EventDuplicates.LoadAsync(db, [e], clock, cancel)).Like(e);
        Joined = (await db.JoinedAsync(e, cancel))?.Slug;
        LateFrom = e.WaitingSince is { } since ? settings.Value.LateFrom(since) : null;
        return true;
    }
}
