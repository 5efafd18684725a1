using System.Security.Claims;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Importing;

/// <summary>
/// Brings a partner's file in: what is new becomes a draft, which nobody but staff sees before somebody has approved it, and what is there
/// is followed. In small writes, so that nobody waits long, and one that breaks off can be begun again.
/// </summary>
sealed class EventImport(SiteStore store, SiteDb db, PlaceFinder places, TimeProvider clock)
{
    readonly ImportPreparation preparation = new(places, clock);

    const int AtOnce = 100,
        MostOfOnePartner = 2000;

    /// <summary>What would happen; nothing is changed.</summary>
    public async Task<ImportOutcome> LookAsync(FileEvents file, ImportOrder order, CancellationToken cancel)
    {
        var problems = file.Problems.ToList();
        var rows = new List<ImportRow>();
        foreach (var some in (await preparation.ReadyAsync(file, order, problems, cancel)).Chunk(AtOnce))
            rows.AddRange(await DoAsync(db, some, order, by: null, problems, cancel));
        return new(rows, problems, order.Whole ? [.. (await GoneAsync(db, file, order, cancel)).Select(e => e.Latest.Title)] : []);
    }

    public async Task<ImportOutcome> BringInAsync(FileEvents file, ImportOrder order, ClaimsPrincipal staff, CancellationToken cancel)
    {
        var problems = file.Problems.ToList();
        var (rows, gone) = (new List<ImportRow>(), new List<string>());
        foreach (var some in (await preparation.ReadyAsync(file, order, problems, cancel)).Chunk(AtOnce))
        {
            var (told, done) = await store.WriteAsync(
                async inside =>
                {
                    var words = new List<string>();
                    return (words, await DoAsync(inside, some, order, staff.StaffName(), words, cancel));
                },
                cancel
            );
            problems.AddRange(told);
            rows.AddRange(done);
        }
        if (rows.Count > 0)
            gone = await store.WriteAsync(
                async inside =>
                {
                    var missed = order.Whole ? await GoneAsync(inside, file, order, cancel) : [];
                    foreach (var e in missed)
                        e.MissAtSource("did not find it in the partner’s list any more", clock.GetUtcNow());
                    var added = rows.Count(r => r.State == ImportState.New);
                    inside.Record(clock, staff, $"brought in {added} events from a file");
                    return missed.ConvertAll(e => e.Latest.Title);
                },
                cancel
            );
        return new(rows, problems, gone);
    }

    /// <param name="by">Who does it; null where it is only looked at.</param>
    async Task<List<ImportRow>> DoAsync(
        SiteDb inside,
        ReadyEvent[] some,
        ImportOrder order,
        string? by,
        List<string> problems,
        CancellationToken cancel
    )
    {
        var ids = some.Select(r => r.From.Id).ToList();
        var events = inside.Set<Event>().Include(e => e.Dates);
        var held = await (by is null ? events.AsNoTracking() : events)
            .Where(e => EF.Parameter(ids).Contains(e.SourceId!))
            .ToListAsync(cancel);
        // Version 1.0 knew them by their name and first date.
        var older = await (by is null ? events.AsNoTracking() : events)
            .Where(e => e.Contact == order.Contact && e.SourceId == null && e.ImportedAt != null && e.WithdrawnAt == null)
            .OrderByDescending(e => e.Id)
            .Take(MostOfOnePartner)
            .ToListAsync(cancel);
        var rows = new List<ImportRow>();
        foreach (var one in some)
        {
            var known = held.Find(e => e.Contact == order.Contact && e.SourceId == one.From.Id)
                ?? older.Find(e => KeyOf(e.Latest) == KeyOf(one.Whole));
            if (known is null && one.From.Cancelled)
            {
                problems.Add($"{one.From.Where}: it is cancelled, and was left out.");
                continue;
            }
            var row = known is null ? new(one.From.Where, ImportState.New, one.Whole, [], null) : WouldBe(known, one);
            rows.Add(row);
            if (by is not null)
                Keep(inside, known, one, row, order, by);
        }
        return rows;
    }

    static ImportRow WouldBe(Event known, ReadyEvent one)
    {
        var before = known.AtSource ?? one.Said;
        if (!known.FollowsSource)
            return new(one.From.Where, ImportState.Kept, known.Latest, [], known.Id);
        if (one.From.Cancelled)
            return new(one.From.Where, ImportState.Cancelled, known.Latest, [], known.Id);
        var after = SourceChange.Apply(known.Latest, before, one.Said);
        if (before.Postcode != one.Said.Postcode || before.Attendance != one.Said.Attendance)
            after = after with
            {
                Postcode = one.Whole.Postcode,
                Point = one.Whole.Point,
                PointExactness = one.Whole.PointExactness,
                Region = one.Whole.Region,
            };
        return after.SameAs(known.Latest)
            ? new(one.From.Where, ImportState.Same, after, [], known.Id)
            : new(one.From.Where, ImportState.Changed, after, [.. EventDifference.Between(known.Latest, after)], known.Id);
    }

    void Keep(SiteDb inside, Event? known, ReadyEvent one, ImportRow row, ImportOrder order, string by)
    {
        var now = clock.GetUtcNow();
        if (known is null)
        {
            var made = Event.Import(order.Contact, one.From.Id, one.Said, one.Whole, by, now);
            made.ContactName = order.ContactName;
            inside.Set<Event>().Add(made);
        }
        else if (row.State == ImportState.Cancelled)
            known.MissAtSource("read in the partner’s list that it is cancelled", now);
        else if (row.State is ImportState.Changed or ImportState.Same)
        {
            known.FindAtSource(now);
            known.FollowSource(one.From.Id, one.Said, row.Details, by, now);
        }
    }

    static (string, DateTime) KeyOf(EventDetails details) => (details.Title, details.Schedule.All().FirstOrDefault()?.StartUtc ?? default);

    /// <summary>Those still to come that are not in the list; one in which nothing could be read says nothing of what there is.</summary>
    async Task<List<Event>> GoneAsync(SiteDb inside, FileEvents file, ImportOrder order, CancellationToken cancel)
    {
        if (file.Events.Count == 0)
            return [];
        var held = await inside
            .Set<Event>()
            .Where(e => e.Contact == order.Contact && e.SourceId != null && e.GoneAtSourceAt == null && e.WithdrawnAt == null)
            .Take(MostOfOnePartner)
            .ToListAsync(cancel);
        return held.FindAll(e => !file.Ids.Contains(e.SourceId!) && e.FollowsSource && preparation.IsAhead(e.Latest.Schedule));
    }
}
