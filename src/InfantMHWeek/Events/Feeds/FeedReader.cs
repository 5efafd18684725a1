using InfantMHWeek.Events.Importing;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Events.Feeds;

enum FeedReading
{
    /// <summary>The operator has not switched it on, and nobody was asked.</summary>
    Off,

    /// <summary>It is stopped, not due, or another reads it.</summary>
    NotNow,
    Read,
    Unchanged,
    Failed,
}

/// <summary>
/// Reads the calendars of partners once a day, each by itself: what goes wrong with one is noted there, and the others are read. Nothing of
/// the network is waited for inside a write.
/// </summary>
sealed class FeedReader(
    SiteStore store,
    SiteDb db,
    EventImport import,
    FeedWall wall,
    IOptions<EventSettings> settings,
    TimeProvider clock,
    ILogger<FeedReader> log
)
{
    public const string Job = "read the calendars of partners";
    const int MostAtOnce = 200;

    sealed record Begun(Uri Address, FeedVersion Known, ImportOrder Order, FileAnswers Answers, string By);

    /// <summary>All that are due.</summary>
    public async Task ReadDueAsync(CancellationToken cancel)
    {
        if (!settings.Value.ReadFeeds)
            return;
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<PartnerFeed>()
            .Where(f => f.StoppedAt == null && f.DueAt <= now)
            .OrderBy(f => f.DueAt)
            .Take(MostAtOnce)
            .Select(f => f.Id)
            .ToListAsync(cancel);
        foreach (var feed in due)
            await ReadAsync(feed, evenIfNotDue: false, flagMany: false, cancel);
    }

    /// <param name="flagMany">A person has looked: what is missing in it is gone.</param>
    public async Task<FeedReading> ReadAsync(Guid id, bool evenIfNotDue, bool flagMany, CancellationToken cancel)
    {
        if (!settings.Value.ReadFeeds)
            return FeedReading.Off;
        var turn = new FeedTurn(id, Guid.NewGuid(), flagMany);
        if (await BeginAsync(turn, evenIfNotDue, cancel) is not { } begun)
            return FeedReading.NotNow;
        try
        {
            using var client = new FeedClient(PartnerCalendar.Limits, wall.MayAsk);
            var calendar = new PartnerCalendar(client, begun.Answers, clock.GetUtcNow().UtcDateTime);
            var (events, version) = await calendar.ReadAsync(begun.Address, begun.Known, cancel);
            if (events is null)
                return await NoteAsync(turn, FeedReading.Unchanged, feed => feed.Unchanged(clock.GetUtcNow()), cancel);
            var report = await BringInAsync(events, version, begun, cancel);
            return await NoteAsync(turn, FeedReading.Read, feed => feed.Read(report, clock.GetUtcNow()), cancel);
        }
        catch (FeedTurnLostException)
        {
            return FeedReading.NotNow;
        }
        catch (Exception problem) when (!StoreTrouble.Is(problem) && !cancel.IsCancellationRequested)
        {
            if (problem is not FeedException)
                log.LogError(problem, "The feed {Feed} could not be read", id);
            var words =
                problem is FeedException
                    ? problem.Message
                    : $"Something unexpected happened ({problem.GetType().Name}). The log says more.";
            return await NoteAsync(turn, FeedReading.Failed, feed => feed.Fail(words, clock.GetUtcNow()), cancel);
        }
    }

    Task<Begun?> BeginAsync(FeedTurn turn, bool evenIfNotDue, CancellationToken cancel) =>
        store.WriteAsync(
            async inside =>
            {
                var now = clock.GetUtcNow();
                if (
                    await inside.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == turn.Feed, cancel) is not { } feed
                    || !feed.Begin(turn.Reader, evenIfNotDue, now)
                )
                    return null;
                var (terms, known) = (feed.Terms, !turn.FlagMany && feed.KnowsVersion(now));
                return new Begun(
                    new(feed.Address),
                    known ? new(feed.ETag, feed.LastModified) : FeedVersion.None,
                    new(feed.Contact, feed.ContactName, terms.Organiser, terms.Audience, terms.Booking, terms.Whole, turn),
                    new(Starts: terms.DayStarts, Ends: terms.DayEnds, Minutes: terms.Minutes),
                    "The calendar of " + feed.Name
                );
            },
            cancel
        );

    async Task<FeedReport> BringInAsync(FileEvents events, FeedVersion version, Begun begun, CancellationToken cancel)
    {
        var outcome = await import.BringInAsync(events, begun.Order, begun.By, Record, cancel);
        var left = outcome.Problems.Where(p => !p.EndsWith(ImportPreparation.Past, StringComparison.Ordinal)).ToList();
        var published = outcome.Rows.Count(r => r.Published);
        var words = outcome.InWords() + (published > 0 ? $" {published} of them published." : "");
        return new(version.ETag, version.LastModified, words, string.Join('\n', left), outcome.Warning);

        void Record(SiteDb inside, IReadOnlyList<ImportRow> rows)
        {
            var (added, changed) = (rows.Count(r => r.State == ImportState.New), rows.Count(r => r.State == ImportState.Changed));
            if (added + changed > 0)
                inside.RecordBySite(
                    clock,
                    $"read a partner’s calendar: {added} new, {changed} changed, {rows.Count(r => r.Published)} published",
                    begun.Order.Feed!.Feed.ToString()
                );
        }
    }

    Task<FeedReading> NoteAsync(FeedTurn turn, FeedReading reading, Action<PartnerFeed> note, CancellationToken cancel) =>
        store.WriteAsync(
            async inside =>
            {
                if (await inside.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == turn.Feed, cancel) is not { } feed)
                    return FeedReading.NotNow;
                if (!feed.IsReadBy(turn.Reader))
                    return FeedReading.NotNow;
                note(feed);
                return reading;
            },
            cancel
        );
}
