namespace InfantMHWeek.Platform.Telemetry;

/// <summary>What one hour brought.</summary>
/// <param name="Begins">UTC.</param>
/// <param name="FromMemory">Pages sent as they lay ready.</param>
/// <param name="Made">Other answers that went well.</param>
/// <param name="Refused">Answers of 400 to 499: most are addresses that lead nowhere.</param>
/// <param name="Failed">Answers of 500 and more.</param>
sealed record TrafficHour(DateTime Begins, long FromMemory, long Made, long Refused, long Failed)
{
    public long All => FromMemory + Made + Refused + Failed;
}

/// <summary>
/// Counts what this instance answered, for a day and in memory only. Who reads what about abuse is nobody's business, so
/// nothing but the number is kept, and pages sent from memory are logged by the minute and not one by one.
/// </summary>
sealed class Traffic(TimeProvider clock, ILogger<Traffic> log)
{
    public const int Hours = 24;
    const int Minute = 60_000;
    readonly Lock gate = new();
    readonly SortedDictionary<DateTime, TrafficHour> hours = [];
    long fromMemory,
        foundNothing,
        settled,
        lastTold = Environment.TickCount64;

    /// <summary>Since the start.</summary>
    public long FromMemory => Volatile.Read(ref fromMemory);
    public DateTime Since { get; } = clock.GetUtcNow().UtcDateTime;

    /// <summary>Searches that nothing answered, since the start: how many, and never what was typed.</summary>
    public long FoundNothing => Volatile.Read(ref foundNothing);

    public void AddFoundNothing() => Interlocked.Increment(ref foundNothing);

    /// <summary>On the way of every reader: one addition and a look at a counter.</summary>
    public void AddFromMemory()
    {
        Interlocked.Increment(ref fromMemory);
        var (now, last) = (Environment.TickCount64, Volatile.Read(ref lastTold));
        if (now - last < Minute || Interlocked.CompareExchange(ref lastTold, now, last) != last)
            return;
        log.LogInformation("{Count} pages sent from memory in the last {Seconds} seconds", Settle(), (now - last) / 1000);
    }

    public void Add(int status) =>
        Change(hour =>
            status switch
            {
                >= 500 => hour with { Failed = hour.Failed + 1 },
                >= 400 => hour with { Refused = hour.Refused + 1 },
                _ => hour with { Made = hour.Made + 1 },
            }
        );

    /// <summary>The last hours up to this one, also those in which nothing happened.</summary>
    public IReadOnlyList<TrafficHour> Day()
    {
        Settle();
        lock (gate)
        {
            var now = HourOf(clock);
            return
            [
                .. Enumerable
                    .Range(0, Hours)
                    .Select(n => now.AddHours(n - Hours + 1))
                    .Select(hour => hours.GetValueOrDefault(hour) ?? new(hour, 0, 0, 0, 0)),
            ];
        }
    }

    /// <returns>How many had not been put to an hour yet.</returns>
    long Settle()
    {
        var all = FromMemory;
        var more = all - Interlocked.Exchange(ref settled, all);
        Change(hour => hour with { FromMemory = hour.FromMemory + more });
        return more;
    }

    void Change(Func<TrafficHour, TrafficHour> add)
    {
        lock (gate)
        {
            var now = HourOf(clock);
            hours[now] = add(hours.GetValueOrDefault(now) ?? new(now, 0, 0, 0, 0));
            if (hours.Count > Hours)
                hours.Remove(hours.Keys.First());
        }
    }

    static DateTime HourOf(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
    }
}
