using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>What the project's own documents point to is there: files, folders and pictures.</summary>
public sealed partial class DocumentLinksTests
{
    static string Root => Path.GetFullPath(Path.Combine(SiteFolders.Home, "../.."));

    static IEnumerable<string> Documents =>
        new[] { "README.md", "CHANGELOG.md" }
            .Concat(
                new[] { "src", "tests", ".github" }.SelectMany(f =>
                    Directory
                        .EnumerateFiles(Path.Combine(Root, f), "*.md", SearchOption.AllDirectories)
                        .Select(d => Path.GetRelativePath(Root, d))
                )
            )
            .Where(d => !d.Split('/').Intersect(["bin", "obj"], StringComparer.Ordinal).Any());

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    static IEnumerable<string> Missing(string document, string text) =>
        Link.Matches(text)
            .Select(m => m.Groups["target"].Value.Split('#')[0])
            .Where(t => t.Length > 0 && !t.Contains(':', StringComparison.Ordinal) && !t.StartsWith('/'))
            .Where(t => !Path.Exists(Path.Combine(Root, Path.GetDirectoryName(document)!, Uri.UnescapeDataString(t))))
            .Select(t => $"{document} points to {t}");

    [Fact]
    public void Every_link_leads_somewhere() =>
        Assert.Empty(Documents.SelectMany(d => Missing(d, File.ReadAllText(Path.Combine(Root, d)))));

    /// <summary>The control: a missing file is found from a document's own place, and the look reaches the deep ones.</summary>
    [Fact]
    public void A_link_to_nowhere_is_found()
    {
        Assert.Equal(
            ["src/README.md points to gone.png"],
            Missing("src/README.md", "[a](../README.md#x) [b](https://week.example) ![c](gone.png) [d](#below)")
        );
        Assert.Superset(new HashSet<string>(["src/README.md", "tests/InfantMHWeek.Benchmarks/README.md"]), Documents.ToHashSet());
    }
}
