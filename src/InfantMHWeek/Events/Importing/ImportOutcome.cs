using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>Whose list it is, and what staff add to every event of it that does not say it.</summary>
/// <param name="Whole">It is all that the partner has: what is missing in it is gone there.</param>
sealed record ImportOrder(
    EmailAddress Contact,
    string ContactName,
    string Organiser,
    Audience Audience,
    Booking Booking,
    bool Whole = false
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
sealed record ImportRow(
    string Where,
    ImportState State,
    EventDetails Details,
    IReadOnlyList<(string What, string Before, string After)> Changes,
    Guid? Id
);

/// <param name="Gone">The names of those that the list no longer has.</param>
sealed record ImportOutcome(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Problems, IReadOnlyList<string> Gone)
{
    public int Count(ImportState state) => Rows.Count(r => r.State == state);
}
