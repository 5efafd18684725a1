using System.Globalization;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>What the mails about places say of a group and its sessions, and how each mail is told apart from others.</summary>
static class CourseMailWords
{
    // Two spaces before a line break keep it in the HTML too.
    public static string Describe(Cohort cohort) => string.Join("  \n", cohort.InOrder.Select(s => $"Session {s.Number}: {Describe(s)}"));

    public static string Describe(CourseSession session) =>
        session.When
        + (
            session.Place is { Length: > 0 } place ? $", {place}"
            : session.OnlineLink is null ? ""
            : ", online"
        );

    public static string VersionOf(CourseSession session) =>
        string.Create(CultureInfo.InvariantCulture, $"{session.Number}.{session.Sequence}");

    public static string About(Application application, string what) => $"{application.Id:N}:{what}";

    public static string LastStep(Application application) => application.Steps[^1].Id.ToString("N");
}
