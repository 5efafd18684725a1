using InfantMHWeek.Courses.YourPlace;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Courses;

public static class CourseServices
{
    public static void AddCourses(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<CourseSettings>(builder.Configuration.GetSection("Courses"));
        builder.Services.AddScoped<CourseRegistrar>();
        builder.Services.AddScoped<WaitingList>();
        builder.Services.AddScoped<CoursePost>();
        builder.Services.AddScoped<InterestList>();
        builder.Services.AddScoped<HandOvers>();
        builder.Services.AddScoped<AttendanceBook>();
        builder.Services.AddScoped<PersonErasure>();
        builder.Services.AddScoped<CourseRetention>();
        builder.Services.AddScoped<CourseCompanion>();
        builder.Services.AddScoped<CohortKeeper>();
        builder.Services.AddSingleton(CourseDates.Source);
        builder.Services.AddSingleton(CourseMeasures.Source);
        builder.Services.AddSingleton(CoursePrivacy.Source);
        builder.Services.AddHostedService<CourseRound>();
        builder.Services.AddChore<CourseRetention>("forget what the course needs no longer", TimeSpan.FromHours(12), (retention, cancel) => retention.ForgetAsync(cancel));
    }

    public static void MapCourses(this IEndpointRouteBuilder routes) => routes.MapGet("/courses/places/{token}.ics", Diary);

    static async Task<IResult> Diary(string token, SiteDb db, SiteAddress address, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return await PlacePage.FindAsync(db, token, cancel) is { HasPlace: true } place
            ? TypedResults.Text(CourseCalendar.Write(place.Cohort, address, clock.GetUtcNow().UtcDateTime, address.Of("/courses/places/" + token)), "text/calendar; charset=utf-8")
            : TypedResults.NotFound();
    }
}
