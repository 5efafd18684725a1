using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Feeds;

/// <summary>What a calendar at an address says now.</summary>
/// <param name="Events">Null where nothing has changed.</param>
sealed record PartnerEvents(FileEvents? Events, FeedVersion Version);

/// <summary>
/// Fetches a partner's calendar and reads it. Only what is a whole calendar counts: from half of one, or from a web page in its place, it
/// would look as if events had been taken away.
/// </summary>
sealed class PartnerCalendar(FeedClient client, FileAnswers answers, DateTime nowUtc)
{
    public static readonly FeedLimits Limits = new(
        "text/calendar, application/atom+xml;q=0.9, application/rss+xml;q=0.8, */*;q=0.1",
        TimeSpan.FromSeconds(60),
        4L * EventFile.MostBytes,
        EventFile.MostBytes
    );

    const int MostParts = 20;

    /// <exception cref="FeedException">It could not be fetched, or is no calendar.</exception>
    public async Task<PartnerEvents> ReadAsync(Uri address, FeedVersion known, CancellationToken cancel)
    {
        var answer = await client.GetAsync(address, known, cancel);
        if (answer.Body is null)
            return new(null, answer.Version);
        var text = TextOf(answer.Body);
        if (AtomFeed.IsOne(text))
            return new(await new AtomFeed(ReadCalendarAsync, answers, nowUtc).ReadAsync(address, text, cancel), answer.Version);
        // That its first part is as it was says nothing of the others.
        return new(await ReadPartsAsync(ReadCalendar(text), answer.Next, cancel), answer.Next is null ? answer.Version : FeedVersion.None);
    }

    /// <summary>A calendar to which another feed leads; it is read in full, whatever is known of it.</summary>
    async Task<FileEvents> ReadCalendarAsync(Uri address, CancellationToken cancel)
    {
        var answer = await client.GetAsync(address, FeedVersion.None, cancel);
        return await ReadPartsAsync(ReadCalendar(TextOf(answer.Body ?? [])), answer.Next, cancel);
    }

    /// <summary>A large calendar goes on at the address that its answer names, as one of a site like this does.</summary>
    async Task<FileEvents> ReadPartsAsync(FileEvents first, Uri? next, CancellationToken cancel)
    {
        var parts = new List<FileEvents> { first };
        var read = new HashSet<Uri>();
        for (; next is not null && parts.Count < MostParts && read.Add(next); )
        {
            var answer = await client.GetAsync(next, FeedVersion.None, cancel);
            parts.Add(ReadCalendar(TextOf(answer.Body ?? [])));
            next = answer.Next;
        }
        var events = parts.SelectMany(p => p.Events).DistinctBy(e => e.Id, StringComparer.Ordinal).ToList();
        var problems = parts.SelectMany(p => p.Problems).Distinct(StringComparer.Ordinal).ToList();
        var cut = next is not null || events.Count > EventFile.MostEvents;
        if (cut)
            problems.Add($"It goes on after {parts.Count} parts and {events.Count} events. What comes after them was not read.");
        return new([.. events.Take(EventFile.MostEvents)], problems)
        {
            Ids = parts.SelectMany(p => p.Ids).ToHashSet(StringComparer.Ordinal),
            Part = cut || first.Part,
        };
    }

    static string TextOf(byte[] body)
    {
        if (body.Length == 0)
            throw new FeedException("The answer is empty.");
        var (text, problem) = TextDecoder.Read(body);
        return problem is null
            ? text.Trim()
            : throw new FeedException("There is no calendar at this address, but something that is no text.");
    }

    FileEvents ReadCalendar(string text)
    {
        if (!text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw new FeedException(
                text.StartsWith('<')
                    ? "There is a web page at this address, and no calendar."
                    : "There is something else at this address, and no calendar."
            );
        if (!text.EndsWith("END:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw new FeedException("The calendar ends in the middle, so nothing was taken from it.");
        if (!text.Contains("BEGIN:VEVENT", StringComparison.OrdinalIgnoreCase))
            return new([], []);
        var read = CalendarEvents.Read(text, answers, nowUtc);
        return read.Ids.Count > 0
            ? read
            : throw new FeedException(read.Problems.Count > 0 ? read.Problems[0] : "Nothing in this calendar could be read.");
    }
}
