using System.Globalization;

namespace InfantMHWeek.Courses.Cohorts;

/// <summary>Places left, said plainly.</summary>
static class CoursePlaces
{
    public static string LeftInWords(Cohort cohort) =>
        cohort.PlacesLeft switch
        {
            0 => "All places are taken. You can join the waiting list.",
            1 => "There is 1 place left.",
            var left => string.Create(CultureInfo.InvariantCulture, $"There are {left} places left."),
        };
}
