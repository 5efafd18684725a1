using System.Globalization;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>Reads the rows of one table, and puts together which are one event.</summary>
sealed class TableRowReader(TableColumns columns, FileAnswers answers, DateOnly today)
{
    readonly record struct Found(int Row, string Key, string Given, EventDetails Details, EventTime Time, bool Cancelled);

    static readonly TimeOnly EarliestByDay = new(6, 0),
        Noon = new(12, 0),
        Evening = new(17, 0);
    static readonly TimeSpan LongestGuess = TimeSpan.FromHours(8);

    readonly List<Found> found = [];
    readonly List<string> problems = [];
    readonly HashSet<string> ids = new(StringComparer.Ordinal);
    FileQuestions questions;

    public void Add(TableFile.Row row)
    {
        string Cell(string column) => columns.Cell(row, column);
        var title = EventFile.Fit(HtmlText.Plain(Cell("name")), EventDetails.MaxTitle);
        if (title.Length == 0)
        {
            Leave(row, "it has no name");
            return;
        }
        if (ReadTime(row) is not { } time)
            return;
        if (Schedule.Once(time).Problems().FirstOrDefault() is { } wrong)
        {
            Leave(row, char.ToLowerInvariant(wrong[0]) + wrong[1..].TrimEnd('.'));
            return;
        }
        var details = new TableRowDetails(columns, row, problems).Read(title);
        var key = string.Create(CultureInfo.InvariantCulture, $"{title}, {details.Postcode}{details.Venue}, {time.Starts:HH:mm}");
        var cancelled = Cell("status").StartsWith("cancel", StringComparison.OrdinalIgnoreCase);
        found.Add(new(row.Number, key, Cell("id"), details, time, cancelled));
    }

    void Leave(TableFile.Row row, string why)
    {
        Tell(row, why);
        if (columns.Cell(row, "id") is { Length: > 0 } id)
            ids.Add(EventFile.IdOf(id));
    }

    /// <summary>All of them; rows that say the same but for the day are one.</summary>
    public FileEvents Read()
    {
        var events = new List<FileEvent>();
        foreach (var same in found.GroupBy(f => (f.Given.Length > 0 ? f.Given : f.Key).ToUpperInvariant(), StringComparer.Ordinal))
        foreach (var (index, one) in Parts([.. same]).Index())
        {
            var (first, name) = (one[0], same.First().Given is { Length: > 0 } given ? given : same.First().Key);
            // The same name at the same place and hour, but said otherwise: another event.
            var id = EventFile.IdOf(
                index == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}, {first.Time.Day:yyyy-MM-dd}")
            );
            if (!ids.Add(id))
            {
                problems.Add($"{Rows(one)}: another row of this file has the same id.");
                continue;
            }
            var times = one.Select(o => o.Time).DistinctBy(t => t.StartUtc).OrderBy(t => t.StartUtc).ToList();
            var schedule = times.Count == 1 ? Schedule.Once(times[0]) : new(Repeat.Several, times);
            events.Add(new(Rows(one), id, first.Details with { Schedule = schedule }, first.Cancelled));
        }
        return new(events, problems) { Questions = questions, Ids = ids };
    }

    static IEnumerable<List<Found>> Parts(List<Found> same) =>
        same.GroupBy(f => (f.Details.ToJson(), f.Cancelled)).SelectMany(g => g.Chunk(Schedule.MostTimes)).Select(c => c.ToList());

    static string Rows(List<Found> of) =>
        of.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"Row {of[0].Row}")
            : string.Create(CultureInfo.InvariantCulture, $"Rows {of[0].Row} to {of[^1].Row} ({of.Count} dates)");

    /// <summary>
    /// An end that does not come after the start: at night it is the next day's; by day it was written without its half of the day.
    /// </summary>
    EventTime? Within(TableFile.Row row, DateOnly day, TimeOnly begins, TimeOnly finishes)
    {
        if (finishes > begins)
        {
            if (finishes <= EarliestByDay)
                Tell(row, $"it is from {begins:HH:mm} to {finishes:HH:mm}, at night. If that is not meant, put it right in the file");
            return new(day, begins, day, finishes);
        }
        if (begins >= Evening && finishes <= EarliestByDay)
            return new(day, begins, day.AddDays(1), finishes);
        var afternoon = finishes.AddHours(12);
        if (finishes < Noon && afternoon > begins && afternoon - begins <= LongestGuess)
        {
            Tell(row, $"it is said to end at {finishes:HH:mm}, before it begins; {afternoon:HH:mm} was taken");
            return new(day, begins, day, afternoon);
        }
        Leave(row, $"it would end before it begins, {begins:HH:mm} and {finishes:HH:mm}");
        return null;
    }

    void Tell(TableFile.Row row, string what) => problems.Add(string.Create(CultureInfo.InvariantCulture, $"Row {row.Number}: {what}."));

    EventTime? ReadTime(TableFile.Row row)
    {
        string Cell(string column) => columns.Cell(row, column);
        string Said(string column) => Cell(column) is { Length: > 0 } cell ? EventFile.Short(cell) : "(empty)";
        TableTime.Said Say(string column) => TableTime.Read(Cell(column), answers.Order, today);
        var (date, starts, ends, last) = (Say("date"), Say("starts"), Say("ends"), Say("last-date"));
        if (date.Unclear || (date.Day is null && starts.Unclear) || last.Unclear)
        {
            questions |= FileQuestions.DayOrMonth;
            Leave(row, $"its date {Said("date")} could be two days. Say above whether the day or the month comes first");
            return null;
        }
        if ((date.Day ?? starts.Day) is not { } day)
        {
            Leave(
                row,
                $"we could not read its date {Said("date")}, or there is no such day. Write it with its year, like 14 June 2027 or "
                    + "2027-06-14"
            );
            return null;
        }
        if (Cell("last-date").Length > 0 && last.Day is null)
        {
            Leave(row, $"we could not read its last date {Said("last-date")}");
            return null;
        }
        var wholeDay = Cell("all-day").ToUpperInvariant() is "TRUE" or "YES" or "1" or "Y";
        var (from, to) = (starts.From ?? date.From, ends.From ?? starts.To ?? date.To ?? last.From);
        if (wholeDay || (from is null && Cell("starts").Length == 0))
        {
            questions |= FileQuestions.Hours;
            (from, to) = (answers.Starts, wholeDay ? answers.Ends : to ?? answers.Ends);
        }
        else if (from is not null && to is null && Cell("ends").Length == 0)
        {
            questions |= FileQuestions.Length;
            to = answers.Minutes is { } minutes ? from.Value.AddMinutes(minutes) : null;
        }
        if (from is { } begins && to is { } finishes)
        {
            if ((last.Day ?? ends.Day) is not { } lastDay)
                return Within(row, day, begins, finishes);
            // A whole day that ends as the next begins is one.
            if (wholeDay && (ends.From ?? last.From) == TimeOnly.MinValue && lastDay > day)
                lastDay = lastDay.AddDays(-1);
            return new(day, begins, lastDay, finishes);
        }
        Leave(
            row,
            questions != FileQuestions.None
            && (wholeDay || Cell("starts").Length + Cell("ends").Length == 0 || from is not null && Cell("ends").Length == 0)
                ? "it does not say from when to when. Answer the question above"
                : $"we could not read when it starts and ends, {Said("starts")} and {Said("ends")}"
        );
        return null;
    }
}
