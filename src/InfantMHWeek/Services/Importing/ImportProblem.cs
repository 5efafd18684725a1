namespace InfantMHWeek.Services.Importing;

/// <summary>Something in a file that could not be used.</summary>
/// <param name="Record">Which record, as somebody finds it in the file: its number, and its id where it has one.</param>
/// <param name="Field">Which field; empty where it is the whole.</param>
/// <param name="LeftOut">The whole record was left out; else only this field.</param>
sealed record ImportProblem(string Record, string Field, string Words, bool LeftOut = true)
{
    public override string ToString() =>
        string.Join(": ", new[] { string.Join(", ", new[] { Record, Field }.Where(w => w.Length > 0)), Words }.Where(w => w.Length > 0))
        + (LeftOut ? "" : " The rest of the record is taken.");
}

/// <summary>What was read of a source, and in words what of it cannot be used.</summary>
/// <param name="Ids">The ids of all records, also of those that cannot be used: they are there.</param>
/// <param name="Whole">All that the source has, as far as one can see.</param>
sealed record SourceRecords(
    IReadOnlyList<SourceListing> Listings,
    IReadOnlyList<ImportProblem> Problems,
    IReadOnlySet<string> Ids,
    bool Whole
)
{
    public static SourceRecords Refused(string words) => new([], [new("", "", words)], new HashSet<string>(StringComparer.Ordinal), false);
}

/// <summary>What whoever brings a file in says of its source.</summary>
/// <param name="Source">As readers see it: <c>Family Hubs Leeds</c>.</param>
/// <param name="Fill">What all its listings help with and for whom, where they do not say.</param>
sealed record ImportSource(string Source, string? Licence = null, string Attribution = "", ServiceDetails? Fill = null);
