using System.Globalization;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services.Importing;

/// <summary>Reads the fields of one record. Of each that cannot be used it says why, in plain words and by its name.</summary>
class RecordFields(string record, List<ImportProblem> problems)
{
    const int MostShown = 40;

    /// <summary>Nothing was refused so far.</summary>
    public bool Sound { get; private set; } = true;

    /// <summary>How much has been said of it so far.</summary>
    protected int Said => problems.Count;

    public void Refuse(string field, string words)
    {
        Sound = false;
        problems.Add(new(record, field, words));
    }

    /// <summary>Only this field is left out.</summary>
    public void Tell(string field, string words) => problems.Add(new(record, field, words, LeftOut: false));

    /// <summary>One line; whatever begins like a formula is none of ours.</summary>
    public string Line(string field, string raw, int most, bool needed = false)
    {
        var text = Text(field, raw, most).Replace('\n', ' ');
        if (text.Length == 0 && needed && raw.Length == 0)
            Refuse(field, "It is empty.");
        return text;
    }

    public string Text(string field, string raw, int most)
    {
        raw = HtmlText.Plain(raw);
        if (SuspectText.Problem(raw) is { } suspect)
            return Refused(suspect);
        var text = UserText.Clean(TextSanitizer.Of(raw));
        return text.Length > most
            ? Refused(string.Create(CultureInfo.InvariantCulture, $"It has {text.Length:N0} letters; at most {most:N0} fit."))
            : text;

        string Refused(string words)
        {
            Refuse(field, words);
            return "";
        }
    }

    public string Link(string field, string raw)
    {
        var text = Line(field, raw, ServiceDetails.MaxLink);
        if (text.Length == 0 || UserText.TryLink(text, out var link) && (text = link) == link)
            return text;
        Refuse(field, $"{Shown(text)} is no address on the web.");
        return "";
    }

    public string Email(string field, string raw)
    {
        var text = Line(field, raw, EmailAddress.MaxLength);
        if (text.Length == 0 || EmailAddress.TryParse(text, null, out _))
            return text;
        Refuse(field, $"{Shown(text)} is no email address.");
        return "";
    }

    public string Phone(string field, string raw)
    {
        var text = Line(field, raw, ServiceDetails.MaxPhone);
        if (text.Length == 0 || text.Count(char.IsAsciiDigit) >= 3)
            return text;
        Refuse(field, $"{Shown(text)} is no telephone number.");
        return "";
    }

    public DateOnly? Day(string field, string raw)
    {
        if (raw.Length == 0)
            return null;
        if (DateOnly.TryParseExact(raw.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Refuse(field, $"{Shown(raw)} is no day of the calendar. A day is written like 2026-03-31.");
        return null;
    }

    public DateTime? Moment(string field, string raw)
    {
        if (raw.Length == 0)
            return null;
        if (
            raw.Length >= 10
            && char.IsAsciiDigit(raw[3])
            && DateTime.TryParse(
                raw,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var moment
            )
        )
            return moment;
        Refuse(field, $"{Shown(raw)} is no time. A time is written like 2026-03-31T09:30:00Z.");
        return null;
    }

    public static string Shown(string text)
    {
        var clean = UserText.Clean(TextSanitizer.Of(text)).Replace('\n', ' ');
        return $"“{(clean.Length > MostShown ? clean[..MostShown] + "…" : clean)}”";
    }
}
