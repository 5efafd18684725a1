namespace InfantMHWeek.Tests;

/// <summary>A content folder for one test, with the two pages that every site has.</summary>
public sealed class TestContentFolder : IDisposable
{
    public TestContentFolder()
    {
        Write("home.md", Page("Home"));
        Write("about.md", Page("About"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("content-").FullName;

    /// <summary>A page with the given text and further facts, one a line.</summary>
    public static string Page(string title, string text = "Some words.", string facts = "") =>
        $"---\ntitle: {title}\nsummary: What {title} says.\n{(facts.Length > 0 ? facts + "\n" : "")}---\n\n{text}\n";

    public TestContentFolder Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public TestContentFolder Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Root, file), bytes);
        return this;
    }

    public void Delete(string file) => File.Delete(Path.Combine(Root, file));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
