using System.Collections.Concurrent;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Who has a page open: a notice for colleagues and never a lock. Kept in memory, because it is only true for a moment.</summary>
public sealed class PagePresence(TimeProvider clock)
{
    static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(5);
    readonly ConcurrentDictionary<(string File, Guid Staff), Seen> open = new();

    public void Tell(string file, Guid staff, string name)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        open.AddOrUpdate((file, staff), _ => new(name, now, now), (_, before) => now - before.Last > Forgotten ? new(name, now, now) : before with { Last = now });
        foreach (var (key, seen) in open)
            if (now - seen.Last > Forgotten) open.TryRemove(KeyValuePair.Create(key, seen));
    }

    public void Leave(string file, Guid staff) => open.TryRemove((file, staff), out _);

    /// <param name="but">The person who asks.</param>
    public IReadOnlyList<(string Name, DateTime Since)> Others(string file, Guid but)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. open.Where(o => o.Key.File == file && o.Key.Staff != but && now - o.Value.Last <= Forgotten).Select(o => (o.Value.Name, o.Value.Since)).OrderBy(o => o.Since)];
    }

    sealed record Seen(string Name, DateTime Since, DateTime Last);
}
