using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Extensions.Configuration;

namespace InfantMHWeek.Tests.Campaign.Hostile;

/// <summary>A file of a content folder that wishes it ill. Its name is what the program makes of it.</summary>
public sealed record HostileFile(string Name, byte[] Bytes)
{
    public HostileFile(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text)) { }

    /// <summary>How many lines an editor counts, however it ends them.</summary>
    public int Lines => Bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 1;
}

/// <summary>2,000 hostile files, the same ones every time: curated texts, bombs, encodings, names, and mutations of all of them.</summary>
public static class HostileFiles
{
    public const int Count = 2000,
        MutatedFrontMatters = 500;

    /// <summary>Links, pipes and names that no .NET method can write; <see cref="HostileFolder"/> makes them with a shell.</summary>
    public static readonly IReadOnlyList<string> MadeByShell =
    [
        "link-out.md",
        "link-dangling.md",
        "link-loop-a.md",
        "link-loop-b.md",
        "link-self.md",
        "link-device.md",
        "link-pipe.md",
        "link-large.md",
        "link-through.md",
        "pipe.md",
        "locked.md",
        "not-utf-8-\uFFFD.md",
    ];

    static readonly string[] Pieces =
    [
        "\0",
        "\t",
        "\r",
        "\n",
        "\n\n",
        " ",
        "\u2028",
        "\u0085",
        "\u202E",
        "\uffff",
        "\ufeff",
        "é",
        "😀",
        ":",
        ": ",
        " #",
        "#",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!x ",
        "!!str ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "\"",
        "'",
        "\\",
        "---",
        "---\n",
        "...",
        "~",
        "<<: ",
        "<script>",
        "javascript:",
        "::: ",
        "x",
        "9",
    ];

    static readonly IReadOnlyList<string> RealFrontMatters = ReadFrontMatters(SiteFolders.Content(new ConfigurationBuilder().Build()));

    // Static fields are made in the order of the file: this one needs those above.
    public static IReadOnlyList<HostileFile> All { get; } = Make();

    /// <summary>A page with this text below good facts.</summary>
    public static string Page(string text) => $"---\ntitle: A page\nsummary: What it says.\n---\n\n{text}\n";

    static List<HostileFile> Make()
    {
        var random = new Random(20260608);
        List<HostileFile> files =
        [
            .. Named("active", HostileText.Active.Select(Page)),
            .. Named("facts", HostileText.FrontMatters.Select(f => f + "\nWords.\n")),
            .. HostileText.FrontMatters.Select(
                (f, i) => new HostileFile(string.Create(CultureInfo.InvariantCulture, $"themes/{3000 + i}.md"), f)
            ),
            .. Named("bomb", Bombs()),
            .. Encodings(),
            .. Names(),
            .. Named("mutated-facts", Enumerable.Range(0, MutatedFrontMatters).Select(i => MutateFrontMatter(random, i))),
        ];
        files.AddRange(Named("mixed", Enumerable.Range(0, Count - MadeByShell.Count - files.Count).Select(_ => Page(Mix(random)))));
        return files;
    }

    static IEnumerable<HostileFile> Named(string name, IEnumerable<string> texts) =>
        texts.Select((text, i) => new HostileFile(string.Create(CultureInfo.InvariantCulture, $"{name}-{i}.md"), text));

    // ---- Bombs: small to write, large to read

    const int Room = ContentFolder.MaxFileBytes - 100;

    static IEnumerable<string> Bombs()
    {
        foreach (var size in (int[])[50 * 1024, Room])
        {
            foreach (var sign in (string[])[">", "[", "(", "*", "_", "-", "`", "|"])
            {
                // Whole, and in pieces small enough to reach the parser.
                yield return Page(Fill(sign, size));
                yield return Page(Fill(Fill(sign, 900) + "\n\n", size));
            }
        }
        foreach (
            var unit in (string[])
                [
                    "[a](",
                    "![",
                    "[^",
                    "*a ",
                    "_a **b ",
                    "a**b*",
                    "[a][",
                    "<a b=\"",
                    "&#x",
                    "`a``",
                    "> - ",
                    "1. > ",
                    "<http://a",
                    "a|",
                    "^^^\n",
                    "::: notice\n",
                    ":::\n",
                    "::: help\n:::\n",
                    "#\n",
                    "a\n=\n",
                    "- a\n",
                    "***\n",
                    "[a]: /b\n",
                    "```\n",
                    "\\[",
                    "a  \n",
                    "• a\n",
                    "5% ",
                    "![a](/media/b.png) ",
                    "[a](/nowhere) ",
                    "\u2028\u2028*a ",
                    "\f\f[a](",
                    "\u00A0\n_a ",
                ]
        )
        {
            yield return Page(Fill(Fill(unit, 2900) + "\n\n", 50 * 1024));
            yield return Page(Fill(unit, 15 * 1024));
        }
        yield return Page(Fill("[", 3000) + "a" + Fill("](b)", 12_000));
        yield return Page(Fill("*a **b ", 2200) + Fill("c** d* ", 2200));
        yield return Page("## " + Fill("[ ", 16_000));
        yield return Page("## " + Fill("a|", 16_000));
        yield return Page("[a]: /" + Fill("x", 15_000) + "\n\n" + Fill(Fill("[a]", 2900) + "\n\n", 100_000));
        yield return Page("*[a]: " + Fill("x", 15_000) + "\n\n" + Fill(Fill("a ", 15_000) + "\n\n", 100_000));
        yield return Page(Fill(Fill("[^1] ", 2900) + "\n\n", 100_000) + "\n\n[^1]: x");
        yield return Page(string.Concat(Enumerable.Range(0, 5000).Select(i => $"[^{i}]\n\n[^{i}]: x\n\n")));
        yield return Page(string.Concat(Enumerable.Range(0, 9000).Select(i => $"[a{i}]: /{i}\n\n")));
        // A row of 16 KB that the parser fills up to millions of cells.
        yield return Page(Fill("|", 4000) + "b\n" + Fill("-|", 4000) + "-\n" + Fill("|a|\n", 7900));
        yield return Page("::: statistics s1\nCaption\n\n| a | b |\n|---|---|\n" + Fill("| a | 1 |\n", 15_000) + ":::");
        yield return Page(string.Concat(Enumerable.Range(0, 45).Select(i => new string(' ', i * 2) + "- a\n")));
        // Large and honest: it must be shown.
        yield return Page("| Who | Value | More |\n|-----|------:|------|\n" + Fill("| some people | 12% | more words |\n", 11_000));
        yield return Page(
            Fill("One honest sentence of some words. ", 2000)
                + "\n\n"
                + Fill(Fill("Another honest sentence, with [a link](/about). ", 1500) + "\n\n", 100_000)
        );
        foreach (
            var unit in (string[])
                [
                    "[",
                    "[\n",
                    "{",
                    "- ",
                    "? ",
                    ": ",
                    "a: [\n",
                    "a: b\n",
                    "- [\n",
                    "\"",
                    "'",
                    "&a ",
                    "*a ",
                    "!a ",
                    "a: &a [*a]\n",
                    "%\n",
                    "# a\n",
                    "a: b #c\n",
                    "\ta\n",
                    "a: \"b\n",
                    "@\n",
                    "a: [\u2028",
                    "a: [\r",
                    "...\r",
                ]
        )
        {
            yield return $"---\n{Fill(unit, 30_000)}\n---\n\nWords.\n";
            yield return $"---\ntitle: A\nsummary: B\nlabel: {Fill(unit, 5000)}\n---\n\nWords.\n";
        }
        yield return $"---\n{Fill("[\n", Room)}\n---\n";
        yield return $"---\ntitle: {Fill("x", 100_000)}\nsummary: {Fill("word ", 100_000)}\nreviewed: 2026-01-01\n---\n\nWords.\n";
        yield return $"---\n{Fill("x", 100_000)}: A\n---\n";
        yield return $"---\ntitle: A\nsummary: B\nrelated: {Fill("/about, ", 100_000)}/about\nsources: {Fill("s1,", 50_000)}\n---\n";
        yield return $"---\n{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"key{i}: x\n"))}---\n";
        yield return $"---\ntitle: A\nsummary: B\n{string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', i) + "a:\n"))}---\n";
    }

    static string Fill(string unit, int bytes)
    {
        var one = Encoding.UTF8.GetByteCount(unit);
        return new StringBuilder(bytes).Insert(0, unit, bytes / one).ToString();
    }

    // ---- Encodings and names

    static IEnumerable<HostileFile> Encodings()
    {
        var page = Page("Café, £5. <script>alert(1)</script>");
        var bytes = Encoding.UTF8.GetBytes(page);
        return
        [
            new("enc-utf-16-le.md", Encoding.Unicode.GetBytes(page)),
            new("enc-utf-16-be.md", Encoding.BigEndianUnicode.GetBytes(page)),
            new("enc-utf-16-le-mark.md", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(page)]),
            new("enc-utf-16-be-mark.md", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(page)]),
            new("enc-utf-32.md", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(page)]),
            new("enc-latin-1.md", Encoding.Latin1.GetBytes(page)),
            new("enc-utf-7.md", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
            new("enc-utf-7-page.md", Page("+ADw-script+AD4-alert(1)+ADw-/script+AD4-")),
            new("enc-mark.md", [0xEF, 0xBB, 0xBF, .. bytes]),
            new("enc-two-marks.md", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. bytes]),
            new("enc-only-mark.md", [0xEF, 0xBB, 0xBF]),
            new("enc-cut.md", bytes[..^1].Append((byte)0xE2).ToArray()),
            new("enc-lone-surrogate.md", [.. bytes, 0xED, 0xA0, 0x80]),
            new("enc-overlong.md", [.. bytes, 0xC0, 0xBC, (byte)'s']),
            new("enc-beyond.md", [.. bytes, 0xF4, 0x90, 0x80, 0x80]),
            new("enc-ff.md", [.. bytes, 0xFF]),
            new("enc-nul.md", [.. bytes, 0]),
            new("enc-nul-first.md", [0, .. bytes]),
            new("enc-only-nul.md", new byte[1000]),
            new("enc-empty.md", []),
            new("enc-newline.md", "\n"),
            new("enc-cr.md", page.Replace('\n', '\r')),
            new("enc-crlf.md", page.Replace("\n", "\r\n", StringComparison.Ordinal)),
            new("enc-mixed-ends.md", page.Replace("\n", "\n\r", StringComparison.Ordinal)),
            new("enc-random.md", Noise(5000)),
            new("enc-large.md", Encoding.UTF8.GetBytes(Page(Fill("word ", 300_000)))),
        ];
    }

    static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    static IEnumerable<HostileFile> Names() =>
        new[]
        {
            "Capital.md",
            "capital.MD",
            "two words.md",
            "a%2fb.md",
            "a%00b.md",
            "a?b.md",
            "a#b.md",
            "a&b=c.md",
            "a\nb.md",
            "a\u001b[31mb.md",
            "é.md",
            "\u202Egnp.md",
            "a\\b.md",
            "a:b.md",
            "a..md",
            "-.md",
            "--.md",
            "a--b.md",
            "-a.md",
            "_a.md",
            "'\"><script>alert(1)<.md",
            "con.md",
            "__proto__.md",
            "home.MD",
            "readme.MD",
            new string('n', 250) + ".md",
            "folder.md/inside.md",
            "themes/no-year.md",
            "themes/99999999999.md",
            "Themes/2022.md",
            "search.md",
            "health/live.md",
            "d/e/e/p/f/o/l/d/e/r/s/page.md",
            "sitemap.xml.md",
            "a.html.md",
            "x.png.md",
        }.Select(name => new HostileFile(name, Page("Words of " + (name.Length > 100 ? "a long name" : "a strange name") + ".")));

    // ---- Mutations

    static IReadOnlyList<string> ReadFrontMatters(string root) =>
        [
            .. Directory
                .EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) != "README.md")
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
                .Select(text => text[..(text.IndexOf("\n---", 3, StringComparison.Ordinal) + 4)]),
        ];

    static string MutateFrontMatter(Random random, int number)
    {
        var text = RealFrontMatters[number % RealFrontMatters.Count];
        for (var times = random.Next(1, 5); times > 0; times--)
            text = MutateLines(random, text);
        return text + "\n\nWords below.\n";
    }

    static string MutateLines(Random random, string text)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(10))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            case 2:
                (lines[at], lines[0]) = (lines[0], lines[at]);
                break;
            case 3:
                lines[at] = Pieces[random.Next(Pieces.Length)] + lines[at];
                break;
            case 4:
                lines[at] += Pieces[random.Next(Pieces.Length)];
                break;
            case 5:
                lines[at] = lines[at][..random.Next(lines[at].Length + 1)];
                break;
            case 6:
                lines[at] = lines[at].Replace(": ", ": " + Pieces[random.Next(Pieces.Length)], StringComparison.Ordinal);
                break;
            case 7:
                lines.Insert(
                    at,
                    HostileText.FrontMatters[random.Next(HostileText.FrontMatters.Count)].Replace("---\n", "", StringComparison.Ordinal)
                );
                break;
            case 8:
                lines[at] = new string(' ', random.Next(1, 9)) + lines[at];
                break;
            default:
                return Splice(random, text);
        }
        return string.Join('\n', lines);
    }

    static string Splice(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        return text[..at] + Pieces[random.Next(Pieces.Length)] + text[Math.Min(text.Length, at + random.Next(4))..];
    }

    static string Mix(Random random)
    {
        var text = OneActive(random);
        for (var times = random.Next(3); times > 0; times--)
            text = random.Next(2) == 0 ? text + "\n\n" + OneActive(random) : text + OneActive(random);
        text = random.Next(8) switch
        {
            0 => "> " + text.Replace("\n", "\n> ", StringComparison.Ordinal),
            1 => "- " + text.Replace("\n", "\n  ", StringComparison.Ordinal),
            2 => "::: notice\n" + text + "\n:::",
            3 => "## " + text.Replace('\n', ' '),
            4 => "| a | b |\n|---|---|\n| " + text.Replace("\n", " | ", StringComparison.Ordinal) + " |",
            5 => "x[^1]\n\n[^1]: " + text.Replace("\n", "\n    ", StringComparison.Ordinal),
            6 => "[" + text.Replace("\n\n", "\n", StringComparison.Ordinal) + "](/about)",
            _ => text,
        };
        for (var times = random.Next(4); times > 0; times--)
            text = Splice(random, text);
        return text;
    }

    static string OneActive(Random random) => HostileText.Active[random.Next(HostileText.Active.Count)];
}
