using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services;

/// <summary>The rules of the directory that are settings (<c>Services:…</c>).</summary>
[Settings("Services")]
sealed class ServiceSettings
{
    /// <summary>By when a person should have decided; services are told "two working days".</summary>
    [Range(1, 60)]
    public int DecideWithinWorkingDays { get; set; } = 2;

    /// <summary>How long after its last check a service is asked whether all is still right.</summary>
    [Range(30, 730)]
    public int AskAfterDays { get; set; } = 183;

    /// <summary>How long after the question it is reminded, once.</summary>
    [Range(1, 60)]
    public int RemindAfterDays { get; set; } = 14;

    /// <summary>How long after the question, without an answer, its page says that it is not confirmed.</summary>
    [Range(2, 180)]
    public int DoubtAfterDays { get; set; } = 30;

    /// <summary>How long after the question, without an answer, it leaves all lists.</summary>
    [Range(60, 1460)]
    public int UnlistAfterDays { get; set; } = 365;

    /// <summary>The moment from which something that waits is late.</summary>
    public DateTime LateFrom(DateTime waitingSince) => WorkingDays.After(waitingSince, DecideWithinWorkingDays);
}
