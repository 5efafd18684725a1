using InfantMHWeek.Editing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Staff.Health;
using InfantMHWeek.Staff.Mail;
using InfantMHWeek.Staff.Pages;
using InfantMHWeek.Staff.Pages.Editor;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

static class StaffServices
{
    /// <summary>Who may enter which folder of the staff area. The folder decides, so that no page can forget to ask.</summary>
    static readonly (string Folder, string Policy)[] Doors =
    [
        ("/Staff", StaffRole.AnyPolicy),
        ("/Staff/Pages", StaffRole.Author),
        ("/Staff/Events", StaffRole.Events),
        ("/Staff/Services", StaffRole.Events),
        ("/Staff/Courses", StaffRole.Courses),
        ("/Staff/Contact", StaffRole.Administrator),
        ("/Staff/People", StaffRole.Administrator),
        ("/Staff/Audit", StaffRole.Administrator),
        ("/Staff/Mail", StaffRole.Administrator),
        ("/Staff/Health", StaffRole.Administrator),
    ];

    /// <summary>The only pages that open before somebody has signed in.</summary>
    static readonly string[] BeforeSignIn =
    [
        "/Staff/SigningIn/SignIn",
        "/Staff/SigningIn/Code",
        "/Staff/SigningIn/Forgot",
        "/Staff/SigningIn/Reset",
        "/Staff/SigningIn/Join",
        "/Staff/SigningIn/SetUp",
        "/Staff/SigningIn/RecoveryCodes",
    ];

    public static void AddStaff(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        builder.Services.Configure<RazorPagesOptions>(pages =>
        {
            foreach (var (folder, policy) in Doors)
                pages.Conventions.AuthorizeFolder(folder, policy);
            foreach (var page in BeforeSignIn)
                pages.Conventions.AllowAnonymousToPage(page);
        });
        builder.Services.AddSingleton<SiteHealthItems>();
        builder.Services.AddSingleton<LaunchList>();
        builder.Services.AddScoped<AwaitingPages>();
        builder.Services.AddScoped<ReferenceFinder>();
        builder.Services.AddScoped<MailAdministration>();
        builder.Services.AddScoped<FileOverviews>();
        builder.Services.AddScoped<EditorPickLists>();
        builder.AddEditing();
    }

    /// <summary>
    /// Stands between routing and everything that answers: an endpoint below <c>/staff</c> that names no policy and is not open
    /// on purpose is not there. Nothing of the staff area is kept by a browser or a proxy.
    /// </summary>
    public static void UseStaffAreaGuard(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (!context.Request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase))
                    return next(context);
                context.Response.Headers.CacheControl = "no-store";
                if (
                    context.GetEndpoint() is { } endpoint
                    && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                    && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                )
                    context.SetEndpoint(null);
                return next(context);
            }
        );
}
