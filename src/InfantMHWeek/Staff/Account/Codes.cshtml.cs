using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Staff.SigningIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Account;

/// <summary>A new set of recovery codes; the next page shows them.</summary>
[FormPage, RecentProof]
sealed class CodesModel(OwnCredentials proofs) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await proofs.RenewCodesAsync(HttpContext, cancel);
        return Redirect("/staff/recovery-codes");
    }
}
