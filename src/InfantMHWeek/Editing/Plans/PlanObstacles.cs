using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Merging;

namespace InfantMHWeek.Editing.Plans;

/// <summary>Why a planned change needs somebody.</summary>
static class PlanObstacles
{
    public const string ChangedSince = "The page was changed in the same place after this change was planned.",
        GoneSince = "The page was removed after this change was planned.",
        MadeSince = "There is a page of this name by now.";

    /// <summary>What would happen if the moment were now: why a person would have to decide, or null when it can be carried out.</summary>
    public static string? Of(string file, string? baseHash, string? baseText, string text, LibraryContents contents) =>
        (baseHash, contents.Files.GetValueOrDefault(file)?.Text) switch
        {
            (null, null) => null,
            (null, var there) => there == text ? null : MadeSince,
            (_, null) => GoneSince,
            var (_, there) => there == text || (baseText is not null && PageMerge.Merge(baseText, text, there!) is not null)
                ? null
                : ChangedSince,
        };
}
