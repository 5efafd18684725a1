using System.Globalization;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Calendars;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>A cohort's sessions for a diary. Each session keeps its UID, so a moved one is moved in the diary too.</summary>
static class CourseCalendar
{
    /// <param name="link">The person's own page, or null.</param>
    public static string Write(Cohort cohort, SiteAddress address, DateTime now, string? link)
    {
        var (host, cancelled) = (new Uri(address.Of("/")).Host, cohort.CancelledAt is not null);
        return CalendarWriter.Write("Courses", cohort.FullName, [.. cohort.InOrder.Select(Entry)]);

        CalendarEntry Entry(CourseSession session) =>
            new(
                $"{session.Id:N}@{host}",
                now,
                session.Sequence + (cancelled ? 1 : 0),
                session.StartsUtc,
                session.EndsUtc,
                string.Create(CultureInfo.InvariantCulture, $"{cohort.Title}: session {session.Number} of {cohort.Sessions.Count}")
            )
            {
                Status = cancelled ? CalendarStatus.Cancelled : CalendarStatus.Confirmed,
                Location = session.Place,
                Link = link,
            };
    }
}
