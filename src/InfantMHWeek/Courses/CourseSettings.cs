namespace InfantMHWeek.Courses;

/// <summary>
/// The rules of the course that are settings (<c>Courses:…</c>). How long things are kept is shown on the privacy page from
/// these same values, and the nightly round deletes by them.
/// </summary>
public sealed class CourseSettings
{
    /// <summary>How long an offered place is held.</summary>
    public int OfferHours { get; set; } = 48;

    /// <summary>How long before everybody else those who registered their interest may apply.</summary>
    public int HeadStartHours { get; set; } = 48;

    /// <summary>How many sessions may be missed, for a certificate all the same.</summary>
    public int MissedAllowed { get; set; } = 1;

    /// <summary>How many days before a session it is called to mind.</summary>
    public int ReminderDays { get; set; } = 2;

    /// <summary>How many hours before a session its online link is shown.</summary>
    public int LinkShownHours { get; set; } = 24;

    /// <summary>How many forms of one kind are taken at once from one network, behind which a whole phone company may stand.</summary>
    public int FormsAtOnce { get; set; } = 250;

    /// <summary>After that, one more each time so many seconds have passed.</summary>
    public int SecondsPerForm { get; set; } = 2;

    public int KeepInterestMonths { get; set; } = 12;
    public int KeepDraftDays { get; set; } = 14;

    /// <summary>After the last session.</summary>
    public int KeepAccessNeedsDays { get; set; } = 7;

    /// <summary>After the last session.</summary>
    public int KeepApplicationMonths { get; set; } = 12;
    public int KeepCertificateYears { get; set; } = 6;

    /// <summary>Mails about the course, after they were sent.</summary>
    public int KeepMailDays { get; set; } = 30;
}
