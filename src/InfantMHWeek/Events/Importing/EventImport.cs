using System.Security.Claims;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Events.Importing;

/// <summary>
/// Brings a partner's list in: what is new becomes a draft, which nobody but staff sees before somebody has approved it, and what is there
/// is followed. In small writes, so that nobody waits long, and one that breaks off can be begun again.
/// </summary>
sealed class EventImport(SiteStore store, SiteDb db, PlaceFinder places, TimeProvider clock)
{
    readonly ImportPreparation preparation = new(places, clock);

    const int AtOnce = 100,
        MostPublished = 100,
        ManyGone = 3;
    const string NotFlagged =
        "None was flagged, because that is more likely a mistake there. Look at their calendar, and ask them. They stay as they are.";

    /// <summary>What would happen; nothing is changed.</summary>
    public async Task<ImportOutcome> LookAsync(FileEvents file, ImportOrder order, CancellationToken cancel)
    {
        var problems = file.Problems.ToList();
        var rows = new List<ImportRow>();
        foreach (var some in (await preparation.ReadyAsync(file, order, problems, cancel)).Chunk(AtOnce))
        {
            var known = await KnownEvents.OfAsync(db, file, some, order, keep: false, cancel);
            rows.AddRange(some.Select(one => ImportComparison.RowOf(known.Find(one), known, one, problems)).OfType<ImportRow>());
        }
        var (gone, _) = order.Whole ? await MissedAsync(db, file, order, cancel) : ([], "");
        return new(rows, problems, gone.ConvertAll(e => e.Latest.Title));
    }

    public Task<ImportOutcome> BringInAsync(FileEvents file, ImportOrder order, ClaimsPrincipal staff, CancellationToken cancel) =>
        BringInAsync(
            file,
            order,
            staff.StaffName(),
            (inside, rows) =>
            {
                if (rows.Count > 0)
                    inside.Record(clock, staff, $"brought in {rows.Count(r => r.State == ImportState.New)} events from a file");
            },
            cancel
        );

    /// <param name="by">Who did it, as each event's history says it.</param>
    /// <param name="record">Writes into the audit log what came of it.</param>
    public async Task<ImportOutcome> BringInAsync(
        FileEvents file,
        ImportOrder order,
        string by,
        Action<SiteDb, IReadOnlyList<ImportRow>> record,
        CancellationToken cancel
    )
    {
        var problems = file.Problems.ToList();
        var rows = new List<ImportRow>();
        foreach (var some in (await preparation.ReadyAsync(file, order, problems, cancel)).Chunk(AtOnce))
        {
            var mayPublish = MostPublished - rows.Count(r => r.Published);
            var (told, done) = await store.WriteAsync(
                async inside =>
                {
                    var words = new List<string>();
                    return (words, await KeepAsync(inside, file, some, order, by, mayPublish, words, cancel));
                },
                cancel
            );
            problems.AddRange(told);
            rows.AddRange(done);
        }
        var (gone, warning) = await store.WriteAsync(
            async inside =>
            {
                if (order.Feed is { } turn)
                    await inside.FeedInTurnAsync(turn, cancel);
                var (missed, suspicion) =
                    order.Whole && (rows.Count > 0 || order.Feed is not null) ? await MissedAsync(inside, file, order, cancel) : ([], "");
                foreach (var e in missed)
                    e.MissAtSource("did not find it in the partner’s list any more", clock.GetUtcNow());
                record(inside, rows);
                return (missed.ConvertAll(e => e.Latest.Title), suspicion);
            },
            cancel
        );
        return new(rows, problems, gone) { Warning = warning };
    }

    async Task<List<ImportRow>> KeepAsync(
        SiteDb inside,
        FileEvents file,
        ReadyEvent[] some,
        ImportOrder order,
        string by,
        int mayPublish,
        List<string> problems,
        CancellationToken cancel
    )
    {
        var feed = order.Feed is { } turn ? await inside.FeedInTurnAsync(turn, cancel) : null;
        var keeper = new ImportKeeper(inside, order, feed, by, mayPublish, MayCancel(file), clock.GetUtcNow());
        var known = await KnownEvents.OfAsync(inside, file, some, order, keep: true, cancel);
        var rows = new List<ImportRow>();
        foreach (var one in some)
        {
            var here = known.Find(one);
            if (ImportComparison.RowOf(here, known, one, problems) is { } row)
                rows.Add(row with { Published = keeper.Keep(here, one, row) });
        }
        return rows;
    }

    /// <summary>That most of a calendar is cancelled at once is rather its fault.</summary>
    static bool MayCancel(FileEvents file) =>
        file.Events.Count(e => e.Cancelled) is var cancelled && (cancelled < ManyGone || cancelled * 2 <= file.Events.Count);

    /// <summary>
    /// Those still to come that are not in the list. A file in which nothing could be read says nothing of what there is; that most of a
    /// calendar goes at once is rather its fault, and waits for a person.
    /// </summary>
    async Task<(List<Event> Gone, string Warning)> MissedAsync(SiteDb inside, FileEvents file, ImportOrder order, CancellationToken cancel)
    {
        if (file.Part || (order.Feed is null && file.Events.Count == 0))
            return ([], "");
        var coming = (await KnownEvents.HeldAsync(inside, order, cancel)).FindAll(e => preparation.IsAhead(e.Latest.Schedule));
        var gone = coming.FindAll(e => !file.Ids.Contains(e.SourceId!));
        var suspicious =
            order.Feed is { FlagMany: false }
            && gone.Count > 0
            && (file.Ids.Count == 0 || (gone.Count >= ManyGone && gone.Count * 2 > coming.Count));
        return suspicious
            ? ([], $"{gone.Count} of {coming.Count} events to come that we have from it are missing in it. {NotFlagged}")
            : (gone, "");
    }
}
