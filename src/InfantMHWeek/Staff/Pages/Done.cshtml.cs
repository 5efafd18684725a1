using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages;

/// <summary>What an act has done, as the site answers now, with one press to take it back.</summary>
[FormPage]
sealed class DoneModel(PageUndo acts, PageVisibility readers, PageLibrary library) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Act { get; set; }

    public IReadOnlyList<ActChange> Changes { get; private set; } = [];

    /// <summary>The files that were changed again since: then the act cannot be taken back by one press.</summary>
    public IReadOnlyList<string> Apart { get; private set; } = [];
    public bool MayUndo => User.May(StaffRole.Publisher);
    public bool Undid => Changes.Any(c => c.Note == "Taken back");

    /// <summary>Where the page was, and where it is now, when the act moved one.</summary>
    public (string From, string To)? Moved =>
        Changes.FirstOrDefault(c => c.Text is null && PageNames.IsPage(c.File)) is { } gone
        && Changes.FirstOrDefault(c => c.Before is null && c.Text is not null && PageNames.IsPage(c.File)) is { } made
            ? (gone.File, made.File)
            : null;

    /// <summary>The pages whose links still lead to the old address.</summary>
    public IReadOnlyList<string> Naming =>
        Moved is var (from, _) && !Undid ? [.. PageReferences.Of(PageNames.PathOf(from), library.Contents).Select(f => f.Name)] : [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Changes = await acts.ChangesAsync(Act, cancel);
        return Changes.Count == 0 ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayUndo)
            return StatusCode(StatusCodes.Status403Forbidden);
        Changes = await acts.ChangesAsync(Act, cancel);
        if (Changes.Count == 0)
            return NotFound();
        try
        {
            var (answer, undo, files) = await acts.UndoAsync(Act, new(User.StaffId(), User.StaffName()), cancel);
            if (answer == UndoResult.Done)
                return Redirect($"/staff/pages/done?act={undo}");
            Apart = answer == UndoResult.Conflict ? files : [];
            ModelState.AddModelError(
                "",
                answer switch
                {
                    UndoResult.NothingLeft => "This has been taken back already: everything is as it was before.",
                    UndoResult.Conflict =>
                        "Somebody changed the same place since, so nothing was taken back. Open the history and bring back what you want.",
                    _ =>
                        "This could not be taken back just now: the disk may be full, or may not be written. Please try again in a moment.",
                }
            );
        }
        catch (IOException)
        {
            ModelState.AddModelError("", "This could not be taken back: a file cannot be read.");
        }
        return Page();
    }

    /// <summary>What happened to a file, and what readers have of it now.</summary>
    public string Words(ActChange change)
    {
        var what = (change.Text, change.Before) switch
        {
            (null, _) => "was removed",
            (_, null) => Undid ? "is back" : "is new",
            _ => Undid ? "is as it was before" : "was changed",
        };
        return $"{change.File} {what}. {readers.Of(change.File).Words}";
    }
}
