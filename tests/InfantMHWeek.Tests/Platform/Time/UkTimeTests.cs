using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Tests.Platform.Time;

public sealed class UkTimeTests
{
    [Theory]
    [InlineData("2026-01-15 09:00", UkTime.Validity.Valid, "2026-01-15 09:00")]
    [InlineData("2026-06-08 09:00", UkTime.Validity.Valid, "2026-06-08 08:00")]
    [InlineData("2026-03-29 00:59", UkTime.Validity.Valid, "2026-03-29 00:59")]
    [InlineData("2026-03-29 01:30", UkTime.Validity.Invalid, "2026-03-29 01:30")]
    [InlineData("2026-03-29 02:00", UkTime.Validity.Valid, "2026-03-29 01:00")]
    [InlineData("2026-10-25 00:59", UkTime.Validity.Valid, "2026-10-24 23:59")]
    [InlineData("2026-10-25 01:30", UkTime.Validity.Ambiguous, "2026-10-25 00:30")]
    [InlineData("2026-10-25 02:00", UkTime.Validity.Valid, "2026-10-25 02:00")]
    [InlineData("2024-02-29 12:00", UkTime.Validity.Valid, "2024-02-29 12:00")]
    public void Wall_clock_times_become_the_right_moments(string wallClock, UkTime.Validity answer, string utc)
    {
        var result = UkTime.ToUtc(DateTime.Parse(wallClock, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(answer, result.Validity);
        Assert.Equal(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), result.Utc);
    }

    [Theory]
    [InlineData("2022-06-13", "2022-06-19", "13 to 19 June 2022")]
    [InlineData("2022-06-30", "2022-07-02", "30 June to 2 July 2022")]
    [InlineData("2022-12-30", "2023-01-02", "30 December 2022 to 2 January 2023")]
    [InlineData("2022-06-13", "2022-06-13", "13 June 2022")]
    public void Spans_of_days_are_written_as_people_write_them(string from, string to, string words) =>
        Assert.Equal(
            words,
            TimeInWords.Span(
                DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
                DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture)
            )
        );
}
