using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The rules of events that are settings (<c>Events:…</c>).</summary>
[Settings("Events")]
public sealed class EventSettings
{
    /// <summary>By when a person should have decided; organisers are told "two working days".</summary>
    [Range(1, 60)]
    public int DecideWithinWorkingDays { get; set; } = 2;

    /// <summary>The moment from which something that waits is late: so many working days on, at the same time of day.</summary>
    public DateTime LateFrom(DateTime waitingSince) => WorkingDays.After(waitingSince, DecideWithinWorkingDays);
}
