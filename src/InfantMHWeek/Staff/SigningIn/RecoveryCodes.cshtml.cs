using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Shows new recovery codes until they are kept, and then opens the staff area.</summary>
[FormPage, GuardedBy("the budgets and the steps of signing in")]
sealed class RecoveryCodesModel(SiteDb db, SiteStore store, StaffSignIn signIn, StaffTickets tickets, StaffBrowser browser) : PageModel
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await tickets.FindAsync(db, browser.Shown(HttpContext), StaffStage.Codes, cancel) is not { } ticket)
            return Redirect("/staff");
        Codes = ticket.Carries.Split(' ');
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var shown = browser.Shown(HttpContext);
        if (await tickets.FindAsync(db, shown, StaffStage.Codes, cancel) is null)
            return Redirect("/staff");
        if (User.Identity?.IsAuthenticated is not true)
        {
            await signIn.AfterCodesAsync(HttpContext, cancel);
            return Redirect("/staff");
        }
        await store.WriteAsync(
            async db =>
                await tickets.FindAsync(db, shown, StaffStage.Codes, cancel) is { } ticket && await tickets.UseAsync(db, ticket.Id, cancel),
            cancel
        );
        browser.ForgetStep(HttpContext);
        return Redirect("/staff/account");
    }
}
