using System.Globalization;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Tables;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Administration;

/// <summary>Everybody who applied for a group, as a table to be saved.</summary>
static class ApplicationsTable
{
    static readonly string[] Columns =
    [
        "Reference",
        "Name",
        "Email",
        "Role",
        "Organisation",
        "Charity number",
        "Kind",
        "Nation",
        "Works with",
        "State",
        "Applied",
    ];

    /// <returns>As CSV, in the order in which they applied.</returns>
    public static async Task<string> WriteAsync(SiteDb db, Guid cohort, CancellationToken cancel)
    {
        var all = await db.Set<Application>().AsNoTracking().Where(a => a.CohortId == cohort).OrderBy(a => a.Position).ToListAsync(cancel);
        return TableWriter.Write(Columns, all.Select(RowOf), always: true);
    }

    static string?[] RowOf(Application application) =>
        [
            application.Reference,
            application.Name,
            application.Email.Text,
            application.Role,
            application.Organisation,
            application.CharityNumber,
            application.Kind,
            application.Nation,
            application.WorksWith,
            CourseLabels.Of(application.State),
            application.AppliedAt.ToString("u", CultureInfo.InvariantCulture),
        ];
}
