using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// Keeps groups without an end true: each organiser is asked twice a year, reminded once, and given up after a month: then no further dates
/// are made. What was done is noted in the write of its mail, so a restart neither skips nor repeats it.
/// </summary>
sealed class GroupChecks(SiteStore store, EventMails post, IOptions<EventSettings> settings, TimeProvider clock)
{
    public const string Job = "ask whether groups still run";
    const int MostAtOnce = 20;

    /// <returns>How many groups something was done about.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default) =>
        await EachAsync(Silent, (_, e, now) => Task.FromResult(e.GiveUp(now)), cancel)
        + await EachAsync(
            ToRemind,
            async (db, e, now) =>
            {
                if (!e.Remind(now))
                    return false;
                await post.StillOnAgainAsync(db, e, cancel);
                return true;
            },
            cancel
        )
        + await EachAsync(
            ToAsk,
            async (db, e, now) =>
            {
                if (!e.Question(now))
                    return false;
                await post.StillOnAsync(db, e, cancel);
                return true;
            },
            cancel
        );

    IQueryable<Event> ToAsk(IQueryable<Event> open, DateTime now)
    {
        var before = now.AddDays(-settings.Value.AskAfterDays);
        return open.Where(e => e.QuestionedAt == null && e.ApprovedAt <= before && (e.StillOnAt == null || e.StillOnAt <= before));
    }

    IQueryable<Event> ToRemind(IQueryable<Event> open, DateTime now)
    {
        var before = now.AddDays(-settings.Value.RemindAfterDays);
        return open.Where(e => e.QuestionedAt <= before && e.RemindedAt == null);
    }

    /// <summary>A reminder that was late gives its time to answer too.</summary>
    IQueryable<Event> Silent(IQueryable<Event> open, DateTime now)
    {
        var (asked, reminded) = (
            now.AddDays(-settings.Value.GiveUpAfterDays),
            now.AddDays(-Math.Max(1, settings.Value.GiveUpAfterDays - settings.Value.RemindAfterDays))
        );
        return open.Where(e => e.QuestionedAt <= asked && e.RemindedAt <= reminded && e.UnansweredAt == null);
    }

    async Task<int> EachAsync(
        Func<IQueryable<Event>, DateTime, IQueryable<Event>> due,
        Func<SiteDb, Event, DateTimeOffset, Task<bool>> act,
        CancellationToken cancel
    )
    {
        for (var all = 0; ; )
        {
            var (found, done) = await store.WriteAsync(
                async db =>
                {
                    var now = clock.GetUtcNow();
                    var open = db.Set<Event>()
                        .WherePublic()
                        .Where(e => e.OpenEnded && e.CancelledAt == null && e.PostponedAt == null && !e.Sample);
                    var groups = await due(open, now.UtcDateTime)
                        .OrderBy(e => e.Id)
                        .Include(e => e.Dates)
                        .AsSplitQuery()
                        .Take(MostAtOnce)
                        .ToListAsync(cancel);
                    var count = 0;
                    foreach (var e in groups)
                        if (await act(db, e, now))
                            count++;
                    return (groups.Count, count);
                },
                cancel
            );
            all += done;
            // One that could not be acted on would come back for ever.
            if (found < MostAtOnce || done == 0)
                return all;
        }
    }
}
