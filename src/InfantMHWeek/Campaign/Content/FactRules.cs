using System.Globalization;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Content;

/// <summary>What a fact at the top of a page may say, and in which words an editor is told.</summary>
static class FactRules
{
    public static string? Problem(Fact fact, string value) =>
        fact.Type switch
        {
            FactType.Line => FrontMatter.IsOneLine(value) ? null : "Write it on one line, without invisible signs.",
            FactType.Date => FrontMatter.TryDate(value, out _) ? null : "Write dates as year-month-day: 2026-06-08 is 8 June 2026.",
            FactType.Moment => MomentProblem(value),
            FactType.YesNo => value is "yes" or "no" ? null : "Write yes or no.",
            FactType.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "Write a whole number.",
            FactType.Link => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == "https"
                ? null
                : "Write a whole address that begins with https://.",
            FactType.Illustration or FactType.Scene when PageSchema.ChoicesOf(fact.Type) is { } drawings => drawings.Contains(
                value,
                StringComparer.Ordinal
            )
                ? null
            : ClosestMatch.To(value, drawings) is { } near ? $"Did you mean \"{near}\"?"
            : "Choose one of: " + string.Join(", ", drawings) + ".",
            FactType.Paths => FrontMatter.Items(value).All(p => p.StartsWith('/'))
                ? null
                : "Write paths of this site, each beginning with /, with commas between them.",
            _ => null,
        };

    static string? MomentProblem(string value)
    {
        if (!FrontMatter.TryWallClock(value, out var wallClock))
            return "Write year-month-day, and the UK time if it matters: 2026-06-08 09:00.";
        return UkTime.ToUtc(wallClock).Validity switch
        {
            UkTime.Validity.Invalid => "Clocks go forward that night, so this time does not exist. Choose a time an hour later.",
            UkTime.Validity.Ambiguous => "Clocks go back that night, so this time happens twice. Choose a time before 1:00 or from 2:00.",
            _ => null,
        };
    }

    public static void ReportUnknown(YamlText key, PageKind kind, DiagnosticList faults)
    {
        var known = PageSchema.For(kind).Select(f => f.Name);
        var elsewhere = Enum.GetValues<PageKind>().Any(k => PageSchema.For(k).Any(f => f.Name == key.Value));
        var advice =
            elsewhere ? "It belongs to pages of another folder: take it out."
            : ClosestMatch.To(key.Value, known) is { } near ? $"Did you mean \"{near}\"?"
            : "Known here: " + string.Join(", ", known) + ".";
        faults.Add(
            DiagnosticKinds.UnknownKey,
            key.Line,
            key.Column,
            key.Value,
            $"\"{key.Value}\" is not a fact of this kind of page.",
            advice
        );
    }
}
