using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Courses.YourPlace;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Courses;

static class CourseServices
{
    public static void AddCourses(this WebApplicationBuilder builder)
    {
        var course = builder.AddSettings<CourseSettings>();
        // For all forms; a setting of the course, because its opening is the moment when many come at once.
        builder.Services.AddSingleton(new NetworkFormLimit(course.FormsAtOnce, course.SecondsPerForm));
        builder.Services.AddScoped<ApplicationIntake>();
        builder.Services.AddScoped<CourseRegistrar>();
        builder.Services.AddScoped<WaitingList>();
        builder.Services.AddScoped<CourseMailQueue>();
        builder.Services.AddScoped<CourseMails>();
        builder.Services.AddScoped<InterestList>();
        builder.Services.AddScoped<HandOvers>();
        builder.Services.AddScoped<AttendanceRegister>();
        builder.Services.AddScoped<Certification>();
        builder.Services.AddScoped<PersonErasure>();
        builder.Services.AddScoped<CourseProgress>();
        builder.Services.AddScoped<CohortAdministration>();
        builder.Services.AddScoped<CohortCreation>();
        builder.Services.AddScoped<CourseMailing>();
        builder.Services.AddScoped<ApplicationDrafts>();
        builder.Services.AddScoped<ApplicationUpdates>();
        builder.Services.AddSingleton(CourseDates.Source);
        builder.Services.AddLiveRows(HomeCourse.ReadAsync);
        builder.Services.AddSingleton(services => HomeCourse.Source(services.GetRequiredService<LiveRows<HomeCourse>>()));
        builder.Services.AddSingleton(CourseMetrics.Source);
        builder.Services.AddSingleton(CoursePages.Groups);
        builder.Services.AddSingleton(CoursePrivacy.Source);
        foreach (var job in CourseJobs.All)
            builder.Services.AddJob(job);
        builder.Services.AddRetention<CourseRetention>(CourseRetention.Job);
    }

    public static void MapCourses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/courses/places/{token}.ics", DiaryAsync);
        routes
            .MapPost("/courses/{slug}/interest/{token}/leave", LeaveAsync)
            .WithMetadata(new GuardedByAttribute("the token in its address"));
        // Whoever opens the address, or a program that looks what is behind it, gets the page that asks.
        routes.MapGet("/courses/{slug}/interest/{token}/leave", static (string slug, string token) =>
            TypedResults.Redirect($"/courses/{Uri.EscapeDataString(slug)}/interest/{Uri.EscapeDataString(token)}")
        );
    }

    /// <summary>
    /// The button of a mail program (RFC 8058): it sends no cookie and no form token; the token in the address speaks for the person.
    /// </summary>
    static async Task<IResult> LeaveAsync(
        string slug,
        string token,
        SiteDb db,
        PersonErasure erasure,
        HttpContext http,
        CancellationToken cancel
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await InterestLinkModel.FindAsync(db, slug, token, cancel) is not { } interest)
            return TypedResults.NotFound();
        if (!http.Request.HasFormContentType || (await http.Request.ReadFormAsync(cancel))["List-Unsubscribe"] != "One-Click")
            return TypedResults.BadRequest();
        await erasure.ForgetInterestAsync(interest.Id, cancel);
        return TypedResults.Ok();
    }

    static async Task<IResult> DiaryAsync(
        string token,
        SiteDb db,
        SiteAddress address,
        TimeProvider clock,
        HttpResponse response,
        CancellationToken cancel
    )
    {
        response.ForHolderOfLink();
        return await PlacePage.FindAsync(db, token, cancel) is { HasPlace: true } place
            ? TypedResults.Text(
                CourseCalendar.Write(place.Cohort, address, clock.GetUtcNow().UtcDateTime, address.Of("/courses/places/" + token)),
                "text/calendar; charset=utf-8"
            )
            : TypedResults.NotFound();
    }
}
