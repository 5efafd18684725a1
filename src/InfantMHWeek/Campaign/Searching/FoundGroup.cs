namespace InfantMHWeek.Campaign.Searching;

/// <summary>What was found of one kind beside pages.</summary>
/// <param name="Type">As it stands in the address.</param>
/// <param name="One">What one of them is called.</param>
/// <param name="Many">What all of them are called.</param>
/// <param name="Total">How many there are, shown or not.</param>
sealed record FoundGroup(string Type, string One, string Many, int Total, IReadOnlyList<FoundItem> Items);

/// <param name="Line">When and where; empty where there is nothing to say.</param>
/// <param name="Call">Where the line itself leads to, such as a number to call; null where it leads nowhere.</param>
sealed record FoundItem(string Path, IReadOnlyList<TextRun> Title, string Line, IReadOnlyList<TextRun> Snippet, string? Call = null);
