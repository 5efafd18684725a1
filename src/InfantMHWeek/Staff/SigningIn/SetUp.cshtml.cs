using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>The first second proof of somebody who joins: a passkey or a code app.</summary>
[FormPage, GuardedBy("the budgets and the steps of signing in"), PasskeyPage]
sealed class SetUpModel(SiteDb db, SecondProof proof, Passkeys passkeys, StaffTickets tickets, StaffBrowser browser, Snapshot site)
    : PageModel
{
    internal const string WrongCode =
        "This is not the code of this moment. Codes change every 30 seconds; if the next one is wrong too, check that your telephone "
        + "sets its clock by itself.";

    ValidTicket ticket = null!;
    string email = "";

    [BindProperty]
    public string? Code { get; set; }

    public bool HasPassword { get; private set; }
    public string Address => CodeApp.Address(site.Site.Name, email, ticket.Carries);
    public string KeyInFours => CodeApp.InFours(ticket.Carries);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) =>
        await ArriveAsync(cancel) ? Page() : Redirect(SignInPaths.SignIn);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await ArriveAsync(cancel))
            return Redirect(SignInPaths.SignIn);
        if (await proof.WithAppAsync(HttpContext, Code ?? "", cancel))
            return Redirect("/staff/recovery-codes");
        ModelState.AddModelError(nameof(Code), WrongCode);
        return Page();
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancel) =>
        await ArriveAsync(cancel)
            ? Content(await passkeys.AskForNewAsync(HttpContext, ticket.StaffId, cancel), "application/json")
            : Unauthorized();

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancel)
    {
        if (!await ArriveAsync(cancel))
            return Redirect(SignInPaths.SignIn);
        if (await proof.WithPasskeyAsync(HttpContext, credential ?? "", cancel))
            return Redirect("/staff/recovery-codes");
        ModelState.AddModelError("", "The passkey could not be made. Please try again.");
        return Page();
    }

    async Task<bool> ArriveAsync(CancellationToken cancel)
    {
        if (await tickets.FindAsync(db, browser.Shown(HttpContext), StaffStage.SetUp, cancel) is not { } found)
            return false;
        ticket = found;
        (email, HasPassword) = await db.Set<StaffMember>()
            .Where(m => m.Id == found.StaffId)
            .Select(m => new ValueTuple<string, bool>(m.Email!, m.PasswordHash != null))
            .FirstAsync(cancel);
        return true;
    }
}
