using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Ends the session and whatever step was open, here and in the store, so that a copied cookie is worth nothing.</summary>
sealed class SignOutModel(
    SiteStore store,
    StaffSessions sessions,
    StaffTickets tickets,
    StaffBrowser browser,
    TimeProvider clock,
    ILogger<SignOutModel> log
) : PageModel
{
    /// <summary>The browser has forgotten, but the store could not be told.</summary>
    public bool OnlyHere { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (who, here, time) = (User, browser.Find(HttpContext), clock);
        try
        {
            await store.WriteAsync(
                async db =>
                {
                    if (await sessions.EndAsync(db, who.StaffId(), who.SessionId(), cancel) == 1)
                        db.Record(time, who, "signed out");
                    if (here is not null)
                        await tickets.EndBrowserAsync(db, here, cancel);
                },
                cancel
            );
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            log.LogError(problem, "A session could not be ended in the store");
            OnlyHere = true;
        }
        await browser.ForgetPersonAsync(HttpContext);
        if (!OnlyHere)
            return Redirect(SignInPaths.SignIn);
        HttpContext.User = new ClaimsPrincipal();
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
