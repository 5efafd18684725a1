using System.Globalization;

namespace InfantMHWeek.Platform.Places;

static class DistanceInWords
{
    public static string Of(double miles) =>
        miles < 1 ? "less than a mile away"
        : miles < 1.5 ? "about 1 mile away"
        : string.Create(CultureInfo.InvariantCulture, $"about {miles:0} miles away");
}
