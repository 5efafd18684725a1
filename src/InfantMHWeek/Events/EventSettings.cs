using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>The rules of events that are settings (<c>Events:…</c>).</summary>
[Settings("Events")]
sealed class EventSettings
{
    /// <summary>By when a person should have decided; organisers are told "two working days".</summary>
    [Range(1, 60)]
    public int DecideWithinWorkingDays { get; set; } = 2;

    /// <summary>
    /// How long after it was approved, or its organiser last said so, they are asked whether a group without an end still runs.
    /// </summary>
    [Range(30, 730)]
    public int AskAfterDays { get; set; } = 183;

    /// <summary>How long after the question they are reminded, once.</summary>
    [Range(1, 60)]
    public int RemindAfterDays { get; set; } = 14;

    /// <summary>How long after the question, without an answer, no further dates are made.</summary>
    [Range(2, 180)]
    public int GiveUpAfterDays { get; set; } = 30;

    /// <summary>
    /// Under which licence others may use the facts of events (the feed of OpenActive and the description of the interface name it): the
    /// address of its text. The charity decides that.
    /// </summary>
    [RegularExpression("https://[^\\s]{4,190}", ErrorMessage = "an address that begins with https://")]
    public string DataLicence { get; set; } = "https://creativecommons.org/licenses/by/4.0/";

    /// <summary>Whether the site reads the calendars of partners that staff have named; it asks nobody without.</summary>
    public bool ReadFeeds { get; set; }

    /// <summary>The moment from which something that waits is late: so many working days on, at the same time of day.</summary>
    public DateTime LateFrom(DateTime waitingSince) => WorkingDays.After(waitingSince, DecideWithinWorkingDays);
}
