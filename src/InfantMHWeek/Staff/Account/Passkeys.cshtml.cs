using System.Buffers.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Account;

/// <summary>Adds and removes one's own passkeys. The last way in cannot be removed.</summary>
[FormPage, PasskeyPage, RecentProof]
public sealed class PasskeysModel(SiteDb db, UserManager<StaffMember> staff, StaffSignIn signIn, SecondProof proof, TimeProvider clock) : PageModel
{
    public sealed record Row(string Id, string Name, DateTime CreatedAt);

    public IReadOnlyList<Row> Keys { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => await List(await Me(cancel));

    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken cancel) => Content(await proof.AskForPasskey(await Me(cancel)), "application/json");

    public async Task<IActionResult> OnPostAddAsync(string? credential, CancellationToken cancel)
    {
        var me = await Me(cancel);
        if (await proof.AddPasskey(me, credential ?? "", DeviceName.Of(Request.Headers.UserAgent), cancel)) return Redirect("/staff/account/passkeys");
        ModelState.AddModelError("", "The passkey could not be made. Please try again.");
        await List(me);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id, CancellationToken cancel)
    {
        var me = await Me(cancel);
        await List(me);
        if (!Keys.Any(k => k.Id == id)) return Redirect("/staff/account/passkeys");
        if (Keys.Count == 1 && (me.PasswordHash is null || me.CodeKey is null))
        {
            ModelState.AddModelError("", "This is your only way in. Add another passkey first.");
            return Page();
        }
        db.Record(clock, User, "removed a passkey");
        await staff.RemovePasskeyAsync(me, Base64Url.DecodeFromChars(id));
        return Redirect("/staff/account/passkeys");
    }

    async Task<StaffMember> Me(CancellationToken cancel) => await signIn.Find(User.StaffId(), cancel) ?? throw new InvalidOperationException("Whoever is signed in is there.");

    async Task List(StaffMember me) =>
        Keys = [.. (await staff.GetPasskeysAsync(me)).OrderBy(k => k.CreatedAt).Select(k => new Row(Base64Url.EncodeToString(k.CredentialId), k.Name ?? "A device", k.CreatedAt.UtcDateTime))];
}
