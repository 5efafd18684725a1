namespace InfantMHWeek.Platform.Forms;

/// <summary>From when to when, as typed into two boxes; <c>hours-field</c> shows it.</summary>
sealed record HoursFields
{
    public string? Starts { get; init; }
    public string? Ends { get; init; }

    public bool Empty => string.IsNullOrWhiteSpace(Starts + Ends);

    public static HoursFields Of(TimeOnly starts, TimeOnly ends) =>
        new() { Starts = TimeInput.InWords(starts), Ends = TimeInput.InWords(ends) };

    public bool TryRead(out TimeOnly starts, out TimeOnly ends)
    {
        ends = default;
        return TimeInput.TryRead(Starts, out starts) && TimeInput.TryRead(Ends, out ends);
    }
}
