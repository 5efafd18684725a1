using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>What waits for a decision: concerns first, then events by risk or by date; and how many there are of each state.</summary>
public sealed class IndexModel(SiteDb db, TimeProvider clock) : PageModel
{
    const int MostShown = 200;

    public sealed record Line(Guid Id, string Title, string Organiser, EventState State, DateOnly? First, DateTime? Since, IReadOnlyList<string> Risks);
    public sealed record Concern(Guid Id, Guid EventId, string? Slug, string Words, DateTime At);

    public IReadOnlyList<Concern> Concerns { get; private set; } = [];
    public IReadOnlyList<Line> Queue { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];
    public IReadOnlyDictionary<EventState, int> States { get; private set; } = new Dictionary<EventState, int>();
    public IReadOnlyDictionary<Region, int> Areas { get; private set; } = new Dictionary<Region, int>();
    public bool ByDate { get; private set; }

    public async Task OnGetAsync(string? sort, CancellationToken cancel)
    {
        ByDate = sort == "date";
        Concerns = await db.Set<EventConcern>().Where(c => c.ClosedAt == null).OrderBy(c => c.At).Take(MostShown)
            .Join(db.Set<Event>(), c => c.EventId, e => e.Id, (c, e) => new Concern(c.Id, e.Id, e.Slug, c.Words, c.At)).ToListAsync(cancel);
        var waiting = await db.Set<Event>().AsNoTracking().Where(e => e.WaitingSince != null && e.WithdrawnAt == null).OrderBy(e => e.WaitingSince).Take(MostShown).ToListAsync(cancel);
        var lines = waiting.Select(e => LineOf(e, clock.Today()));
        Queue = [.. ByDate ? lines.OrderBy(l => l.First ?? DateOnly.MaxValue) : lines.OrderByDescending(l => l.Risks.Count).ThenBy(l => l.First ?? DateOnly.MaxValue)];
        var rest = await db.Set<Event>().AsNoTracking().Where(e => e.SentAt != null && e.ConfirmedAt != null && e.WaitingSince == null).OrderByDescending(e => e.Id).Take(MostShown).ToListAsync(cancel);
        Others = [.. rest.Select(e => LineOf(e, clock.Today()))];
        States = waiting.Concat(rest).GroupBy(e => e.State).ToDictionary(g => g.Key, g => g.Count());
        Areas = rest.Where(e => e.IsPublic).GroupBy(e => e.Live!.Region).ToDictionary(g => g.Key, g => g.Count());
    }

    public async Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<EventConcern>().FindAsync([id], cancel) is not { } concern) return NotFound();
        concern.Close(User.StaffName(), clock.GetUtcNow());
        db.Record(clock, User, "closed a concern", concern.EventId.ToString());
        await db.SaveChangesAsync(cancel);
        return Redirect("/staff/events");
    }

    static Line LineOf(Event e, DateOnly today) =>
        new(e.Id, e.Latest.Title, e.Latest.Organiser, e.State, e.Latest.Schedule.All().FirstOrDefault()?.Day, e.WaitingSince, [.. EventRisks.Of(e, today)]);
}
