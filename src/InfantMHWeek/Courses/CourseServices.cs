namespace InfantMHWeek.Courses;

public static class CourseServices
{
    public static void AddCourses(this WebApplicationBuilder builder)
    {
    }

    public static void MapCourses(this IEndpointRouteBuilder routes)
    {
    }
}
