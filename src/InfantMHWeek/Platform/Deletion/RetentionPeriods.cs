using static InfantMHWeek.Platform.Deletion.KeptFor;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>
/// What is kept how long, and why: all of it, and nowhere else. The jobs that delete go by these lines, the pages that promise something
/// read them, and staff see them at <c>/staff/health/deletion</c>.
/// </summary>
static class RetentionPeriods
{
    // Whoever writes to the charity.
    public static RetentionPeriod Messages(int months) =>
        new("Messages to the charity", OfMonths(months), "after they came", "to answer them, and what comes of it", "Contact:KeepMonths");

    // The course.
    public static RetentionPeriod Interests(int months) =>
        new(
            "Interest in a course",
            OfMonths(months),
            "after you registered or renewed it",
            "to tell them when a group opens",
            "Courses:KeepInterestMonths"
        );

    public static RetentionPeriod ApplicationDrafts(int days) =>
        new(
            "An application that was not sent",
            OfDays(days),
            "after the last change",
            "so that they can go on where they stopped",
            "Courses:KeepDraftDays"
        );

    public static RetentionPeriod AccessNeeds(int days) =>
        new("Access needs", OfDays(days), "after the last session", "so that they can take part", "Courses:KeepAccessNeedsDays");

    public static readonly RetentionPeriod HandOvers = new(
        "The name and address of a colleague who was offered your place",
        default,
        "until they take it, or the course begins",
        "to ask them whether they want it"
    );

    public static RetentionPeriod Applications(int months) =>
        new(
            "Applications, places and attendance",
            OfMonths(months),
            "after the last session",
            "to run the course and answer questions about it",
            "Courses:KeepApplicationMonths"
        );

    public static RetentionPeriod Certificates(int years) =>
        new("Certificates, so that they can be checked", OfYears(years), "", "employers ask for them", "Courses:KeepCertificateYears");

    public static RetentionPeriod CourseMails(int days) =>
        new("Emails about the course", OfDays(days), "after they were sent", "to see whether they arrived", "Courses:KeepMailDays");

    // Events.
    public static readonly RetentionPeriod UnshownEvents =
            new("An event that was begun and never shown", OfYears(1), "after it was begun", "so that it can be finished"),
        Organisers =
            new(
                "The name and contact details of who offered an event, and its picture",
                OfYears(1),
                "after its last date",
                "to ask them about it"
            ),
        OrganiserProfiles =
            new(
                "What an organiser says of themselves",
                OfDays(30),
                "after it was begun, once they have no event",
                "so that the first event can follow"
            ),
        OrganiserLinks = new("Links to all of an organiser", OfDays(1), "after they ended", "to say that the link is old"),
        PartnersAsked = new("Whom to ask about a partner’s calendar", OfYears(1), "after it was stopped", "to ask them about it");

    // Places that families book at events.
    public static readonly RetentionPeriod BookedDates =
            new(
                "Names, addresses and numbers of babies of those with a place at an event",
                OfDays(30),
                "after the date",
                "for the organiser, until the date is settled"
            ),
        PlacesGivenUp = new("A place at an event that was given up", OfDays(30), "after it was given up", "to answer questions about it"),
        BookingMails = new("Emails about a place at an event", OfDays(30), "after they were sent", "to see whether they arrived");

    // Services for families.
    public static readonly RetentionPeriod UnshownServices =
            new("A service that was begun and never shown", OfYears(1), "after it was begun", "so that it can be finished"),
        ServiceContacts =
            new(
                "The name and contact details of who listed a service",
                OfYears(1),
                "after it closed or was taken down",
                "to ask them about it"
            ),
        ServiceReports =
            new("Reports about services", OfYears(1), "after they were dealt with", "to see whether the same is reported again");

    // Those who work here.
    public static RetentionPeriod AuditLines(int months) =>
        new("Lines of the audit log", OfMonths(months), "after what they tell", "to see who did what", "Audit:KeepMonths");

    public static readonly RetentionPeriod StaffSessions =
            new(
                "When staff signed in, and their sessions",
                OfDays(30),
                "after the session was last used",
                "to see whether somebody else was in"
            ),
        StaffTickets = new("Links and steps of signing in", OfDays(30), "after they ended", "to say that the link is old"),
        StaffBrowsers =
            new(
                "The browsers that staff use",
                OfDays(180),
                "after each was last used",
                "so that it counts as known, and a new one is told"
            ),
        PageDraftsSetAside =
            new("Working copies of pages that were set aside", OfDays(90), "after they were set aside", "to take one out again");

    // Mail of every kind that has no shorter time of its own.
    public static readonly RetentionPeriod Mails =
            new("All other emails", OfDays(90), "after they were sent or given up", "to see whether they arrived"),
        RefusedAddresses =
            new("Addresses that refused an email", OfDays(90), "after they refused it", "so that nothing more is sent there");
}
