using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>Imports stand in order, those of System first; neither the compiler nor the format step looks.</summary>
public sealed class ImportsTests
{
    static string Root => Path.GetFullPath(Path.Combine(SiteFolders.Home, "../.."));

    /// <summary>The names that a file imports, as they stand; static ones and aliases come after them in an order of their own.</summary>
    static string[] Imports(IEnumerable<string> lines) =>
        [
            .. lines
                .TakeWhile(l =>
                    l.Length == 0 || l.StartsWith("using ", StringComparison.Ordinal) || l.StartsWith("//", StringComparison.Ordinal)
                )
                .Where(l =>
                    l.StartsWith("using ", StringComparison.Ordinal)
                    && !l.Contains('=', StringComparison.Ordinal)
                    && !l.StartsWith("using static ", StringComparison.Ordinal)
                )
                .Select(l => l["using ".Length..].TrimEnd(';')),
        ];

    static bool InOrder(string[] imports) =>
        imports.SequenceEqual(
            imports.OrderBy(i => i.Split('.')[0] != "System").ThenBy(i => i.Replace('.', '\0'), StringComparer.InvariantCultureIgnoreCase),
            StringComparer.Ordinal
        );

    [Fact]
    public void Imports_are_in_order()
    {
        var files = new[] { "src", "tests" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories))
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/bin/", StringComparison.Ordinal)
                && !f.Contains("Migrations/", StringComparison.Ordinal)
            )
            .ToList();
        Assert.InRange(files.Count, 300, 5000);
        Assert.Empty(files.Where(f => !InOrder(Imports(File.ReadLines(f)))).Select(f => Path.GetRelativePath(Root, f)));
    }

    /// <summary>The control.</summary>
    [Fact]
    public void Imports_out_of_order_are_found()
    {
        Assert.True(InOrder(["System", "System.Text", "AngleSharp", "AngleSharp.Dom", "Xunit"]));
        Assert.False(InOrder(["AngleSharp", "System.Text"]));
        Assert.False(InOrder(["Xunit", "AngleSharp"]));
    }
}
