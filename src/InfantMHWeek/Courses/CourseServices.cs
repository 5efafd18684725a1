namespace InfantMHWeek.Courses;

public static class CourseServices
{
    public static void AddCourses(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<CourseSettings>(builder.Configuration.GetSection("Courses"));
        builder.Services.AddScoped<CourseRegistrar>();
        builder.Services.AddScoped<WaitingList>();
        builder.Services.AddScoped<CoursePost>();
    }

    public static void MapCourses(this IEndpointRouteBuilder routes)
    {
    }
}
