namespace InfantMHWeek.Platform.Places;

/// <summary>The two questions that each finder begins with: where, and how far (<c>Shared/_NearFields.cshtml</c>).</summary>
/// <param name="Near">What was typed.</param>
/// <param name="Wrong">What is wrong with it, in words.</param>
/// <param name="Suggestions">What may have been meant, each with the address of its search.</param>
sealed record NearFields(
    string Near,
    int Miles,
    IReadOnlyList<int> MilesOffered,
    string? Wrong,
    IReadOnlyList<(string Name, string Path)> Suggestions
);
