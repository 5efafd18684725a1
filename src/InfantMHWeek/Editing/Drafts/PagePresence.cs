using System.Collections.Concurrent;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>Who has a page open: a notice for colleagues and never a lock. Kept in memory, because it is only true for a moment.</summary>
sealed class PagePresence(TimeProvider clock)
{
    /// <summary>The editor's script tells every minute that it is still there; without it, this is how long a view counts.</summary>
    static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(3);
    readonly ConcurrentDictionary<(string File, Guid Staff), Viewer> open = new();
    long views;

    /// <summary>The page is shown to somebody anew.</summary>
    public void Show(string file, Guid staff, string name) => Tell(file, staff, name, Interlocked.Increment(ref views));

    /// <summary>Somebody is still there.</summary>
    public void Tell(string file, Guid staff, string name) => Tell(file, staff, name, null);

    void Tell(string file, Guid staff, string name, long? view)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        open.AddOrUpdate(
            (file, staff),
            _ => new(name, now, now, view ?? 0),
            (_, before) =>
                now - before.Last > Forgotten
                    ? new(name, now, now, view ?? before.View)
                    : before with
                    {
                        Last = now,
                        View = view ?? before.View,
                    }
        );
        foreach (var (key, seen) in open)
            if (now - seen.Last > Forgotten)
                open.TryRemove(KeyValuePair.Create(key, seen));
    }

    /// <summary>Which view of the page somebody has; 0 for none.</summary>
    public long ShownAt(string file, Guid staff) => open.TryGetValue((file, staff), out var seen) ? seen.View : 0;

    /// <summary>
    /// A view was left. It ends the presence only if it was the last one that was shown: a page that is saved is shown again before
    /// it is left.
    /// </summary>
    public void Leave(string file, Guid staff, long view)
    {
        if (open.TryGetValue((file, staff), out var seen) && seen.View == view)
            open.TryRemove(KeyValuePair.Create((file, staff), seen));
    }

    /// <param name="but">The person who asks.</param>
    public IReadOnlyList<(string Name, DateTime Since)> Others(string file, Guid but)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return
        [
            .. open.Where(o => o.Key.File == file && o.Key.Staff != but && now - o.Value.Last <= Forgotten)
                .Select(o => (o.Value.Name, o.Value.Since))
                .OrderBy(o => o.Since),
        ];
    }

    sealed record Viewer(string Name, DateTime Since, DateTime Last, long View);
}
