using System.Globalization;

namespace InfantMHWeek.Platform.Time;

/// <summary>Dates, moments and lengths of time as people say them. Moments are UTC, and said by the clock on a wall in the UK.</summary>
static class TimeInWords
{
    public static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    static readonly TimeOnly Noon = new(12, 0);

    /// <summary><c>13 June 2022</c>.</summary>
    public static string InWords(this DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary><c>Monday 13 June 2022</c>.</summary>
    public static string WithWeekday(this DateOnly day) => day.ToString("dddd d MMMM yyyy", British);

    /// <summary><c>June 2022</c>.</summary>
    public static string MonthInWords(this DateOnly day) => day.ToString("MMMM yyyy", British);

    /// <summary><c>13 to 19 June 2022</c>.</summary>
    public static string Span(DateOnly from, DateOnly to) => from == to ? to.InWords() : $"{BeginningOfSpan(from, to)} to {to.InWords()}";

    /// <summary>The first day of a span without what its last one says as well: <c>13</c>, <c>30 June</c>.</summary>
    public static string BeginningOfSpan(DateOnly from, DateOnly to) =>
        from.ToString(
            from.Year != to.Year ? "d MMMM yyyy"
                : from.Month != to.Month ? "d MMMM"
                : "%d",
            British
        );

    /// <summary>How far ahead a day is: <c>tomorrow</c>, <c>in 12 days</c>; above eight weeks <c>in 20 weeks</c>.</summary>
    /// <param name="days">At least 1.</param>
    public static string Ahead(int days) =>
        days switch
        {
            1 => "tomorrow",
            <= 56 => $"in {days} days",
            _ => $"in {days / 7} weeks",
        };

    /// <summary><c>9am</c>, <c>12.30pm</c>, <c>midday</c>.</summary>
    public static string Clock(this TimeOnly time) =>
        time == Noon ? "midday" : time.ToString(time.Minute == 0 ? "htt" : "h.mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary><c>13 June 2022, 09:30</c>.</summary>
    public static string InUk(this DateTime utc) => UkTime.FromUtc(utc).ToString("d MMMM yyyy, HH:mm", British);

    /// <summary><c>13 June 2022 at 09:30</c>, inside a sentence.</summary>
    public static string AtInUk(this DateTime utc) => UkTime.FromUtc(utc).ToString("d MMMM yyyy 'at' HH:mm", British);

    /// <summary><c>13 June 2022</c>.</summary>
    public static string DayInUk(this DateTime utc) => UkTime.DayOf(utc).InWords();

    /// <summary><c>Tuesday 7 October 2026, 9am</c>.</summary>
    public static string WithWeekday(this DateTime utc) =>
        $"{UkTime.DayOf(utc).WithWeekday()}, {TimeOnly.FromDateTime(UkTime.FromUtc(utc)).Clock()}";

    /// <summary>
    /// <c>Tuesday 7 October 2026, 9am to midday</c>; over a night <c>Tuesday 7 October 2026, 9pm, to Wednesday 8 October 2026, 7am</c>.
    /// </summary>
    public static string FromTo(DateTime fromUtc, DateTime toUtc) =>
        UkTime.DayOf(fromUtc) == UkTime.DayOf(toUtc)
            ? $"{fromUtc.WithWeekday()} to {TimeOnly.FromDateTime(UkTime.FromUtc(toUtc)).Clock()}"
            : $"{fromUtc.WithWeekday()}, to {toUtc.WithWeekday()}";

    /// <summary><c>on 3 May at 9am (UK time)</c>; with its year where that is another one.</summary>
    public static string InWords(this DateTime utc, DateTime now)
    {
        var wall = UkTime.FromUtc(utc);
        var day = wall.ToString(wall.Year == UkTime.FromUtc(now).Year ? "d MMMM" : "d MMMM yyyy", British);
        var time = TimeOnly.FromDateTime(wall);
        var hour =
            wall is { Hour: 0, Minute: 0 } ? "midnight"
            : wall is { Hour: 12, Minute: 0 } ? "noon"
            : time.Clock();
        return $"on {day} at {hour} (UK time)";
    }

    /// <summary><c>3 minutes</c>, <c>17 hours</c>, <c>4 days</c>.</summary>
    public static string InWords(this TimeSpan length) =>
        length < TimeSpan.FromMinutes(1) ? "less than a minute"
        : length < TimeSpan.FromHours(2) ? Count(Math.Floor(length.TotalMinutes), "minute")
        : length < TimeSpan.FromDays(2) ? Count(Math.Floor(length.TotalHours), "hour")
        : Count(Math.Floor(length.TotalDays), "day");

    /// <summary>How long somebody has to wait, never too little: <c>a few seconds</c>, <c>a minute</c>, <c>4 minutes</c>.</summary>
    public static string AsWait(this TimeSpan wait) =>
        wait.TotalSeconds <= 10 ? "a few seconds"
        : wait <= TimeSpan.FromMinutes(1) ? "a minute"
        : Count(Math.Ceiling(wait.TotalMinutes), "minute");

    /// <summary><c>1 day</c>, <c>2 days</c>.</summary>
    public static string Count(double count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:0} {unit}{(count is 1 ? "" : "s")}");
}
