using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
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

/// <summary>
/// What waits for a decision: concerns first, then events by risk, by date or by how long they wait. Many can be decided at once.
/// </summary>
[FormPage]
sealed class IndexModel(
    SiteDb db,
    SiteStore store,
    EventModeration desk,
    IMailWordings wordings,
    IOptions<EventSettings> settings,
    TimeProvider clock
) : PageModel
{
    const int MostShown = 200,
        OnPage = 50,
        MostTyped = 100;

    public sealed record Line(
        Guid Id,
        int Revision,
        string Title,
        string Organiser,
        EventState State,
        DateOnly? First,
        DateTime? Since,
        bool Late,
        IReadOnlyList<string> Risks,
        IReadOnlyList<string> Missing
    )
    {
        public string Key => $"{Id:N}.{Revision}";
    }

    public sealed record Concern(Guid Id, Guid EventId, string? Title, string Words, DateTime At);

    [BindProperty]
    public IReadOnlyList<string> Chosen { get; set; } = [];

    [BindProperty]
    public string? Reply { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>Words that stand in a settled event, in its details or its organiser's address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Turn { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public IReadOnlyList<Concern> Concerns { get; private set; } = [];
    public IReadOnlyList<Line> Queue { get; private set; } = [];
    public IReadOnlyList<Line> Drafts { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];

    /// <summary>How many settled events there are, or of those that are looked for.</summary>
    public int OthersCount { get; private set; }
    public bool MoreOthers => Number * OnPage < OthersCount;

    /// <summary>Which page of them is shown.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Groups whose organisers did not say that they still run.</summary>
    public IReadOnlyList<Line> Unanswered { get; private set; } = [];

    /// <summary>What the lists of partners no longer have.</summary>
    public IReadOnlyList<Line> Gone { get; private set; } = [];

    public string TurnTo(int turn) =>
        "/staff/events?turn="
        + turn.ToString(System.Globalization.CultureInfo.InvariantCulture)
        + (string.IsNullOrEmpty(Find) ? "" : "&find=" + Uri.EscapeDataString(Find))
        + "#all";

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
        var chosen = Chosen.Select(Read).OfType<(Guid Id, int Revision)>().Distinct().Take(MostShown).ToList();
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
            answers.Add(await desk.DecideAsync(id, revision, verdict, User, words, cancel));
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

    static (Guid, int)? Read(string key) =>
        key.Split('.') is [var id, var revision]
        && Guid.TryParseExact(id, "N", out var found)
        && int.TryParse(revision, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (found, number)
            : null;

    async Task LoadAsync(CancellationToken cancel)
    {
        Concerns = await db.Set<EventConcern>()
            .Where(c => c.ClosedAt == null)
            .OrderBy(c => c.At)
            .Take(MostShown)
            .Join(db.Set<Event>(), c => c.EventId, e => e.Id, (c, e) => new { c, e.Live })
            .Select(j => new Concern(j.c.Id, j.c.EventId, j.Live!.Title, j.c.Words, j.c.At))
            .ToListAsync(cancel);
        var all = db.Set<Event>().AsNoTracking();
        var waiting = (
            await all.Where(e => e.WaitingSince != null && e.WithdrawnAt == null)
                .OrderBy(e => e.WaitingSince)
                .Take(MostShown)
                .ToListAsync(cancel)
        ).Select(LineOf);
        Queue =
        [
            .. Sort switch
            {
                "date" => waiting.OrderBy(l => l.First ?? DateOnly.MaxValue),
                "waiting" => waiting.OrderBy(l => l.Since),
                _ => waiting.OrderByDescending(l => l.Risks.Count + (l.Late ? 1 : 0)).ThenBy(l => l.First ?? DateOnly.MaxValue),
            },
        ];
        var here = all.Where(e => e.WithdrawnAt == null);
        Drafts = await LinesAsync(here.Where(e => e.ImportedAt != null && e.SentAt == null).OrderBy(e => e.Id), cancel);
        Unanswered = await LinesAsync(here.Where(e => e.UnansweredAt != null).OrderBy(e => e.UnansweredAt), cancel);
        Gone = await LinesAsync(here.Where(e => e.GoneAtSourceAt != null && e.CancelledAt == null).OrderBy(e => e.GoneAtSourceAt), cancel);
        var settled = Settled().Where(e => e.SentAt != null && e.ConfirmedAt != null && e.WaitingSince == null);
        OthersCount = await settled.CountAsync(cancel);
        Number = int.TryParse(Turn, System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        Number = Math.Clamp(Number, 1, Math.Max(1, (OthersCount + OnPage - 1) / OnPage));
        Others =
        [
            .. (await settled.OrderByDescending(e => e.Id).Skip((Number - 1) * OnPage).Take(OnPage).ToListAsync(cancel)).Select(LineOf),
        ];
    }

    async Task<IReadOnlyList<Line>> LinesAsync(IQueryable<Event> of, CancellationToken cancel) =>
        [.. (await of.Take(MostShown).ToListAsync(cancel)).Select(LineOf)];

    /// <summary>What is looked for is compared as it is stored: in the text of the details.</summary>
    IQueryable<Event> Settled()
    {
        Find = Find?.Trim();
        if (Find is { Length: > MostTyped })
            Find = Find[..MostTyped];
        if (string.IsNullOrEmpty(Find))
            return db.Set<Event>().AsNoTracking();
        var stored = System.Text.Json.JsonSerializer.Serialize(Find.ToLowerInvariant())[1..^1].ToLowerInvariant();
        var like = "%" + System.Text.RegularExpressions.Regex.Replace(stored, "[~%_]", "~$0", default, TimeSpan.FromSeconds(1)) + "%";
        return db.Set<Event>()
            .FromSql(
                $"""
                SELECT * FROM "Events"
                WHERE lower("Live") LIKE {like} ESCAPE '~' OR lower("Proposed") LIKE {like} ESCAPE '~'
                    OR lower("Contact") LIKE {like} ESCAPE '~'
                """
            )
            .AsNoTracking();
    }

    Line LineOf(Event e) =>
        new(
            e.Id,
            e.Revision,
            e.Latest.Title,
            e.Latest.Organiser,
            e.State,
            e.Latest.Schedule.All().FirstOrDefault()?.Day,
            e.WaitingSince,
            e.WaitingSince is { } since && settings.Value.LateFrom(since) < clock.GetUtcNow().UtcDateTime,
            [.. EventRisks.Of(e, clock.Today())],
            [
                .. InfantMHWeek
                    .Events.Manage.IndexModel.Parts.Where(p => e.Latest.Missing().Contains(p.Step, StringComparer.Ordinal))
                    .Select(p => p.Label),
            ]
        );
}
