namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Counts attempts in this process only, in microseconds: the first line in front of the stored budgets, so that a flood never
/// reaches the store. The rule is the same as <see cref="Throttle"/>'s.
/// </summary>
sealed class MemoryThrottle(TimeProvider clock)
{
    /// <summary>More than honest use ever fills; beyond it what says nothing any more is dropped, and in the end everything.</summary>
    const int MostKeys = 200_000;

    readonly Lock gate = new();
    readonly Dictionary<string, DateTime> wholeAt = new(StringComparer.Ordinal);
    DateTime sweepAt;

    /// <summary>Takes one attempt from each, or none if one of them is used up.</summary>
    /// <returns>The budget that is used up and how long until one more is there; null when all were taken.</returns>
    public (Budget UsedUp, TimeSpan Wait)? TryTake(params ReadOnlySpan<Budget> budgets)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (gate)
        {
            foreach (var budget in budgets)
            {
                var wait = Of(budget, now) - now - budget.Every * (budget.Burst - 1);
                if (wait > TimeSpan.Zero)
                    return (budget, wait);
            }
            foreach (var budget in budgets)
                wholeAt[budget.Key] = Of(budget, now) + budget.Every;
            if (now >= sweepAt || wholeAt.Count > MostKeys)
                Sweep(now);
        }
        return null;
    }

    /// <summary>What could not even be counted in the store, because that is in trouble, costs nobody anything.</summary>
    public void GiveBack(IEnumerable<Budget> budgets)
    {
        lock (gate)
        {
            foreach (var budget in budgets)
                if (wholeAt.TryGetValue(budget.Key, out var whole))
                    wholeAt[budget.Key] = whole - budget.Every;
        }
    }

    DateTime Of(Budget budget, DateTime now) => wholeAt.TryGetValue(budget.Key, out var whole) && whole > now ? whole : now;

    void Sweep(DateTime now)
    {
        foreach (var (key, whole) in wholeAt)
            if (whole <= now)
                wholeAt.Remove(key);
        if (wholeAt.Count > MostKeys)
            wholeAt.Clear();
        sweepAt = now + TimeSpan.FromMinutes(1);
    }
}
