using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// What two offers of one event have in common: the place, the days, the name. Two of the three are enough to show both to a person;
/// nothing is ever joined because of it.
/// </summary>
sealed record EventLikeness(
    EmailAddress Contact,
    IReadOnlyList<string> Words,
    string Venue,
    string Postcode,
    GeoPoint? Point,
    bool Pinned,
    bool OnlineOnly,
    IReadOnlySet<DateOnly> Days,
    IReadOnlySet<DateTime> Starts
)
{
    public const double Near = .25;
    const double SameName = .75,
        LikeName = .5,
        SomewhatLikeName = .3,
        MilesOfVenue = 2;
    const int MostDates = 60;

    public static EventLikeness Of(Event e, DateOnly today)
    {
        var d = e.Latest;
        var times = d.Schedule.All(today.AddDays(Schedule.DaysAhead), today).Take(MostDates).ToList();
        return new(
            e.Contact,
            NameWords.Of(d.Title),
            NameWords.Key(d.Venue),
            d.Postcode.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            d.InPerson ? d.Point : null,
            d.Pin is not null,
            d is { Online: true, InPerson: false },
            times.Select(t => t.Day).ToHashSet(),
            times.Select(t => t.StartUtc).ToHashSet()
        );
    }

    /// <returns>What they have in common, in words, and how much that is; null where they are two.</returns>
    public (string Why, double Strength)? InCommonWith(EventLikeness other)
    {
        var place = SamePlace(other);
        if (!place && !(OnlineOnly && other.OnlineOnly))
            return null;
        var (name, day, time) = (NameWords.Likeness(Words, other.Words), Days.Overlaps(other.Days), Starts.Overlaps(other.Starts));
        if (!place)
            return day && name >= SameName ? ("same day, a similar name", name) : null;
        if (time)
            return name >= LikeName ? ("same time and place, a similar name", name + 2) : ("same time and place", name + 1.5);
        // In one hall are many groups on one day: at other hours and with another name it is another.
        if (day && name >= SomewhatLikeName)
            return name >= LikeName ? ("same day and place, a similar name", name + 1) : ("same day and place", name);
        // Whoever offers both on different days knows that they are two.
        return name >= SameName && Contact != other.Contact ? ("same place, a similar name", name) : null;
    }

    bool SamePlace(EventLikeness other) =>
        (Postcode.Length > 0 && Postcode == other.Postcode)
        || (
            Point is { } one
            && other.Point is { } two
            && one.MilesTo(two) is var miles
            && ((Pinned && other.Pinned && miles <= Near) || (Venue.Length > 0 && Venue == other.Venue && miles <= MilesOfVenue))
        );
}
