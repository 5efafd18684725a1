using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>Whose list it is, and what staff add to every event of it that does not say it.</summary>
/// <param name="Whole">It is all that the partner has: what is missing in it is gone there.</param>
/// <param name="Feed">It is read from this calendar of theirs; null for a file.</param>
sealed record ImportOrder(
    EmailAddress Contact,
    string ContactName,
    string Organiser,
    Audience Audience,
    Booking Booking,
    bool Whole = false,
    FeedTurn? Feed = null
);

enum ImportState
{
    New,

    /// <summary>The list says something else than last time.</summary>
    Changed,
    Same,

    /// <summary>Left as it is: taken away, refused or cancelled here.</summary>
    Kept,

    /// <summary>The list says that it does not take place.</summary>
    Cancelled,
}

/// <summary>What becomes of one event of a file.</summary>
/// <param name="Details">As it will be.</param>
/// <param name="Id">Of the event that is here already.</param>
/// <param name="Published">Readers see it as it is here, without a person.</param>
sealed record ImportRow(
    string Where,
    ImportState State,
    EventDetails Details,
    IReadOnlyList<(string What, string Before, string After)> Changes,
    Guid? Id,
    bool Published = false
);

/// <param name="Gone">The names of those that the list no longer has.</param>
sealed record ImportOutcome(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Problems, IReadOnlyList<string> Gone)
{
    /// <summary>Why nothing was concluded from what is missing; empty where it was.</summary>
    public string Warning { get; init; } = "";

    public int Count(ImportState state) => Rows.Count(r => r.State == state);

    /// <summary>What was or would be brought in, in a line.</summary>
    public string InWords()
    {
        string Some(int count, string words) => count > 0 ? $" {count} {words}." : "";
        return $"{Count(ImportState.New)} new, {Count(ImportState.Changed)} changed, {Count(ImportState.Same)} as before."
            + Some(Count(ImportState.Kept), "stay as they are here")
            + Some(Count(ImportState.Cancelled), "are cancelled there")
            + Some(Gone.Count, "are no longer there");
    }
}
