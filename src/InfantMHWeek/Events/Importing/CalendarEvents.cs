using System.Globalization;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>Events from an iCalendar file (RFC 5545). What cannot be taken as it is meant is told in words and left to a person.</summary>
static class CalendarEvents
{
    public static FileEvents Read(string text, FileAnswers answers, DateTime nowUtc)
    {
        var file = CalendarText.Read(text);
        if (file.Problem is { } problem)
            return EventFile.Refuse(problem);
        var (events, problems, questions) = (new List<FileEvent>(), new List<string>(), FileQuestions.None);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, entry, changed, doubles) in Series(file, answers))
        {
            ids.Add(id);
            var name = EventFile.Short(EventFile.Fit(entry.Text("SUMMARY"), EventDetails.MaxTitle));
            var told = new List<string>();
            if (doubles > 0)
                told.Add($"the file has {doubles + 1} entries of the same UID. Only the first was taken; add the other dates by hand");
            try
            {
                questions |= Asked(entry, nowUtc);
                if (Details(entry, changed, nowUtc, told) is { } details)
                    events.Add(new(name, id, details, file.Cancels || entry.Cancelled));
            }
            catch (CalendarProblemException left)
            {
                told.Add(left.Message);
            }
            problems.AddRange(told.Select(words => $"{name}: {words}."));
            if (events.Count > EventFile.MostEvents)
                return EventFile.Refuse($"This file has more than {EventFile.MostEvents} events to come. Please split it.");
        }
        return new(events, problems) { Questions = questions, Ids = ids };
    }

    /// <summary>Each event with what is said of single dates of it; the last word counts.</summary>
    static IEnumerable<(string Id, CalendarEntry Entry, IReadOnlyList<CalendarEntry> Changed, int Doubles)> Series(
        CalendarText file,
        FileAnswers answers
    )
    {
        var entries = file.Entries.Select(lines => new CalendarEntry(lines, file.Clocks, answers));
        foreach (var same in entries.GroupBy(IdOf, StringComparer.Ordinal))
        {
            var ordered = same.OrderByDescending(e => int.TryParse(e.Value("SEQUENCE"), CultureInfo.InvariantCulture, out var n) ? n : 0)
                .ToList();
            var changed = ordered
                .FindAll(e => e.Has("RECURRENCE-ID"))
                .DistinctBy(e => e.Value("RECURRENCE-ID"), StringComparer.Ordinal)
                .ToList();
            if (ordered.Find(e => !e.Has("RECURRENCE-ID")) is { } whole)
                // One that has been changed since has a higher number; of the same number they are others.
                yield return (same.Key, whole, changed, ordered.Count(e => IsDouble(e, whole)));
            else
                // Dates of something that is not in the file stand for themselves.
                foreach (var alone in changed)
                    yield return (EventFile.IdOf($"{same.Key} {alone.Value("RECURRENCE-ID")}"), alone, [], 0);
        }
    }

    static bool IsDouble(CalendarEntry other, CalendarEntry whole) =>
        !other.Has("RECURRENCE-ID")
        && other.Value("SEQUENCE") == whole.Value("SEQUENCE")
        && other.Value("DTSTART") != whole.Value("DTSTART");

    static string IdOf(CalendarEntry entry) =>
        EventFile.IdOf(entry.Value("UID") is { Length: > 0 } uid ? uid : $"{entry.Text("SUMMARY")} {entry.Value("DTSTART")}");

    /// <summary>Of what is long past nothing is asked.</summary>
    static FileQuestions Asked(CalendarEntry entry, DateTime nowUtc)
    {
        var day = entry.Value("DTSTART") is { Length: >= 8 } start ? start[..8] : "";
        var past = string.CompareOrdinal(day, nowUtc.AddDays(-Schedule.MostDays).ToString("yyyyMMdd", CultureInfo.InvariantCulture)) < 0;
        return past && !entry.Has("RRULE") && !entry.Has("RDATE") ? FileQuestions.None
            : entry.WholeDays ? FileQuestions.Hours
            : entry.Endless ? FileQuestions.Length
            : FileQuestions.None;
    }

    static EventDetails? Details(CalendarEntry entry, IReadOnlyList<CalendarEntry> changed, DateTime nowUtc, List<string> told)
    {
        var title = EventFile.Fit(HtmlText.Plain(entry.Text("SUMMARY")), EventDetails.MaxTitle);
        if (title.Length == 0 || entry.Private)
        {
            told.Add(title.Length == 0 ? "it was left out" : "its source says that it is private, so it was left out");
            return null;
        }
        var schedule = new CalendarSchedule(entry, changed, nowUtc).Read(told);
        if (schedule.Problems().FirstOrDefault() is { } wrong)
            throw new CalendarProblemException(char.ToLowerInvariant(wrong[0]) + wrong[1..].TrimEnd('.'));
        if (entry.Value("STATUS").Equals("TENTATIVE", StringComparison.OrdinalIgnoreCase))
            told.Add("its source says that it is not certain yet");
        foreach (
            var other in changed.Where(c => !c.Cancelled && c.Text("SUMMARY") is { Length: > 0 } says && says != entry.Text("SUMMARY"))
        )
            told.Add($"one of its dates has another name there, {EventFile.Short(other.Text("SUMMARY"))}; only its time is taken");
        foreach (var other in changed.Where(c => !c.Cancelled && c.Text("LOCATION") is { Length: > 0 } at && at != entry.Text("LOCATION")))
            told.Add(
                $"one of its dates is at another place, {EventFile.Short(EventFile.Fit(other.Text("LOCATION"), 200))}; see to it by hand"
            );
        return WithPlace(WithWords(new() { Title = title, Schedule = schedule }, entry), entry);
    }

    static EventDetails WithWords(EventDetails details, CalendarEntry entry)
    {
        var about = HtmlText.Plain(entry.Text(entry.Has("DESCRIPTION") ? "DESCRIPTION" : "X-ALT-DESC"));
        return details with
        {
            Summary = EventFile.Fit(about.Length > 0 ? about : details.Title, EventDetails.MaxSummary),
            Description = about.Length > EventDetails.MaxSummary ? EventFile.Fit(about, EventDetails.MaxDescription, oneLine: false) : "",
            BookingLink = UserText.TryLink(EventFile.Fit(entry.Value("URL"), EventDetails.MaxLink), out var link) ? link : "",
        };
    }

    static EventDetails WithPlace(EventDetails details, CalendarEntry entry)
    {
        var text = EventFile.Fit(HtmlText.Plain(entry.Text("LOCATION")), 400, oneLine: false);
        if (!AddressText.IsOnline(text))
        {
            var place = AddressText.Read(text);
            return details with
            {
                Attendance = text.Length > 0 ? Attendance.InPerson : null,
                Venue = place.Venue,
                Address = place.Street,
                Town = place.Town,
                Postcode = place.Postcode,
            };
        }
        return details with
        {
            Attendance = Attendance.Online,
            OnlineLink =
                text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                && UserText.TryLink(EventFile.Fit(text, EventDetails.MaxLink), out var at)
                    ? at
                    : "",
        };
    }
}
