using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Health;

/// <summary>
/// From a reference that somebody tells the charity to what became of it. Asked by a form, so that it stands in no address.
/// </summary>
[FormPage]
sealed class ReferenceModel(ReferenceFinder finder, SiteStore store, TimeProvider clock) : PageModel
{
    const int LongestReference = 40;

    [BindProperty]
    public string? Reference { get; set; }

    public ReferenceResult? Found { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Reference = ModelState.Line(nameof(Reference), Reference, LongestReference, "Enter the reference.");
        if (!ModelState.IsValid)
            return Page();
        Found = await finder.FindAsync(Reference!, cancel);
        foreach (var person in Found.About)
            await store.WriteAsync(
                db =>
                {
                    db.Record(clock, User, "looked up a reference", person);
                    return Task.CompletedTask;
                },
                cancel
            );
        return Page();
    }
}
