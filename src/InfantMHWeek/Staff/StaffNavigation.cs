using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;

namespace InfantMHWeek.Staff;

/// <summary>The staff menu: each sees what their roles open.</summary>
static class StaffNavigation
{
    static readonly (string Role, string Path, string Label)[] Places =
    [
        (StaffRole.Author, "/staff/pages", "Pages"),
        (StaffRole.Courses, "/staff/courses", "Courses"),
        (StaffRole.Administrator, "/staff/contact", "Messages"),
        (StaffRole.Events, "/staff/events", "Events"),
        (StaffRole.Events, "/staff/services", "Services"),
        (StaffRole.Administrator, "/staff/people", "People"),
        (StaffRole.Administrator, "/staff/mail", "Mail"),
        (StaffRole.Administrator, "/staff/audit", "Audit log"),
        (StaffRole.Administrator, "/staff/health", "Health"),
    ];

    public static IEnumerable<(string Path, string Label)> For(ClaimsPrincipal who) =>
        [("/staff", "Start"), .. Places.Where(p => who.May(p.Role)).Select(p => (p.Path, p.Label))];
}
