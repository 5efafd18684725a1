using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms.TagHelpers;

namespace InfantMHWeek.Staff.People;

/// <summary>The roles as people read them.</summary>
static class RoleLabels
{
    public static readonly IReadOnlyList<Choice> All =
    [
        new(StaffRole.Author, "Write pages", "Drafts only: somebody else publishes them"),
        new(StaffRole.Publisher, "Publish pages", "Writes pages too"),
        new(StaffRole.Events, "Look after events and services"),
        new(StaffRole.Courses, "Look after the course"),
        new(StaffRole.Administrator, "Administer", "Everything, including who belongs to the staff"),
    ];
}
