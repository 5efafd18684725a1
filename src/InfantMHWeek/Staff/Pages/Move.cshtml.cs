using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages;

/// <summary>The end of a page at its address: it moves, is withdrawn with a reason, or is removed.</summary>
[FormPage]
public sealed class MoveModel(PageEditor editor, PageMoves moves) : PageModel
{
    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty] public string? To { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public string? LeadsTo { get; set; }

    public IReadOnlyList<string> Naming { get; private set; } = [];
    public IReadOnlyList<string> Left { get; private set; } = [];
    public string OldPath => PageReader.PathOf(Named);
    Author Me => new(User.StaffId(), User.StaffName());

    public IActionResult OnGet(string? moved)
    {
        if (!IsPage(Named)) return NotFound();
        To = moved is not null && IsPage(moved) ? moved : Named;
        Naming = moves.Naming(OldPath);
        return Page();
    }

    public Task<IActionResult> OnPostMoveAsync(CancellationToken cancel) => DoAsync(async () =>
    {
        var answer = await moves.MoveAsync(Named, (To ?? "").Trim(), Me, cancel);
        if (answer == MoveAnswer.Moved) return Redirect($"/staff/pages/move?file={Uri.EscapeDataString(Named)}&moved={Uri.EscapeDataString(To!.Trim())}");
        return Wrong(nameof(To), answer switch
        {
            MoveAnswer.BadName => "Use small letters, digits and hyphens, end with .md, and stay in a folder of the same kind.",
            MoveAnswer.Taken => "There is a page of this name already.",
            MoveAnswer.Gone => "This page is gone.",
            _ => "The page could not be moved: its checks find errors, or the disk did not take it. Nothing is lost; try again.",
        });
    });

    public Task<IActionResult> OnPostFollowAsync(CancellationToken cancel) => DoAsync(async () =>
    {
        if (!IsPage(To)) return NotFound();
        Left = await moves.FollowAsync(OldPath, PageReader.PathOf(To!), Me, cancel);
        return Left.Count == 0 ? Redirect("/staff/pages?said=followed") : Wrong("", "These pages have errors of their own, so their links were not changed: " + string.Join(", ", Left));
    });

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) => DoAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(Reason)) return Wrong(nameof(Reason), "Say why: readers see it at the page's address.");
        if (await editor.OpenAsync(Named, cancel) is not { } there || PageText.Of(LineEnds.Plain(there.Text)) is not { } page) return Wrong(nameof(Reason), "The facts at the top of this page cannot be read: mend it first.");
        var text = page.With(PageSchema.KindOf(Named), new Dictionary<string, string>(StringComparer.Ordinal) { ["withdrawn"] = Reason }, page.Body);
        var outcome = await editor.PublishAsync(new(Named, there.Hash, text), Me, "Withdrawn", cancel);
        return outcome.Answer == PublishAnswer.Published ? Redirect("/staff/pages/edit?said=published&file=" + Uri.EscapeDataString(Named)) : Wrong(nameof(Reason), "The page could not be withdrawn: its checks find errors, or somebody changed it just now.");
    });

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => DoAsync(async () =>
    {
        var to = LeadsTo?.Trim();
        if (await editor.OpenAsync(Named, cancel) is not { } there) return NotFound();
        if (!string.IsNullOrEmpty(to) && !await moves.RedirectAsync(OldPath, to, Me, cancel)) return Wrong(nameof(LeadsTo), "Write the path of a page that exists, such as /about.");
        if (await editor.RemoveAsync(Named, there.Hash, Me, "Removed", cancel) != PublishAnswer.Published) return Wrong(nameof(LeadsTo), "The page could not be removed just now.");
        return Redirect("/staff/pages?said=removed");
    });

    static bool IsPage(string? file) => ContentWriter.IsName(file) && file!.EndsWith(".md", StringComparison.Ordinal);

    async Task<IActionResult> DoAsync(Func<Task<IActionResult>> work)
    {
        if (!User.May(StaffRole.Publisher)) return StatusCode(StatusCodes.Status403Forbidden);
        try
        {
            return IsPage(Named) ? await work() : NotFound();
        }
        catch (IOException)
        {
            return Wrong("", "This could not be done: a file cannot be read, or is only a link to one elsewhere. Tell whoever looks after the server.");
        }
    }

    PageResult Wrong(string field, string words)
    {
        ModelState.AddModelError(field, words);
        Naming = moves.Naming(OldPath);
        return Page();
    }
}
