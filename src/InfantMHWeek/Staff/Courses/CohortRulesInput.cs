using System.Globalization;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InfantMHWeek.Staff.Courses;

/// <summary>The rules of a group as its form shows and reads them; what cannot be read goes to the model state.</summary>
sealed class CohortRulesInput(GroupModel typed)
{
    static readonly TimeOnly Morning = new(9, 0);

    ModelStateDictionary Errors => typed.ModelState;

    public void Show(Cohort cohort)
    {
        (typed.Name, typed.Places, typed.DecideFirst) = (cohort.Name, Text(cohort.Places), cohort.DecideFirst);
        typed.PerOrganisation = cohort.PerOrganisation is { } most ? Text(most) : null;
        (typed.OfferHours, typed.HeadStartHours) = (Text(cohort.OfferHours), Text(cohort.HeadStartHours));
        typed.MissedAllowed = Text(cohort.MissedAllowed);
        (typed.OpensOn, typed.ClosesOn) = (Day(cohort.OpensAt), Day(cohort.ClosesAt?.AddMinutes(-1)));
    }

    public CohortRules Read() =>
        new(
            Errors.Line(nameof(typed.Name), typed.Name, Cohort.NameMaxLength, "Enter a name for the group.") ?? "",
            Errors.Number(nameof(typed.Places), typed.Places, 0, Cohort.MostPlaces),
            string.IsNullOrWhiteSpace(typed.PerOrganisation)
                ? null
                : Errors.Number(nameof(typed.PerOrganisation), typed.PerOrganisation, 1, Cohort.MostPlaces),
            typed.DecideFirst,
            Errors.Number(nameof(typed.OfferHours), typed.OfferHours, 1, 240),
            Errors.Number(nameof(typed.HeadStartHours), typed.HeadStartHours, 0, 336),
            Errors.Number(nameof(typed.MissedAllowed), typed.MissedAllowed, 0, 20),
            Moment(nameof(typed.OpensOn), typed.OpensOn, Morning, daysLater: 0),
            Moment(nameof(typed.ClosesOn), typed.ClosesOn, TimeOnly.MinValue, daysLater: 1)
        );

    DateTime? Moment(string key, DateFields day, TimeOnly time, int daysLater)
    {
        if (day.Empty)
            return null;
        if (day.TryRead(out var read))
            return UkTime.ToUtc(read.AddDays(daysLater).ToDateTime(time)).Utc;
        Errors.AddModelError(key, "Enter a real date.");
        return null;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static DateFields Day(DateTime? utc) => utc is { } moment ? DateFields.Of(UkTime.DayOf(moment)) : new();
}
