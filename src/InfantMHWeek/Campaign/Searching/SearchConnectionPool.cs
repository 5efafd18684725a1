namespace InfantMHWeek.Campaign.Searching;

/// <summary>The copies of the index: lends any idle one to a search, and each in turn to an update.</summary>
sealed class SearchConnectionPool(IReadOnlyCollection<SearchConnection> copies)
{
    readonly object gate = new();
    readonly List<SearchConnection> idle = [.. copies];
    SearchConnection? reserved;

    /// <summary>Takes an idle copy, or waits for one. Goes back with <see cref="Return"/>.</summary>
    public SearchConnection Take()
    {
        lock (gate)
        {
            int last;
            while ((last = idle.FindLastIndex(copy => copy != reserved)) < 0)
                Monitor.Wait(gate);
            var copy = idle[last];
            idle.RemoveAt(last);
            return copy;
        }
    }

    public void Return(SearchConnection copy)
    {
        lock (gate)
        {
            idle.Add(copy);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Does something to every copy, one after the other, while searches use the rest. One caller at a time.</summary>
    public void Each(Action<SearchConnection> act)
    {
        foreach (var copy in copies)
        {
            Reserve(copy);
            try
            {
                act(copy);
            }
            finally
            {
                Release();
            }
        }
    }

    // Searches that come meanwhile go to other copies, so that an update waits for one search at most.
    void Reserve(SearchConnection copy)
    {
        lock (gate)
        {
            reserved = copy;
            while (!idle.Contains(copy))
                Monitor.Wait(gate);
        }
    }

    void Release()
    {
        lock (gate)
        {
            reserved = null;
            Monitor.PulseAll(gate);
        }
    }
}
