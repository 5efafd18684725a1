using System.Globalization;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

/// <summary>One event on the home page.</summary>
/// <param name="Soon">"Today" or "Tomorrow"; empty for later days.</param>
sealed record HomeEvent(string Path, string Title, DateOnly Day, string Soon, string Hours, string Where, bool Sample)
{
    public string Weekday => Day.ToString("ddd", CultureInfo.InvariantCulture);
    public string Month => Day.ToString("MMM", CultureInfo.InvariantCulture);
}

/// <summary>
/// What is on next, for the home page: some near big towns all over the country, one online, and the way to those near the reader.
/// </summary>
/// <param name="Events">Null while they are not known: then only the way is shown.</param>
/// <param name="InTheWeek">The awareness week is on.</param>
sealed record HomeEvents(IReadOnlyList<HomeEvent>? Events, bool InTheWeek)
{
    const int Shown = 4,
        Looked = 400,
        Drawn = 16,
        DaysAhead = 90;
    const double MilesAroundATown = 12;

    /// <summary>Where many families live, one or two in each part of the country.</summary>
    static readonly (double X, double Y, double Z)[] BigTowns =
    [
        .. new GeoPoint[]
        {
            new(51.51, -.13),
            new(52.48, -1.89),
            new(53.48, -2.24),
            new(53.41, -2.98),
            new(53.8, -1.55),
            new(53.38, -1.47),
            new(54.98, -1.61),
            new(51.45, -2.59),
            new(50.37, -4.14),
            new(52.95, -1.15),
            new(52.64, -1.13),
            new(52.63, 1.3),
            new(52.2, .12),
            new(50.91, -1.4),
            new(50.83, -.14),
            new(51.48, -3.18),
            new(51.62, -3.94),
            new(55.86, -4.25),
            new(55.95, -3.19),
            new(57.15, -2.1),
            new(54.6, -5.93),
            new(55, -7.31),
        }.Select(p => p.OnBall()),
    ];

    public static PageAdditionSource Source(LiveRows<HomeEvent> live) =>
        new(path => path == "/", (services, _, cancel) => MakeAsync(live, services, cancel));

    static async Task<PageAddition?> MakeAsync(LiveRows<HomeEvent> live, IServiceProvider services, CancellationToken cancel)
    {
        var clock = services.GetRequiredService<PageClock>();
        // Staff who look at another day see that day, and nobody else does.
        var rows = clock.OtherUtc is null ? await live.GetAsync(cancel) : await ReadAsync(services, cancel);
        var today = clock.Today();
        var inTheWeek = services.GetRequiredService<PublicPages>().WeekFrom(today) is { } week && week.From <= today;
        return new("/Events/_OnHome.cshtml", new HomeEvents(rows, inTheWeek))
        {
            Leads = true,
            True = rows is null || clock.OtherUtc is not null ? null : live.WhileTheSame(rows),
            LacksRows = rows is null,
        };
    }

    /// <summary>The next ones.</summary>
    public static async Task<IReadOnlyList<HomeEvent>> ReadAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, clock) = (services.GetRequiredService<SiteDb>(), services.GetRequiredService<PageClock>());
        var (now, today) = (clock.GetUtcNow().UtcDateTime, clock.Today());
        var dates = await db.Set<EventDate>()
            .Where(d => d.StartUtc >= UkTime.MidnightUtc(today) && d.StartUtc < UkTime.MidnightUtc(today.AddDays(DaysAhead)))
            .Where(d => d.EndUtc > now)
            .OrderBy(d => d.StartUtc)
            .ThenBy(d => d.EventId)
            .Take(Looked)
            .Select(d => new Coming(d.EventId, d.StartUtc, d.Region, d.Cell != 0, d.X, d.Y, d.Z))
            .ToListAsync(cancel);
        var ranked = Ranked(dates.DistinctBy(d => d.EventId)).Take(Drawn).Select(d => new FoundDate(d.EventId, d.StartUtc, null));
        var rows = (await db.RowsAsync([.. ranked], now, cancel)).Where(r => r.Event.StateInWords is null).ToList();
        var near = rows.Where(r => r.Event.Live.InPerson).ToList();
        var online = rows.Where(r => !r.Event.Live.InPerson).Take(near.Count >= Shown ? 1 : Math.Max(1, Shown - near.Count)).ToList();
        return
        [
            .. near.Take(Shown - online.Count)
                .Concat(online)
                .OrderBy(r => r.Day)
                .ThenBy(r => r.Time.StartUtc)
                .Select(r => new HomeEvent(
                    r.Event.Path,
                    r.Event.Live.Title,
                    r.Day,
                    r.Day == today ? "Today"
                        : r.Day == today.AddDays(1) ? "Tomorrow"
                        : "",
                    r.Hours,
                    r.Event.Where,
                    r.Event.Sample
                )),
        ];
    }

    /// <summary>
    /// Of each part of the country one before any has a second, those near a big town first, then the earliest. What is online is a part
    /// of its own.
    /// </summary>
    static IEnumerable<Coming> Ranked(IEnumerable<Coming> dates) =>
        dates
            .GroupBy(d => d.IsSomewhere ? d.Region : Region.None)
            .SelectMany(part => part.OrderBy(d => d.IsNearBigTown ? 0 : 1).ThenBy(d => d.StartUtc).Select((d, place) => (Date: d, place)))
            .OrderBy(d => d.place)
            .ThenBy(d => d.Date.IsNearBigTown ? 0 : 1)
            .ThenBy(d => d.Date.StartUtc)
            .Select(d => d.Date);

    sealed record Coming(Guid EventId, DateTime StartUtc, Region Region, bool IsSomewhere, double X, double Y, double Z)
    {
        static readonly double Near = GeoPoint.Nearness(MilesAroundATown);

        public bool IsNearBigTown { get; } = BigTowns.Any(t => t.X * X + t.Y * Y + t.Z * Z >= Near);
    }
}
