using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Every address of another site that the content names. The server opens none of them: a person does.</summary>
static partial class OutboundLinks
{
    public static IReadOnlyList<IGrouping<string, string>> In(LibraryContents contents) =>
        [
            .. contents
                .Files.Values.Where(f => f.Text is not null && ContentWriter.IsName(f.Name))
                .SelectMany(f =>
                    Address().Matches(f.Text!).Select(m => (Link: m.Value.TrimEnd('.', ',', ';', ':', '!', '?', '"', '\''), f.Name))
                )
                .Distinct()
                .Where(l => Uri.TryCreate(l.Link, UriKind.Absolute, out _))
                .OrderBy(l => l.Link, StringComparer.Ordinal)
                .GroupBy(l => l.Link, l => l.Name, StringComparer.Ordinal),
        ];

    [GeneratedRegex(@"https?://[^\s<>()\[\]""]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
