using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Library;

/// <summary>Makes a page of a file, or says why it cannot be shown.</summary>
static class PageReader
{
    const int WordsPerMinute = 200;

    /// <summary>Files that nobody could read, because the program answers at their address.</summary>
    static readonly string[] Taken = ["search.md", "health/live.md", "health/ready.md", "events.md"];

    /// <summary>What Windows takes for a device, whatever its ending: a folder with such a file cannot be copied there.</summary>
    static readonly string[] Devices =
    [
        "con",
        "prn",
        "aux",
        "nul",
        .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"com{n}", $"lpt{n}"]),
    ];

    /// <param name="printedName">The file's name as faults print it.</param>
    /// <returns>The page, or null when a fault breaks it; and all faults of its facts and structure.</returns>
    public static (Page? Page, IReadOnlyList<Diagnostic> Faults) Read(ContentFile file, string printedName)
    {
        var faults = new DiagnosticList(printedName);
        if (!IsAddress(file.Name))
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                file.Name,
                "The name of this file cannot be an address.",
                "Use small letters a to z, digits and hyphens, and end with .md."
            );
        else if (PageSchema.KindOf(file.Name) == PageKind.Theme && ThemeYear(file.Name) is null)
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                file.Name,
                "A page in the folder themes is named after its year.",
                "Name it 2022.md, or put it into another folder."
            );
        else if (Taken.Contains(file.Name, StringComparer.Ordinal))
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                file.Name,
                "The program itself answers at this address.",
                "Give the file another name."
            );
        if (file.Text is not { } text)
            return (null, [.. file.Faults, .. faults.All]);

        var kind = PageSchema.KindOf(file.Name);
        if (FrontMatter.Split(text, kind, faults) is not var (facts, markdown, line))
            return (null, faults.All);
        CheckOrder(facts, faults);
        StructureCheck.Run(markdown, line, faults);
        return (faults.Breaking ? null : Make(file, kind, facts, markdown, line) with { Faults = faults.All }, faults.All);
    }

    /// <summary>The address of a file, whatever state it is in: <c>themes/2022.md</c> is <c>/themes/2022</c>.</summary>
    public static string PathOf(string file) =>
        file == "home.md" ? "/" : "/" + System.IO.Path.ChangeExtension(file, null).ToLowerInvariant();

    static Page Make(ContentFile file, PageKind kind, FrontMatter facts, string markdown, int line) =>
        new()
        {
            Path = PathOf(file.Name),
            File = file.Name,
            Kind = kind,
            Title = facts.Line("title") ?? facts.Line("subject")!,
            Summary = facts.Line("summary") ?? "",
            Label = facts.Line("label") ?? facts.Line("title") ?? "",
            Facts = facts,
            Body = file.EndingWith(markdown),
            MarkdownLine = line,
            Hash = file.Hash,
            Sensitive = facts.Yes("sensitive"),
            Reviewed = facts.Date("reviewed"),
            Publish = facts.MomentUtc("publish"),
            Expire = facts.MomentUtc("expire"),
            Withdrawn = facts.Line("withdrawn"),
            Picture = facts.Line("picture"),
            Scene = facts.Line("scene"),
            Related = facts.List("related"),
            Sources = facts.List("sources"),
            ReadingMinutes = Math.Max(1, (int)Math.Round((double)CountWords(markdown) / WordsPerMinute)),
            Theme = kind == PageKind.Theme ? ThemeOf(file.Name, facts) : null,
            Research = kind == PageKind.Research ? new(facts.Line("publisher"), facts.Date("published")) : null,
            Course =
                kind == PageKind.Course
                    ? new(
                        facts.Line("provider")!,
                        facts.Line("provider-link"),
                        facts.Number("sessions"),
                        facts.Line("cost"),
                        facts.Line("audience")
                    )
                    : null,
        };

    static int? ThemeYear(string file) =>
        int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;

    static ThemeFields? ThemeOf(string file, FrontMatter facts) =>
        ThemeYear(file) is { } year
            ? new(
                year,
                facts.Line("theme"),
                facts.Date("starts"),
                facts.Date("ends"),
                facts.Line("dates-note"),
                Hashtags.In(facts.Line("hashtags") ?? ""),
                Topics(facts)
            )
            : null;

    static string[] Topics(FrontMatter facts) =>
        (facts.Line("topics") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static void CheckOrder(FrontMatter facts, DiagnosticList faults)
    {
        if (facts.MomentUtc("publish") is { } publish && facts.MomentUtc("expire") is { } expire && expire <= publish)
            Say("expire", "The page would expire before it is published.");
        if (facts.Date("starts") is { } starts && facts.Date("ends") is { } ends && ends < starts)
            Say("ends", "The week would end before it starts.");
        if (
            facts.Date("starts") is { } first
            && facts.Date("ends") is { } last
            && last >= first
            && Topics(facts).Length > last.DayNumber - first.DayNumber + 1
        )
            Say("topics", "There are more topics than days in the week.");

        void Say(string key, string message)
        {
            var (line, column) = facts.PlaceOf(key);
            faults.Add(DiagnosticKinds.BadOrder, line, column, facts.Line(key)!, message, "Put the two dates in order.");
        }
    }

    static int CountWords(ReadOnlySpan<char> text)
    {
        var (words, inWord) = (0, false);
        foreach (var letter in text)
        {
            var isLetter = char.IsLetterOrDigit(letter);
            if (isLetter && !inWord)
                words++;
            inWord = isLetter || (inWord && letter is '\'' or '’' or '-');
        }
        return words;
    }

    /// <summary>
    /// Whether every part of a name is small letters, digits and single hyphens. A pattern would say the same, and cost a tenth of a
    /// second at the start.
    /// </summary>
    public static bool IsAddress(string file)
    {
        if (!file.EndsWith(".md", StringComparison.Ordinal))
            return false;
        var before = '/';
        foreach (var letter in file.AsSpan(0, file.Length - ".md".Length))
        {
            if (letter is '/' or '-' ? before is '/' or '-' : !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))
                return false;
            before = letter;
        }
        return before is not ('/' or '-') && !file[..^".md".Length].Split('/').Any(Devices.Contains);
    }
}
