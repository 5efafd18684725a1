namespace InfantMHWeek.Events.Finding;

/// <summary>A month with the number of events of each day (<c>_MonthTable.cshtml</c>).</summary>
/// <param name="First">Its first day.</param>
/// <param name="Path">Where the events of one day are listed.</param>
sealed record MonthTable(DateOnly First, IReadOnlyDictionary<DateOnly, int> Counts, DateOnly Today, Func<DateOnly, string> Path)
{
    /// <summary>The days of its weeks, from Monday; null where another month has them.</summary>
    public IEnumerable<DateOnly?[]> Weeks()
    {
        var monday = First.AddDays(-(((int)First.DayOfWeek + 6) % 7));
        for (var week = monday; week < First.AddMonths(1); week = week.AddDays(7))
            yield return [.. Enumerable.Range(0, 7).Select(n => week.AddDays(n)).Select(d => d.Month == First.Month ? d : (DateOnly?)null)];
    }
}
