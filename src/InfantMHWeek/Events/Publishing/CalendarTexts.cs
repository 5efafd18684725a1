using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// Events as they stand in calendars, kept until they change: diaries ask for the same five hundred again and again, and to write them
/// takes far longer than to look whether they are still the same.
/// </summary>
sealed class CalendarTexts(SiteAddress address) : IDisposable
{
    const long MostCharacters = 6 * 1024 * 1024;
    readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    /// <summary>What is public of these events, in their order.</summary>
    public async Task<IReadOnlyList<CalendarText>> OfAsync(SiteDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var events = db.Set<Event>().AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id));
        // Whatever the public sees of an event, its place in the order of changes moves with it.
        var versions = await events.WherePublic().Select(e => new { e.Id, e.Changed }).ToDictionaryAsync(e => e.Id, e => e.Changed, cancel);
        var texts = new Dictionary<Guid, CalendarText>(versions.Count);
        foreach (var (id, changed) in versions)
            if (kept.TryGetValue((id, changed), out CalendarText text))
                texts[id] = text;
        var missing = versions.Keys.Where(id => !texts.ContainsKey(id)).ToList();
        if (missing.Count > 0)
            foreach (var e in await events.Where(e => EF.Parameter(missing).Contains(e.Id)).AsPublic().ToListAsync(cancel))
                texts[e.Id] = Keep(e, versions[e.Id]);
        return [.. ids.Where(texts.ContainsKey).Select(id => texts[id])];
    }

    CalendarText Keep(PublicEvent e, long? changed)
    {
        var text = CalendarFile.Text(e, address);
        return kept.Set((e.Id, changed), text, new MemoryCacheEntryOptions { Size = text.Text.Length });
    }

    public void Dispose() => kept.Dispose();
}
