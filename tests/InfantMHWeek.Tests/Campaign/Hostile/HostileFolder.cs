using System.Diagnostics;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Tests.Campaign.Hostile;

/// <summary>A content folder with all hostile files among 21 good pages, and the site that serves it.</summary>
public sealed class HostileFolder : IDisposable
{
    // What no .NET method writes: pipes, links through links, a name that is not UTF-8.
    const string Script = """
        cd "$1" || exit 1
        mkfifo pipe.md
        ln -s pipe.md link-pipe.md
        ln -s "$2/secret.md" link-out.md
        ln -s nothing.md link-dangling.md
        ln -s link-loop-b.md link-loop-a.md
        ln -s link-loop-a.md link-loop-b.md
        ln -s link-self.md link-self.md
        ln -s /dev/zero link-device.md
        ln -s large.txt link-large.md
        ln -s "$2" .out
        ln -s .out/secret.md link-through.md
        ln -s "$2" link-folder-out
        ln -s . link-folder-loop
        ln -s .. link-folder-up
        ln -s "$2" folder-link.md
        cp good-1.md locked.md && chmod 000 locked.md
        cp good-1.md "$(printf 'not-utf-8-\377.md')"
        cp good-1.md "$(printf 'not-utf-8-\376.md')"
        """;

    readonly string outside = Directory.CreateTempSubdirectory("outside-").FullName;

    public HostileFolder()
    {
        Write("home.md", TestContentFolder.Page("Home", "The words of home."));
        foreach (var number in GoodPages)
            Write($"good-{number}.md", TestContentFolder.Page($"Good {number}", $"The words of page {number}."));
        Write("site.yml", "name: A site\nnavigation:\n  - /good-1\n");
        Write("sources.yml", "s1:\n  title: A survey\n  link: https://www.example.org/\n");
        Write("words.yml", "prefer:\n  utilise:\n    say: use\nharm:\n  - abuse\n");
        Write("support.yml", "line:\n  name: A line\n  phone: \"999\"\n  nation: UK\n");
        Write("large.txt", HostileFiles.Page(new string('x', ContentFolder.MaxFileBytes)));
        File.WriteAllText(Path.Combine(outside, "secret.md"), TestContentFolder.Page("Secret", "Words from outside."));
        foreach (var file in HostileFiles.All)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, file.Name))!);
            File.WriteAllBytes(Path.Combine(Root, file.Name), file.Bytes);
        }
        Run("-c", Script, "sh", Root, outside);
        Site = new TestSite(Root);
    }

    public static IEnumerable<int> GoodPages => Enumerable.Range(1, 20);
    public string Root { get; } = Directory.CreateTempSubdirectory("hostile-").FullName;
    public TestSite Site { get; }

    void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    static void Run(params IEnumerable<string> arguments)
    {
        using var shell = Process.Start("/bin/sh", arguments);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    public void Dispose()
    {
        Site.Dispose();
        Run("-c", "rm -rf \"$1\" \"$2\"", "sh", Root, outside);
    }
}
