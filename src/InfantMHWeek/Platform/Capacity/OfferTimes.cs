using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Platform.Capacity;

/// <summary>
/// When an offer is told and until when it stands: nobody is woken, and nobody is offered a place in something that has begun.
/// </summary>
static class OfferTimes
{
    static readonly TimeOnly Morning = new(8, 0),
        Evening = new(21, 0);

    public static (DateTime Tell, DateTime Until) From(DateTime now, int hours, DateTime? startsAt)
    {
        var tell = NotAtNight(now);
        var until = NotAtNight(tell.AddHours(hours));
        return (tell, startsAt < until ? startsAt.Value : until);
    }

    /// <summary>
    /// When somebody is reminded of a place that is kept for them: so long before the end, but not in the first half of the time; by
    /// day.
    /// </summary>
    /// <returns>Null where that would come too late to be of use.</returns>
    public static DateTime? Reminder(DateTime from, DateTime until, int hoursBefore)
    {
        var (middle, before) = (from + (until - from) / 2, until.AddHours(-hoursBefore));
        var at = NotAtNight(middle > before ? middle : before);
        return at < until ? at : null;
    }

    public static bool IsNight(DateTime utc) => NotAtNight(utc) != utc;

    /// <summary>The moment itself by day; at night the next morning, by the clock on a wall in the UK.</summary>
    static DateTime NotAtNight(DateTime utc)
    {
        var local = UkTime.FromUtc(utc);
        var time = TimeOnly.FromDateTime(local);
        if (time >= Morning && time < Evening)
            return utc;
        var day = DateOnly.FromDateTime(local);
        return UkTime.ToUtc((time >= Evening ? day.AddDays(1) : day).ToDateTime(Morning)).Utc;
    }
}
