namespace InfantMHWeek.Platform;

/// <summary>What other parts of the house may ask about the pages that come from the content folder, without knowing how they are kept.</summary>
/// <param name="titleOf">The title of the live page at a path, or null.</param>
public sealed class PublicPages(Func<string, string?> titleOf)
{
    public string? TitleOf(string path) => titleOf(path);
}
