using InfantMHWeek.Platform.Pages;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>What the privacy page says about the course: the same periods by which the nightly round deletes.</summary>
static class CoursePrivacy
{
    public static readonly PageAdditionSource Source = new(
        path => path == "/privacy",
        (services, _, _) =>
            Task.FromResult<PageAddition?>(
                new("/Courses/_Privacy.cshtml", CourseRetention.Periods(services.GetRequiredService<IOptions<CourseSettings>>().Value))
                {
                    Heading = new("course-privacy", "If you apply for a course"),
                }
            ),
        Constant: true
    );
}
