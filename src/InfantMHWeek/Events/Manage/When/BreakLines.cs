using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>
/// Breaks as organisers type them, one a line: <c>26 October to 30 October 2026, half-term</c>, <c>4 May 2027: bank holiday</c>.
/// </summary>
static class BreakLines
{
    const int MostInLine = 200;
    static readonly string[] Between = [" to ", " until ", " – ", " - ", "–"];

    public static string Write(IEnumerable<Gap> gaps) =>
        string.Join(
            '\n',
            gaps.Select(g =>
                (g.From == g.To ? g.From.InWords() : $"{g.From.InWords()} to {g.To.InWords()}")
                + (g.Reason.Length > 0 ? ", " + g.Reason : "")
            )
        );

    /// <returns>Each line with its break; null for one that cannot be read.</returns>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<(string Line, Gap? Break)> ReadAll(string text, DateOnly from) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => (line, Read(line, from)));

    /// <param name="from">A day without its year is the first such one that is not before this.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static Gap? Read(string line, DateOnly from)
    {
        line = line.Trim();
        if (line.Length > MostInLine)
            return null;
        if (line.StartsWith("from ", StringComparison.OrdinalIgnoreCase))
            line = line[5..];
        // The reason follows a comma or a colon, and a weekday may too: the longest beginning that is a span counts.
        for (var end = line.Length; end > 0; end = line.LastIndexOfAny([',', ':', ';'], end - 1))
            if (Span(line[..end].Trim(), from) is var (first, last))
            {
                var reason = line[end..].Trim(',', ':', ';', ' ');
                return new(first, last, reason.Length > Schedule.MostReason ? reason[..Schedule.MostReason] : reason);
            }
        return null;
    }

    static (DateOnly First, DateOnly Last)? Span(string text, DateOnly from)
    {
        if (DateParser.Read(text, from) is { } one)
            return (one, one);
        foreach (var between in Between)
            if (text.Split(between, 2) is [var start, var end] && DateParser.Read(end, from) is { } last)
            {
                if (DateParser.Read(start, from) is { } first && first <= last)
                    return (first, last);
                // "26 to 30 October 2026", "21 December to 1 January 2027": what the first day lacks, the last one has.
                if (Before(start, last) is { } before)
                    return (before, last);
            }
        return null;
    }

    static DateOnly? Before(string start, DateOnly last) =>
        new[] { $"{start} {last.ToString("MMMM", TimeInWords.British)}", start }
            .SelectMany(text => new[] { last.Year, last.Year - 1 }.Select(year => DateParser.Read($"{text} {year}", last)))
            .FirstOrDefault(first => first <= last && first > last.AddYears(-1));
}
