using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>A folder is read at a glance: one that has grown full is asking for rooms of its own.</summary>
public sealed class FoldersTests
{
    const int Most = 25;

    /// <summary>What nobody writes by hand, or what is a list by its nature: migrations, what is served as it is, page files.</summary>
    static readonly string[] Elsewhere =
    [
        "bin",
        "obj",
        "Migrations",
        "PostgresMigrations",
        "wwwroot",
        "Icons",
        "Illustrations",
        "Releases",
    ];

    static string Root => Path.GetFullPath(Path.Combine(SiteFolders.Home, "../.."));

    static IEnumerable<(string Folder, int Files)> Folders(string top) =>
        Directory
            .EnumerateDirectories(top, "*", SearchOption.AllDirectories)
            .Select(f => (Folder: Path.GetRelativePath(Root, f), Files: Directory.GetFiles(f).Length))
            .Where(f => !f.Folder.Split(Path.DirectorySeparatorChar).Intersect(Elsewhere, StringComparer.Ordinal).Any());

    static IEnumerable<string> TooFull(IEnumerable<(string Folder, int Files)> folders) =>
        folders.Where(f => f.Files > Most).Select(f => $"{f.Folder} holds {f.Files} files");

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_folder_is_fuller_than_a_screen(string top) => Assert.Empty(TooFull(Folders(Path.Combine(Root, top))));

    /// <summary>The control: one file more is found, and the look reaches deep folders.</summary>
    [Fact]
    public void A_fuller_one_is_found()
    {
        Assert.Equal(["b holds 26 files"], TooFull([("a", Most), ("b", Most + 1)]));
        var seen = Folders(Path.Combine(Root, "src")).Select(f => f.Folder).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(["src/InfantMHWeek/Events/Manage", "src/InfantMHWeek/Staff/Pages/Editor"], seen.Comparer),
            seen
        );
    }
}
