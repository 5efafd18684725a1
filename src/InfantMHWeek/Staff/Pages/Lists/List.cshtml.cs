using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages.Lists;

/// <summary>One of the registers, entry by entry.</summary>
sealed class ListModel(SiteDb db, PageEditor editor, PageCheck checks, PageVisibility readers) : PageModel
{
    [FromRoute(Name = "list")]
    public string Named { get; set; } = "";

    public RegisterForm Form { get; private set; } = null!;

    /// <summary>Null when the register cannot be shown as a form; the faults say why.</summary>
    public RegisterText? Text { get; private set; }
    public IReadOnlyList<Diagnostic> Faults { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Who, bool Asked)> Drafts { get; private set; } = [];
    public string? StatusMessage { get; private set; }
    public bool MayPublish => User.May(StaffRole.Publisher);

    public async Task<IActionResult> OnGetAsync(string? said, CancellationToken cancel)
    {
        if (RegisterForm.Find(Named) is not { } form)
            return NotFound();
        if (form.Page != Request.Path.Value)
            return Redirect(form.Page);
        Form = form;
        StatusMessage = said switch
        {
            "published" => "Saved. " + readers.Of(form.File).Words,
            "same" => "Nothing was different, so nothing was written.",
            "asked" => "Asked. A publisher will see your draft.",
            "removed" => "Removed. The history still has it.",
            _ => null,
        };
        try
        {
            var there = await editor.OpenAsync(form.File, cancel);
            Text = RegisterText.Of(LineEnds.Plain(there?.Text ?? ""));
            Faults = checks.Of(form.File, there?.Text ?? "");
        }
        catch (IOException)
        {
            // Said on the page: the list cannot be read.
        }
        Drafts =
        [
            .. (
                await db.Set<PageDraft>()
                    .Where(d => d.File == form.File && d.SetAsideAt == null)
                    .Select(d => new
                    {
                        d.Id,
                        d.Who,
                        Asked = d.AskedAt != null,
                    })
                    .ToListAsync(cancel)
            ).Select(d => (d.Id, d.Who, d.Asked)),
        ];
        return Page();
    }
}
