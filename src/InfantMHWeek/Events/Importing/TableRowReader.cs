using System.Globalization;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>Reads the rows of one table, and puts together which are one event.</summary>
sealed class TableRowReader(TableColumns columns, FileAnswers answers, DateOnly today)
{
    readonly record struct Found(int Row, string Key, string Given, EventDetails Details, EventTime Time, bool Cancelled);

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
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"Row {row.Number}: {why}."));
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

    EventTime? ReadTime(TableFile.Row row)
    {
        string Cell(string column) => columns.Cell(row, column);
        TableTime.Said Say(string column) => TableTime.Read(Cell(column), answers.Order, today);
        var (date, starts, ends, last) = (Say("date"), Say("starts"), Say("ends"), Say("last-date"));
        if (date.Unclear || (date.Day is null && starts.Unclear) || last.Unclear)
        {
            questions |= FileQuestions.DayOrMonth;
            Leave(row, $"its date {EventFile.Short(Cell("date"))} could be two days. Say above whether the day or the month comes first");
            return null;
        }
        if ((date.Day ?? starts.Day) is not { } day)
        {
            Leave(
                row,
                $"we could not read its date {EventFile.Short(Cell("date"))}. Write it with its year, like 14 June 2027 or 2027-06-14"
            );
            return null;
        }
        if (Cell("last-date").Length > 0 && last.Day is null)
        {
            Leave(row, $"we could not read its last date {EventFile.Short(Cell("last-date"))}");
            return null;
        }
        var wholeDay = Cell("all-day").ToUpperInvariant() is "TRUE" or "YES" or "1" or "Y";
        var (from, to) = (starts.From ?? date.From, ends.From ?? starts.To ?? date.To ?? last.From);
        if (wholeDay || (from is null && Cell("starts").Length == 0))
        {
            questions |= FileQuestions.Hours;
            (from, to) = (answers.Starts, answers.Ends);
        }
        else if (from is not null && to is null && Cell("ends").Length == 0)
        {
            questions |= FileQuestions.Length;
            to = answers.Minutes is { } minutes ? from.Value.AddMinutes(minutes) : null;
        }
        if (from is { } begins && to is { } finishes)
            return new(
                day,
                begins,
                (last.Day ?? ends.Day) is { } lastDay ? lastDay
                    : finishes > begins ? day
                    : day.AddDays(1),
                finishes
            );
        Leave(
            row,
            questions != FileQuestions.None
            && (wholeDay || Cell("starts").Length + Cell("ends").Length == 0 || from is not null && Cell("ends").Length == 0)
                ? "it does not say from when to when. Answer the question above"
                : $"we could not read when it starts and ends, {EventFile.Short(Cell("starts"))} and {EventFile.Short(Cell("ends"))}"
        );
        return null;
    }
}
