using System.Buffers.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Account;

/// <summary>Adds and removes one's own passkeys. The last way in cannot be removed.</summary>
[FormPage, PasskeyPage, RecentProof]
sealed class PasskeysModel(SiteDb db, OwnPasskeys own, Platform.Accounts.SigningIn.Passkeys passkeys) : PageModel
{
    public sealed record Row(string Id, string Name, DateTime CreatedAt);

    public IReadOnlyList<Row> Keys { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => ListAsync(cancel);

    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken cancel) =>
        Content(await passkeys.AskForNewAsync(HttpContext, User.StaffId(), cancel), "application/json");

    public async Task<IActionResult> OnPostAddAsync(string? credential, CancellationToken cancel)
    {
        if (await own.AddAsync(HttpContext, credential ?? "", cancel))
            return Redirect("/staff/account/passkeys");
        ModelState.AddModelError("", "The passkey could not be made. Please try again.");
        await ListAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id, CancellationToken cancel)
    {
        await ListAsync(cancel);
        if (
            !Keys.Any(k => k.Id == id)
            || await own.RemoveAsync(HttpContext, Base64Url.DecodeFromChars(id), cancel) != PasskeyRemoval.OnlyWayIn
        )
            return Redirect("/staff/account/passkeys");
        ModelState.AddModelError("", "This is your only way in. Add another passkey first.");
        return Page();
    }

    async Task ListAsync(CancellationToken cancel)
    {
        var me = User.StaffId();
        Keys =
        [
            .. (await db.Set<IdentityUserPasskey<Guid>>().AsNoTracking().Where(p => p.UserId == me).ToListAsync(cancel))
                .OrderBy(p => p.Data.CreatedAt)
                .Select(p => new Row(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "A device", p.Data.CreatedAt.UtcDateTime)),
        ];
    }
}
