using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>The groups that lean on the page of their course.</summary>
static class CoursePages
{
    const string Start = "/courses/";
    public static readonly PageDependants Groups = new("Course groups that belong to it", GroupsAsync);

    static async Task<IReadOnlyList<PageLink>> GroupsAsync(IServiceProvider services, string path, CancellationToken cancel)
    {
        if (!path.StartsWith(Start, StringComparison.Ordinal))
            return [];
        var course = path[Start.Length..];
        var names = await services
            .GetRequiredService<SiteDb>()
            .Set<Cohort>()
            .Where(c => c.Course == course && c.CancelledAt == null)
            .OrderBy(c => c.Id)
            .Select(c => c.Name)
            .ToListAsync(cancel);
        return [.. names.Select(name => new PageLink("/staff/courses", name))];
    }
}
