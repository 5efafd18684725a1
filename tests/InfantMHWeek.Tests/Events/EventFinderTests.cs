using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>The finder against a plain loop over everything.</summary>
[BothStores]
public sealed class EventFinderTests
{
    [Fact]
    public async Task A_thousand_searches_give_what_a_plain_loop_gives()
    {
        await using var site = new TestSite();
        var generated = new GeneratedEvents(4);
        var events = Enumerable.Range(0, 1500).Select(_ => generated.Published()).ToList();
        // Some in every other state: never approved, withdrawn, cancelled, postponed.
        foreach (var gone in events.Take(100))
            gone.Withdraw("Staff", "", GeneratedEvents.Now);
        foreach (var off in events.Skip(100).Take(50))
            off.Cancel("Staff", "", GeneratedEvents.Now);
        var drafts = Enumerable.Range(0, 100).Select(_ => Event.Start(events[0].Contact, GeneratedEvents.Now, generated.Details()));
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            db.Set<Event>().AddRange(drafts);
            return db.SaveChangesAsync();
        });

        await using var scope = site.Services.CreateAsyncScope();
        var finder = scope.ServiceProvider.GetRequiredService<EventFinder>();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            var query = generated.Query();
            var all = Reference(events, query).ToList();
            Assert.Equal(
                Page(all, query),
                (await finder.FindAsync(query, TestContext.Current.CancellationToken)).Select(f => (f.EventId, f.StartUtc))
            );
            Assert.Equal(
                Math.Min(EventFinder.CountsTo + 1, all.Select(d => d.EventId).Distinct().Count()),
                await finder.CountAsync(query, TestContext.Current.CancellationToken)
            );
            found += all.Count;
        }
        Assert.True(found > 5000, $"The searches found only {found} dates, which proves little.");
    }

    /// <summary>What repeats counts once, with its first date, unless every date is asked for.</summary>
    static IEnumerable<(Guid EventId, DateTime StartUtc, double Miles, bool Repeats)> Lines(
        IEnumerable<(Guid EventId, DateTime StartUtc, double Miles, bool Repeats)> all,
        EventQuery query
    )
    {
        var seen = new HashSet<Guid>();
        return all.Where(d => query.EveryDate || !d.Repeats || seen.Add(d.EventId)).ToList();
    }

    static IEnumerable<(Guid EventId, DateTime StartUtc)> Page(
        IEnumerable<(Guid EventId, DateTime StartUtc, double Miles, bool Repeats)> all,
        EventQuery query
    ) =>
        (
            query is { ByDistance: true, Near: not null }
                ? all.GroupBy(d => d.EventId)
                    .Select(g => g.MinBy(d => d.StartUtc))
                    .OrderBy(d => d.Miles)
                    .ThenBy(d => d.StartUtc)
                    .ThenBy(d => d.EventId.ToString().ToUpperInvariant(), StringComparer.Ordinal)
                : Lines(all.OrderBy(d => d.StartUtc).ThenBy(d => d.EventId.ToString().ToUpperInvariant(), StringComparer.Ordinal), query)
        )
            .Skip(query.Skip)
            .Take(query.Take)
            .Select(d => (d.EventId, d.StartUtc));

    static IEnumerable<(Guid EventId, DateTime StartUtc, double Miles, bool Repeats)> Reference(IEnumerable<Event> events, EventQuery q) =>
        from e in events
        where e.IsPublic
        let live = e.Live!
        let miles = q.Near is null || live.Point is null || !live.InPerson ? double.NaN : live.Point.MilesTo(q.Near)
        where q.Near is null || miles <= q.Miles
        where q.Near is not null || q.Region == Region.None || (live.InPerson && live.Region == q.Region)
        let tags = EventTags.Of(live)
        where (tags & q.All) == q.All && (tags & q.AnyAudience) != 0 && (tags & q.AnyStage) != 0 && (tags & q.AnyCost) != 0
        from part in live.Schedule.ByDay()
        let minute = part.Day == part.Time.Day ? part.Time.Starts.Hour * 60 + part.Time.Starts.Minute : 0
        where part.StartUtc >= q.FromUtc && part.StartUtc < q.ToUtc && part.EndUtc > q.EndsAfterUtc
        where minute >= q.FromMinute && minute < q.ToMinute && (part.EndUtc - part.StartUtc).TotalMinutes <= q.MostMinutes
        select (e.Id, part.StartUtc, miles, live.Schedule.Repeats);
}
