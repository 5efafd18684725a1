using InfantMHWeek.Events;
using InfantMHWeek.Events.Feeds;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Events.Feeds;

/// <summary>A partner's calendar in the list of staff.</summary>
/// <param name="Events">How many came from it and are here.</param>
sealed record FeedLine(
    Guid Id,
    string Name,
    string Address,
    bool Trusted,
    DateTime? StoppedAt,
    DateTime DueAt,
    DateTime? ReadAt,
    string Outcome,
    string Said,
    string Warning,
    DateTime? FailingSince,
    string Problem,
    int Events
)
{
    public IReadOnlyList<string> LeftOut { get; } = Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string State(bool on) =>
        StoppedAt is not null ? "Stopped"
        : !on ? "Not read"
        : FailingSince is not null ? "Cannot be read"
        : Warning.Length > 0 ? "Look at it"
        : ReadAt is null ? "Not read yet"
        : "Read daily";
}

/// <summary>The calendars of partners that are read every day, and how that goes.</summary>
[FormPage]
sealed class IndexModel(SiteDb db, FeedDesk desk, FeedReader reader, IOptions<EventSettings> settings) : PageModel
{
    const int MostShown = 500;

    [TempData]
    public string? StatusMessage { get; set; }

    public bool On => settings.Value.ReadFeeds;
    public IReadOnlyList<FeedLine> Feeds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Feeds = [
            .. (
                await db.Set<PartnerFeed>()
                    .Select(f => new FeedLine(
                        f.Id,
                        f.Name,
                        f.Address,
                        f.Trusted,
                        f.StoppedAt,
                        f.DueAt,
                        f.ReadAt,
                        f.Outcome,
                        f.LeftOut,
                        f.Warning,
                        f.FailingSince,
                        f.Problem,
                        db.Set<Event>().Count(e => e.FeedId == f.Id && e.WithdrawnAt == null)
                    ))
                    .Take(MostShown)
                    .ToListAsync(cancel)
            )
                .OrderBy(f => f.StoppedAt is not null)
                .ThenBy(f => f.FailingSince is null && f.Warning.Length == 0)
                .ThenBy(f => f.Name, StringComparer.OrdinalIgnoreCase),
        ];

    public Task<IActionResult> OnPostReadAsync(Guid id, CancellationToken cancel) => ReadAsync(id, flagMany: false, cancel);

    /// <summary>Somebody has looked: what is missing in it is gone.</summary>
    public Task<IActionResult> OnPostFlagAsync(Guid id, CancellationToken cancel) => ReadAsync(id, flagMany: true, cancel);

    public Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken cancel) =>
        SwitchAsync(id, on: false, "is not read any more. What came from it stays.", cancel);

    public Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken cancel) =>
        SwitchAsync(id, on: true, "is read again, within the hour.", cancel);

    async Task<IActionResult> ReadAsync(Guid id, bool flagMany, CancellationToken cancel)
    {
        var reading = await reader.ReadAsync(id, evenIfNotDue: true, flagMany, cancel);
        if (await db.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed)
            return NotFound();
        StatusMessage = reading switch
        {
            FeedReading.Read => $"{feed.Name}: {feed.Outcome}",
            FeedReading.Unchanged => $"{feed.Name}: nothing has changed there.",
            FeedReading.Failed => $"{feed.Name} could not be read. {feed.Problem}",
            FeedReading.Off => "Nothing was read: whoever runs the site has not switched it on.",
            _ => $"{feed.Name} was not read: it is stopped, or somebody reads it just now.",
        };
        return Redirect("/staff/events/feeds");
    }

    async Task<IActionResult> SwitchAsync(Guid id, bool on, string words, CancellationToken cancel)
    {
        if (await desk.SwitchAsync(id, on, User, cancel) is not var (name, done))
            return NotFound();
        StatusMessage = done ? $"{name} {words}" : $"{name}: that was done already.";
        return Redirect("/staff/events/feeds");
    }
}
