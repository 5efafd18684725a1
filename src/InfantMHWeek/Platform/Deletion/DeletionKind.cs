using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>
/// One kind of thing that is deleted when its time has come. Everything that deletes because of time asks the
/// <see cref="DeletionGuard"/> first.
/// </summary>
/// <param name="What">Names it to staff, and in the store: <c>messages to the charity</c>. Unique.</param>
/// <param name="Job">The job that deletes it.</param>
/// <param name="MostAtOnce">So many at once are honest for this kind; null for what the settings say.</param>
sealed record DeletionKind(string What, string Job, int? MostAtOnce = null)
{
    public const int MaxLength = 80;
}

/// <summary>When a deletion is not believed: <c>Deletion:…</c>.</summary>
[Settings("Deletion")]
sealed class DeletionSettings
{
    /// <summary>A site may be off for so many days without being asked whether the clock is right.</summary>
    [Range(1, 90)]
    public int LongestStopDays { get; set; } = 7;

    /// <summary>Batches up to this size are never out of proportion.</summary>
    [Range(1, 1_000_000)]
    public int MostAtOnce { get; set; } = 100;

    /// <summary>Larger ones are, when they are more than this part of all there is, in per cent.</summary>
    [Range(1, 100)]
    public int MostPercent { get; set; } = 30;
}
