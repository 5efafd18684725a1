using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.Lists;

/// <summary>The lines for readers in distress: one press says that somebody rang today and it was right.</summary>
[FormPage]
sealed class SupportModel(PageEditor editor, PageLibrary library, TimeProvider clock) : PageModel
{
    const string Register = "support.yml";

    public IReadOnlyList<SupportService> Services => library.Contents.Registers.AllSupport;
    public DateOnly Today => clock.Today();

    public async Task<IActionResult> OnPostAsync(string? id, string? failed, CancellationToken cancel)
    {
        if (!User.May(StaffRole.Publisher))
            return StatusCode(StatusCodes.Status403Forbidden);
        if (Services.FirstOrDefault(s => s.Id == id) is not { } service)
            return NotFound();
        var works = failed is null;
        // Without its emergency number no page of help would be one.
        if (!works && service.Emergency)
            return BadRequest();
        if (await NoteAsync(service, works, cancel))
            return Redirect("/staff/pages/support");
        ModelState.AddModelError(
            "",
            "This could not be noted: the list has a fault, or cannot be read, or somebody changed it just now. Please look at the list "
                + "and try again."
        );
        return Page();
    }

    async Task<bool> NoteAsync(SupportService service, bool works, CancellationToken cancel)
    {
        try
        {
            if (await editor.OpenAsync(Register, cancel) is not { } there)
                return false;
            var text = RegisterText.Of(LineEnds.Plain(there.Text));
            if (works)
                text = text?.With([service.Id, "checked"], Today.ToString("O", System.Globalization.CultureInfo.InvariantCulture), []);
            if (service.Withdrawn || !works)
                text = text?.With([service.Id, "withdrawn"], works ? "no" : "yes", []);
            return text is not null
                && (
                    await editor.PublishAsync(
                        new(Register, there.Hash, text.Text),
                        new(User.StaffId(), User.StaffName()),
                        $"{service.Name}: {(works ? "checked" : "taken away, it failed")}",
                        cancel
                    )
                ).Done;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
