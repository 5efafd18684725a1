using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Services;

/// <summary>A service in a list of staff.</summary>
sealed record ServiceLine(
    Guid Id,
    int Revision,
    string Title,
    string Organisation,
    string Where,
    ServiceState State,
    DateOnly? CheckedOn,
    DateTime? Since,
    bool Late,
    IReadOnlyList<string> Risks,
    IReadOnlyList<LikeService> Like
)
{
    public string Key => new SeenVersion(Id, Revision).Key;
}

/// <summary>What a reader said is wrong.</summary>
sealed record ServiceComplaint(Guid Id, Guid ServiceId, string Title, string What, string Words, DateTime At);

/// <summary>All that lies before staff when they open the services.</summary>
sealed record ServiceDesk
{
    public const int MostShown = 200;

    public required IReadOnlyList<ServiceComplaint> Reports { get; init; }
    public required IReadOnlyList<ServiceLine> Queue { get; init; }

    /// <summary>No longer at their source.</summary>
    public required IReadOnlyList<ServiceLine> Gone { get; init; }
    public required IReadOnlyList<ServiceLine> Others { get; init; }
    public required IReadOnlyList<FreshnessRow> Fresh { get; init; }
    public required IReadOnlyList<StaleCircle> Circles { get; init; }

    /// <param name="words">What is searched for.</param>
    /// <param name="stale">Where only what is stale is listed.</param>
    public static async Task<ServiceDesk> OpenAsync(
        SiteDb db,
        ServiceSettings settings,
        TimeProvider clock,
        string? words,
        Region stale,
        CancellationToken cancel
    )
    {
        var (all, fresh) = (db.Set<FamilyService>().AsNoTracking(), new ServiceFreshness(db, clock.Today()));
        var waiting = await all.Where(s => s.WaitingSince != null && s.WithdrawnAt == null)
            .OrderBy(s => s.WaitingSince)
            .Take(MostShown)
            .ToListAsync(cancel);
        var index = waiting.Count > 0 ? await ServiceDuplicates.LoadAsync(db, cancel) : null;
        var gone = all.Where(s => s.GoneAtSourceAt != null && s.WithdrawnAt == null && s.ClosedAt == null).OrderBy(s => s.GoneAtSourceAt);
        var others = stale == Region.None ? ServiceList.Sought(all, words).OrderByDescending(s => s.Id) : fresh.Stale(stale);
        return new()
        {
            Reports = await ReportsAsync(db, cancel),
            Queue = [.. waiting.Select(s => LineOf(s, index?.Like(s.Id, s.Latest) ?? []))],
            Gone = await LinesAsync(gone),
            Others = await LinesAsync(others),
            Fresh = await fresh.RowsAsync(cancel),
            Circles = await fresh.CirclesAsync(cancel),
        };

        async Task<IReadOnlyList<ServiceLine>> LinesAsync(IQueryable<FamilyService> services) =>
            [.. (await services.Take(MostShown).ToListAsync(cancel)).Select(s => LineOf(s, []))];

        ServiceLine LineOf(FamilyService s, IReadOnlyList<LikeService> like) =>
            new(
                s.Id,
                s.Revision,
                s.Latest.Title,
                s.Latest.Organisation,
                string.Join(", ", s.Latest.Places.Select(p => p.Town).Distinct(StringComparer.Ordinal).Take(3)),
                s.State,
                s.CheckedOn,
                s.WaitingSince,
                s.WaitingSince is { } since && settings.LateFrom(since) < clock.GetUtcNow().UtcDateTime,
                [.. ServiceRisks.Of(s)],
                like
            );
    }

    static async Task<IReadOnlyList<ServiceComplaint>> ReportsAsync(SiteDb db, CancellationToken cancel)
    {
        var reports = await db.Set<ServiceReport>()
            .AsNoTracking()
            .Where(r => r.ClosedAt == null)
            .OrderByDescending(r => r.What == "unsafe")
            .ThenBy(r => r.At)
            .Take(MostShown)
            .Join(db.Set<FamilyService>(), r => r.ServiceId, s => s.Id, (r, s) => new { Report = r, s.Live })
            .ToListAsync(cancel);
        return
        [
            .. reports.Select(r => new ServiceComplaint(
                r.Report.Id,
                r.Report.ServiceId,
                r.Live?.Title ?? "A service",
                ServiceReport.Kinds.FirstOrDefault(k => k.Slug == r.Report.What).Name ?? r.Report.What,
                r.Report.Words,
                r.Report.At
            )),
        ];
    }
}
