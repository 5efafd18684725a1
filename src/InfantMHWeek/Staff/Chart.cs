namespace InfantMHWeek.Staff;

/// <summary>A table with a bar beside each number.</summary>
/// <param name="Title">What the table is about.</param>
/// <param name="What">Over the labels.</param>
/// <param name="Counted">Over the numbers.</param>
sealed record Chart(string Title, string What, string Counted, IReadOnlyList<(string Label, long Count)> Rows);
