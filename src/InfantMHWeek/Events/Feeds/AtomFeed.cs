using System.Xml;
using System.Xml.Linq;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Feeds;

namespace InfantMHWeek.Events.Feeds;

/// <summary>
/// The events of a news feed (Atom or RSS). One that names its calendar is read there, and so is that of a site like this one, because the
/// calendar says more; else each item is taken that says when it is for machines, or leads to a calendar of its own. News feeds show only
/// their newest items, so nothing is concluded from what is missing.
/// </summary>
/// <param name="readCalendar">Reads a calendar to which the feed leads.</param>
sealed class AtomFeed(Func<Uri, CancellationToken, Task<FileEvents>> readCalendar, FileAnswers answers, DateTime nowUtc)
{
    const int MostItems = 500,
        MostFetched = 60,
        BeforeItsName = 2000;
    const string OurFeed = "/events/feed.atom",
        OurCalendar = "/events/calendar.ics";
    static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static bool IsOne(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, BeforeItsName));
        return start is ['<', ..]
            && !start.Contains("<html", StringComparison.OrdinalIgnoreCase)
            && (start.Contains("<feed", StringComparison.Ordinal) || start.Contains("<rss", StringComparison.Ordinal));
    }

    /// <exception cref="FeedException">It is broken, or nothing in it says when it is.</exception>
    public async Task<FileEvents> ReadAsync(Uri address, string text, CancellationToken cancel)
    {
        var root = Parse(text);
        var head = root.Name.LocalName == "rss" ? root.Elements().FirstOrDefault() ?? root : root;
        if (CalendarOf(head, address) is { } calendar)
            return await readCalendar(calendar, cancel);
        var items = head.Elements().Where(e => e.Name.LocalName is "entry" or "item").ToList();
        if (items.Count > MostItems)
            throw new FeedException($"This feed has more than {MostItems} items.");
        var (events, problems, ids, fetched) = (new List<FileEvent>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var item in items)
        {
            var entry = FeedItem.Of(item);
            var read =
                entry.AsCalendar() is { } dated ? CalendarEvents.Read(dated, answers, nowUtc)
                : CalendarOf(item, address) is { } own && fetched++ < MostFetched ? await FetchAsync(entry, own, cancel)
                : new([], [entry.InWords + ": it does not say for machines when it is, so it was left out."]);
            events.AddRange(read.Events);
            problems.AddRange(read.Problems);
            ids.UnionWith(read.Ids);
        }
        return new(events, problems) { Ids = ids, Part = true };
    }

    static XElement Parse(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Safe);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException problem)
        {
            throw new FeedException("The feed is broken, or ends in the middle, so nothing was taken from it.", problem);
        }
    }

    async Task<FileEvents> FetchAsync(FeedItem item, Uri calendar, CancellationToken cancel)
    {
        try
        {
            return await readCalendar(calendar, cancel);
        }
        catch (FeedException problem)
        {
            return new([], [$"{item.InWords}: {problem.Message}"]);
        }
    }

    /// <summary>On the same host only: nothing is fetched that nobody named.</summary>
    static Uri? CalendarOf(XElement of, Uri address)
    {
        var links = of.Elements()
            .Where(e => e.Name.LocalName is "link" or "enclosure")
            .Select(e =>
                (
                    Href: (string?)e.Attribute("href") ?? (string?)e.Attribute("url") ?? e.Value,
                    IsCalendar: ((string?)e.Attribute("type"))?.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase) == true
                )
            )
            .Select(l => (At: Uri.TryCreate(address, l.Href.Trim(), out var at) ? at : null, l.IsCalendar))
            .ToList();
        var found = links
            .Find(l => l.At is not null && (l.IsCalendar || l.At.AbsolutePath.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)))
            .At;
        if (found is null && address.AbsolutePath.EndsWith(OurFeed, StringComparison.Ordinal) && IsOurs(of))
            found = new UriBuilder(address) { Path = address.AbsolutePath[..^OurFeed.Length] + OurCalendar }.Uri;
        return found is not null && found.Scheme == address.Scheme && found.Authority == address.Authority ? found : null;
    }

    /// <summary>Written by this software, perhaps at another charity.</summary>
    static bool IsOurs(XElement head) =>
        head.Elements().FirstOrDefault(e => e.Name.LocalName == "id")?.Value.Contains(OurFeed, StringComparison.Ordinal) == true;
}
