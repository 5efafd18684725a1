namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// What other parts of the house may ask about the pages that come from the content folder, without knowing how they are kept.
/// </summary>
/// <param name="titleOf">The title of the live page at a path, or null.</param>
/// <param name="below">The live pages directly below a path.</param>
/// <param name="weekFrom">The first awareness week that ends on a day or later, by the theme pages; null while none is announced.</param>
sealed class PublicPages(
    Func<string, string?> titleOf,
    Func<string, IReadOnlyList<PageLink>> below,
    Func<DateOnly, (DateOnly From, DateOnly To)?> weekFrom
)
{
    public string? TitleOf(string path) => titleOf(path);

    public IReadOnlyList<PageLink> Below(string path) => below(path);

    public (DateOnly From, DateOnly To)? WeekFrom(DateOnly day) => weekFrom(day);
}
