using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Courses;

/// <summary>
/// The rules of the course that are settings (<c>Courses:…</c>). How long things are kept is shown on the privacy page from
/// these same values, and the nightly round deletes by them.
/// </summary>
[Settings("Courses")]
sealed class CourseSettings
{
    /// <summary>How long an offered place is held.</summary>
    [Range(1, 1000)]
    public int OfferHours { get; set; } = 48;

    /// <summary>How long a place that is held for somebody who applies waits for their yes. Then it passes on like an offer.</summary>
    [Range(1, 1000)]
    public int HoldHours { get; set; } = 120;

    /// <summary>How many hours before that somebody who has not answered is reminded.</summary>
    [Range(0, 1000)]
    public int HoldReminderHours { get; set; } = 48;

    /// <summary>How long before everybody else those who registered their interest may apply.</summary>
    [Range(0, 1000)]
    public int HeadStartHours { get; set; } = 48;

    /// <summary>How many sessions may be missed, for a certificate all the same.</summary>
    [Range(0, 50)]
    public int MissedAllowed { get; set; } = 1;

    /// <summary>How many days before a session it is called to mind.</summary>
    [Range(1, 60)]
    public int ReminderDays { get; set; } = 2;

    /// <summary>How many hours before a session its online link is shown.</summary>
    [Range(0, 1000)]
    public int LinkShownHours { get; set; } = 24;

    /// <summary>How many forms of one kind are taken at once from one network, behind which a whole phone company may stand.</summary>
    [Range(1, 1_000_000)]
    public int FormsAtOnce { get; set; } = 250;

    /// <summary>After that, one more each time so many seconds have passed.</summary>
    [Range(1, 3600)]
    public int SecondsPerForm { get; set; } = 2;

    [Range(1, 120)]
    public int KeepInterestMonths { get; set; } = 12;

    [Range(1, 365)]
    public int KeepDraftDays { get; set; } = 14;

    /// <summary>After the last session.</summary>
    [Range(0, 365)]
    public int KeepAccessNeedsDays { get; set; } = 7;

    /// <summary>After the last session.</summary>
    [Range(1, 120)]
    public int KeepApplicationMonths { get; set; } = 12;

    [Range(1, 50)]
    public int KeepCertificateYears { get; set; } = 6;

    /// <summary>Mails about the course, after they were sent.</summary>
    [Range(1, 3650)]
    public int KeepMailDays { get; set; } = 30;
}
