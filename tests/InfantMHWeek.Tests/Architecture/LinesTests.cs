using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>
/// No line is longer than a person can read beside another: the formatter breaks code, but neither strings nor comments, and it knows no
/// views, styles and scripts.
/// </summary>
public sealed class LinesTests
{
    const int Longest = 140;

    static readonly string[] Endings = [".cs", ".cshtml", ".css", ".js", ".yml", ".sh", ".csproj", ".props", ".md"];

    /// <summary>What nobody writes by hand: built, or kept as a release shipped it.</summary>
    static readonly string[] Elsewhere = ["/bin/", "/obj/", "/Migrations/", "/PostgresMigrations/"];

    /// <summary>A table: each letter of the share pictures with its strokes on one line.</summary>
    const string Table = "src/InfantMHWeek/Campaign/Sharing/Alphabet.Strokes.cs";

    static string Root => Path.GetFullPath(Path.Combine(SiteFolders.Home, "../.."));

    static IEnumerable<string> Files =>
        new[] { "src", "tests", ".github" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*", SearchOption.AllDirectories))
            .Where(f => !Elsewhere.Any(e => f.Contains(e, StringComparison.Ordinal)))
            .Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.Ordinal) || IsScript(f));

    /// <summary>A file without an ending that a shell runs, such as <c>tests/run</c>.</summary>
    static bool IsScript(string file) =>
        Path.GetExtension(file).Length == 0 && File.ReadLines(file).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true;

    /// <summary>The row of a table in Markdown cannot be broken.</summary>
    static IEnumerable<int> TooLong(IEnumerable<string> lines) =>
        lines.Index().Where(l => l.Item.Length > Longest && !l.Item.StartsWith('|')).Select(l => l.Index + 1);

    [Fact]
    public void No_line_is_longer_than_140_columns() =>
        Assert.Empty(
            Files
                .Where(f => Path.GetRelativePath(Root, f) != Table)
                .SelectMany(f => TooLong(File.ReadLines(f)).Select(line => $"{Path.GetRelativePath(Root, f)}:{line}"))
        );

    /// <summary>The control: a long line is found, a full one is none, and the look reaches each kind of file.</summary>
    [Fact]
    public void A_longer_line_is_found()
    {
        Assert.Equal([2], TooLong([new('x', Longest), new('x', Longest + 1), ""]));
        var seen = Files.Select(f => Path.GetRelativePath(Root, f)).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(
                [
                    "src/InfantMHWeek/Program.cs",
                    "src/InfantMHWeek/Shared/_Foot.cshtml",
                    "src/InfantMHWeek/wwwroot/site.css",
                    "src/InfantMHWeek/wwwroot/exit.js",
                    "src/InfantMHWeek/InfantMHWeek.csproj",
                    "tests/run",
                ],
                StringComparer.Ordinal
            ),
            seen
        );
    }
}
