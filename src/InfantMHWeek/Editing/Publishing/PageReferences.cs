using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Where the path of a page stands in other texts.</summary>
static class PageReferences
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The files in which a path is named, as a link or in the facts and menus; the old addresses are told apart.</summary>
    public static IReadOnlyList<ContentFile> Of(string path, LibraryContents contents) =>
        [
            .. contents
                .Files.Values.Where(f =>
                    f.Name != RedirectLines.File && f.Text is not null && ContentWriter.IsName(f.Name) && Names(f.Text, path)
                )
                .OrderBy(f => f.Name, StringComparer.Ordinal),
        ];

    public static bool Names(string text, string path) => text.Contains(path, StringComparison.Ordinal) && Pattern(path).IsMatch(text);

    /// <summary>
    /// Replaces a path where it stands as a whole: <c>/about</c>, and not the beginning of <c>/about-us</c> or <c>/about/people</c>.
    /// </summary>
    public static string Rewrite(string text, string from, string to) => Pattern(from).Replace(text, _ => to);

    static Regex Pattern(string path) => new($@"(?<![\w/.:-]){Regex.Escape(path)}(?![\w/-])", RegexOptions.None, Patience);
}
