using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>Events in numbers, each chart a table: by state, by region, by day; and what organisers told of theirs.</summary>
sealed class NumbersModel(SiteDb db, TimeProvider clock) : PageModel
{
    const int Days = 31,
        MostReports = 200;

    public sealed record Chart(string Title, string What, string Counted, IReadOnlyList<(string Label, int Count)> Rows);

    public sealed record Report(Guid Id, string Title, int? People, string Words);

    public IReadOnlyList<Chart> Charts { get; private set; } = [];
    public IReadOnlyList<Report> Reports { get; private set; } = [];
    public int People { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (today, now) = (clock.Today(), clock.GetUtcNow().UtcDateTime);
        var (from, to) = (UkTime.MidnightUtc(today), UkTime.MidnightUtc(today.AddDays(Days)));
        var all = db.Set<Event>().Where(e => !e.Sample);
        var real = db.Set<EventDate>().Where(d => all.Any(e => e.Id == d.EventId && e.CancelledAt == null));
        var regions = await real.Where(d => d.EndUtc > now)
            .GroupBy(d => d.Region)
            .Select(g => new { g.Key, Count = g.Select(d => d.EventId).Distinct().Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var days = await real.Where(d => d.StartUtc >= from && d.StartUtc < to)
            .GroupBy(d => d.Day)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Charts =
        [
            new("Events by state", "State", "Events", await StatesAsync(all, cancel)),
            new(
                "To come, by nation or region",
                "Nation or region",
                "Events",
                [
                    .. Regions
                        .All.Select(t => (t.Name, regions.GetValueOrDefault(t.Region)))
                        .Append(("Online only", regions.GetValueOrDefault(Region.None))),
                ]
            ),
            new(
                $"Dates in the next {Days} days",
                "Day",
                "Dates",
                [
                    .. Enumerable
                        .Range(0, Days)
                        .Select(today.AddDays)
                        .Select(day => (TimeInWords.WithWeekday(day), days.GetValueOrDefault(day))),
                ]
            ),
        ];
        var reported = await all.Where(e => e.ReportedAt != null)
            .OrderByDescending(e => e.ReportedAt)
            .Take(MostReports)
            .Include(e => e.Steps)
            .AsNoTracking()
            .ToListAsync(cancel);
        Reports =
        [
            .. reported.Select(e => new Report(e.Id, e.Latest.Title, e.PeopleCame, e.Steps.Last(s => s.What == Event.ReportStep).Words)),
        ];
        People = await all.Where(e => e.PeopleCame != null).SumAsync(e => e.PeopleCame!.Value, cancel);
    }

    /// <summary>Counted where the rows are: only the moments decide on a state, none of the words are read.</summary>
    static async Task<IReadOnlyList<(string, int)>> StatesAsync(IQueryable<Event> all, CancellationToken cancel)
    {
        (EventState State, IQueryable<Event> Events)[] states =
        [
            (EventState.Waiting, all.Where(e => e.Live == null && e.WaitingSince != null && e.WithdrawnAt == null)),
            (
                EventState.ChangeWaiting,
                all.WherePublic().Where(e => e.WaitingSince != null && e.CancelledAt == null && e.PostponedAt == null)
            ),
            (EventState.Published, all.WherePublic().Where(e => e.WaitingSince == null && e.CancelledAt == null && e.PostponedAt == null)),
            (EventState.Postponed, all.WherePublic().Where(e => e.CancelledAt == null && e.PostponedAt != null)),
            (EventState.Cancelled, all.WherePublic().Where(e => e.CancelledAt != null)),
            (EventState.Asked, all.Where(e => e.Live == null && e.AskedAt != null && e.WithdrawnAt == null)),
            (EventState.Declined, all.Where(e => e.Live == null && e.DeclinedAt != null && e.WithdrawnAt == null)),
            (EventState.Unconfirmed, all.Where(e => e.Live == null && e.SentAt != null && e.ConfirmedAt == null && e.WithdrawnAt == null)),
            (EventState.Draft, all.Where(e => e.Live == null && e.SentAt == null && e.WithdrawnAt == null)),
            (EventState.Withdrawn, all.Where(e => e.WithdrawnAt != null)),
        ];
        var rows = new List<(string, int)>();
        foreach (var (state, events) in states)
            rows.Add((StateLabels.Of(state), await events.CountAsync(cancel)));
        return rows;
    }
}
