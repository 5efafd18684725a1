using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What breaks, or changes for somebody, when a page or an entry goes from its place.</summary>
/// <param name="Hash">Of the file as it was looked at.</param>
sealed record Consequences(string File, string? Hash, IReadOnlyList<ConsequenceGroup> Groups)
{
    /// <summary>Changes whenever what was said changes: who agrees to it sends it back, and agrees to nothing else.</summary>
    public string Stamp { get; } =
        ContentHash.Combine([File, Hash ?? "", .. Groups.SelectMany(g => g.Items.Select(i => g.Title + "\n" + i.Words))]);
}

sealed record ConsequenceGroup(string Title, IReadOnlyList<Consequence> Items);

/// <param name="Link">Where staff look at it or mend it; null when there is nothing to open.</param>
sealed record Consequence(string Words, string? Link = null);
