using System.Text.Json;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services.Importing;

/// <summary>The opening times of a record, in words: that is how they are kept here.</summary>
static class ScheduleWords
{
    static readonly string[] Often = ["WEEKLY", "MONTHLY"];
    static readonly Dictionary<string, string> Days = new(StringComparer.Ordinal)
    {
        ["MO"] = "Monday",
        ["TU"] = "Tuesday",
        ["WE"] = "Wednesday",
        ["TH"] = "Thursday",
        ["FR"] = "Friday",
        ["SA"] = "Saturday",
        ["SU"] = "Sunday",
    };

    public static string Of(JsonElement record, JsonFields fields)
    {
        var lines = new List<string>();
        foreach (var (schedule, path) in fields.Many(record, "", "schedules"))
        {
            var (from, to) = (Day("valid_from"), Day("valid_to"));
            Day("dtstart");
            if (from > to)
                fields.Refuse(path + "valid_to", "It ends before it begins.");
            var often = fields.OneOf(schedule, path, "freq", Often);
            var (opens, closes) = (fields.Line(schedule, path, "opens_at", 20), fields.Line(schedule, path, "closes_at", 20));
            var about = fields.Text(schedule, path, "description", ServiceDetails.MaxNote);
            var days = fields
                .Line(schedule, path, "byday", 60)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var day in days.Where(d => !Days.ContainsKey(d.TrimStart('-', '+', '1', '2', '3', '4', '5'))))
                fields.Refuse(path + "byday", $"{RecordFields.Shown(day)} is no day of the week (MO, TU, WE, TH, FR, SA, SU).");
            var words = string.Join(", ", days.Select(d => Days.GetValueOrDefault(d) ?? d));
            if (opens.Length > 0 && closes.Length > 0)
                words += (words.Length > 0 ? ", " : "") + $"{Short(opens)} to {Short(closes)}";
            if (often == "MONTHLY" && words.Length > 0)
                words += ", once a month";
            if (to is { } last && about.Length == 0)
                words += $" (until {last.InWords()})";
            lines.Add(about.Length > 0 ? about : words);

            DateOnly? Day(string name) => fields.Day(path + name, fields.Raw(schedule, path, name));
        }
        return fields.Text("schedules", string.Join('\n', lines.Where(l => l.Length > 0)), ServiceDetails.MaxNote);
    }

    /// <summary><c>09:30:00Z</c> is half past nine on the wall.</summary>
    static string Short(string time) => time.Length > 5 && time[2] == ':' ? time[..5] : time;
}
