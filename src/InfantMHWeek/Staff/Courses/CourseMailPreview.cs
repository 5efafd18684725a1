using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Mail;

namespace InfantMHWeek.Staff.Courses;

/// <summary>What people of a group will read, before it is sent to them; each gets their own name and link.</summary>
static class CourseMailPreview
{
    /// <param name="placeholder">What staff wrote themselves: where it stands in the wording.</param>
    public static string Of(IMailWordings wordings, string kind, Cohort cohort, string placeholder, string written) =>
        MailText
            .Compose(
                wordings.Find(kind),
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["name"] = "(name)",
                    ["course"] = cohort.Title,
                    ["group"] = cohort.Name,
                    ["link"] = "(their own link)",
                    [placeholder] = written,
                }
            )
            .Text;
}
