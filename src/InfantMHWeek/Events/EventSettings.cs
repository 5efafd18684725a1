using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Events;

/// <summary>The rules of events that are settings (<c>Events:…</c>).</summary>
[Settings("Events")]
public sealed class EventSettings
{
    /// <summary>By when a person should have decided; organisers are told "two working days".</summary>
    [Range(1, 60)]
    public int DecideWithinWorkingDays { get; set; } = 2;

    /// <summary>The moment from which something that waits is late: so many working days on, at the same time of day.</summary>
    public DateTime LateFrom(DateTime waitingSince)
    {
        var late = waitingSince;
        for (var left = DecideWithinWorkingDays; left > 0; )
        {
            late = late.AddDays(1);
            if (late.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                left--;
        }
        return late;
    }
}
