using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Editing.Publishing;

enum PublishStatus
{
    Published,
    NothingChanged,

    /// <summary>
    /// The file was changed elsewhere meanwhile; both changes are in the text, and nothing is published before a person has seen it.
    /// </summary>
    Merged,

    /// <summary>The file was changed meanwhile in the same place.</summary>
    Conflict,

    /// <summary>The checks found errors.</summary>
    Faulty,

    /// <summary>The disk or the database would not take it.</summary>
    NotWritten,
    BadName,

    /// <summary>Readers would lose the page: a person looks first at what would break.</summary>
    WouldBreak,

    /// <summary>The site cannot do without this page.</summary>
    Needed,

    /// <summary>It stands on what readers have, and was only looked at.</summary>
    Fits,
}

/// <param name="Text">What the form goes on with: as typed, or merged.</param>
/// <param name="Hash">What the form has seen now.</param>
/// <param name="Theirs">The other text, when there is one, and who wrote it.</param>
sealed record PublishResult(
    PublishStatus Answer,
    string Text,
    string? Hash,
    string? Theirs = null,
    string? TheirName = null,
    IReadOnlyList<Diagnostic>? Faults = null,
    int DraftStamp = 0,
    Consequences? Consequences = null
)
{
    public static readonly PublishResult NotWritten = new(PublishStatus.NotWritten, "", null);

    /// <summary>Whether readers now have what was typed.</summary>
    public bool Done => Answer is PublishStatus.Published or PublishStatus.NothingChanged;
}
