using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;

namespace InfantMHWeek.Campaign.Library;

/// <summary>Makes a page of a file, or says why it cannot be shown.</summary>
static class PageReader
{
    const int WordsPerMinute = 200;

    /// <param name="printedName">The file's name as faults print it.</param>
    /// <returns>The page, or null when a fault breaks it; and all faults of its facts and structure.</returns>
    public static (Page? Page, IReadOnlyList<Diagnostic> Faults) Read(ContentFile file, string printedName)
    {
        var faults = new DiagnosticList(printedName);
        PageNames.Check(file.Name, faults);
        if (file.Text is not { } text)
            return (null, [.. file.Faults, .. faults.All]);

        var kind = PageSchema.KindOf(file.Name);
        if (FrontMatter.Split(text, kind, faults) is not var (facts, markdown, line))
            return (null, faults.All);
        CheckOrder(facts, faults);
        StructureCheck.Run(markdown, line, faults);
        return (faults.Breaking ? null : Make(file, kind, facts, markdown, line) with { Faults = faults.All }, faults.All);
    }

    static Page Make(ContentFile file, PageKind kind, FrontMatter facts, string markdown, int line) =>
        new()
        {
            Path = PageNames.PathOf(file.Name),
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

    static ThemeFields? ThemeOf(string file, FrontMatter facts) =>
        PageNames.ThemeYear(file) is { } year
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
}
