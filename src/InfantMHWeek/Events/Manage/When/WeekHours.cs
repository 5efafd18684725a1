using InfantMHWeek.Platform.Forms;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>The hours of single weekdays as typed; empty where they are those of the first date.</summary>
sealed record WeekHours
{
    public HoursFields Mon { get; init; } = new();
    public HoursFields Tue { get; init; } = new();
    public HoursFields Wed { get; init; } = new();
    public HoursFields Thu { get; init; } = new();
    public HoursFields Fri { get; init; } = new();
    public HoursFields Sat { get; init; } = new();
    public HoursFields Sun { get; init; } = new();

    IReadOnlyList<(DayOfWeek Day, HoursFields Typed)> All =>
        [
            (DayOfWeek.Monday, Mon),
            (DayOfWeek.Tuesday, Tue),
            (DayOfWeek.Wednesday, Wed),
            (DayOfWeek.Thursday, Thu),
            (DayOfWeek.Friday, Fri),
            (DayOfWeek.Saturday, Sat),
            (DayOfWeek.Sunday, Sun),
        ];

    /// <summary>Those in which something stands.</summary>
    public IEnumerable<(DayOfWeek Day, HoursFields Typed)> Filled => All.Where(d => !d.Typed.Empty);

    public static WeekHours Of(IReadOnlyList<DayHours> hours)
    {
        HoursFields On(DayOfWeek day) => hours.FirstOrDefault(h => h.Day == day) is { } own ? HoursFields.Of(own.Starts, own.Ends) : new();
        return new()
        {
            Mon = On(DayOfWeek.Monday),
            Tue = On(DayOfWeek.Tuesday),
            Wed = On(DayOfWeek.Wednesday),
            Thu = On(DayOfWeek.Thursday),
            Fri = On(DayOfWeek.Friday),
            Sat = On(DayOfWeek.Saturday),
            Sun = On(DayOfWeek.Sunday),
        };
    }

    /// <summary>The name of a day's question in the form.</summary>
    public static string KeyOf(DayOfWeek day) => $"{nameof(DatesModel.Hours)}.{day.ToString()[..3]}";
}
