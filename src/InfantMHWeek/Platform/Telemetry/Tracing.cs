using System.Diagnostics;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// Gives each request and each job a trace of its own, whose id stands on all log lines of it. What is said of a request is
/// chosen here: how it was asked, by which route, and how it ended. Its path, its query and its headers are never looked at, so
/// nothing of a visitor can be handed on, and no visitor can choose the id.
/// </summary>
static class Tracing
{
    public const string Name = "InfantMHWeek";
    static readonly ActivitySource Source = new(Name);

    /// <summary>A step that belongs together in the log, and in traces if somebody collects them.</summary>
    public static Activity Start(string step, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(step, kind) ?? new Activity(step).Start();

    /// <summary>Around everything that is made for a request; what is sent from memory is not traced.</summary>
    public static void UseTracing(this WebApplication app)
    {
        var traffic = app.Services.GetRequiredService<Traffic>();
        app.Use(
            async (context, next) =>
            {
                using var activity = Start("request", ActivityKind.Server);
                try
                {
                    await next(context);
                }
                finally
                {
                    Describe(activity, context);
                    traffic.Add(context.Response.StatusCode);
                }
            }
        );
    }

    static void Describe(Activity activity, HttpContext context)
    {
        if (!activity.IsAllDataRequested)
            return;
        var (method, route, status) = (Logging.KnownMethod(context.Request.Method), Logging.RouteOf(context), context.Response.StatusCode);
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", status);
        if (status >= 500)
            activity.SetStatus(ActivityStatusCode.Error);
    }
}
