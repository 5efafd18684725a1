using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What the cookie says counts only if its session still does.</summary>
sealed class StaffCookie(StaffSessions sessions, StaffBrowser browser) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (
                Guid.TryParse(context.Principal?.FindFirst(StaffSessions.Claim)?.Value, out var id)
                && await sessions.ContinueAsync(id, browser.Find(context.HttpContext), context.HttpContext.RequestAborted) is { } principal
            )
            {
                context.ReplacePrincipal(principal);
                return;
            }
        }
        catch (Exception problem)
            when (StoreTrouble.Is(problem) && context.Request.Path.Equals(SignInPaths.SignOut, StringComparison.OrdinalIgnoreCase))
        {
            // Whoever wants to go may go, whatever is down: the cookie itself says who it is.
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    /// <summary>A person is led to the sign-in page; a script is told 401, so that it can keep what was typed.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Headers["Sec-Fetch-Dest"] != "empty")
            return base.RedirectToLogin(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
