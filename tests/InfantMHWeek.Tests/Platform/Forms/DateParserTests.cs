using InfantMHWeek.Platform.Forms;

namespace InfantMHWeek.Tests.Platform.Forms;

public sealed class DayInputTests
{
    static readonly DateOnly From = new(2027, 3, 1);

    [Theory]
    [InlineData("8 June 2027")]
    [InlineData("Tuesday 8 June 2027")]
    [InlineData("Tuesday, 8 June 2027")]
    [InlineData("Tues 8th June 2027")]
    [InlineData("tue. 8 Jun 2027")]
    [InlineData("the 8th of June 2027")]
    [InlineData("8 June")]
    [InlineData("8/6/2027")]
    [InlineData("08/06/27")]
    [InlineData("8/6")]
    [InlineData("2027-06-08")]
    public void A_day_is_read_as_people_write_it(string text) => Assert.Equal(new DateOnly(2027, 6, 8), DateParser.Read(text, From));

    [Fact]
    public void Without_a_year_it_is_the_next_one()
    {
        Assert.Equal(new DateOnly(2028, 1, 5), DateParser.Read("5 January", From));
        Assert.Equal(new DateOnly(2028, 2, 29), DateParser.Read("29 February", From));
    }

    [Theory]
    [InlineData("Monday 8 June 2027")]
    [InlineData("31 February 2027")]
    [InlineData("6/8/2027 or so")]
    [InlineData("next week")]
    [InlineData("")]
    public void What_is_no_day_is_not_guessed(string text) => Assert.Null(DateParser.Read(text, From));
}
