using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages;

/// <summary>
/// The end of a page at its address: it moves, is withdrawn with a reason, or is removed. Each is asked for first; then the
/// page says what would break, and only who has seen that can do it.
/// </summary>
[FormPage]
sealed class MoveModel(PageEditor editor, PageMoves moves, PageConsequences consequences) : PageModel
{
    const string Move = "Move",
        Withdraw = "Withdraw",
        Remove = "Remove";

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? LeadsTo { get; set; }

    /// <summary>The hash of the page and the stamp of the consequences as the person saw them.</summary>
    [BindProperty]
    public string? Opened { get; set; }

    [BindProperty]
    public string? Accepted { get; set; }

    /// <summary>What is being asked for, once its consequences are shown; null before.</summary>
    public string? Asked { get; private set; }
    public Consequences? Breaks { get; private set; }

    /// <summary>Why this page stays where it is; null when it may go.</summary>
    public string? Needed => RequiredPages.ReasonFor(Named);
    public string OldPath => PageNames.PathOf(Named);
    Author Me => new(User.StaffId(), User.StaffName());

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!IsPage(Named))
            return NotFound();
        To = Named;
        Breaks = await consequences.OfPageAsync(Named, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostMoveAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            var to = (To ?? "").Trim();
            if (moves.WhyNot(Named, to) is { } no)
                return Wrong(nameof(To), MoveMessages.OfMove(no, Named));
            if (!await HasSeenAsync(Move, cancel))
                return Page();
            var answer = await moves.MoveAsync(Named, to, Opened!, Me, act, cancel);
            return answer == MoveResult.Moved ? Done(act) : Wrong(nameof(To), MoveMessages.OfMove(answer, Named));
        });

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (Needed is not null)
                return Wrong(nameof(Reason), MoveMessages.NeededOf(Named));
            if (string.IsNullOrWhiteSpace(Reason))
                return Wrong(nameof(Reason), "Say why: readers see it at the page's address.");
            if (await moves.WithdrawnAsync(Named, Reason, cancel) is not { } withdrawn)
                return Wrong(nameof(Reason), MoveMessages.NoFacts);
            if (!await HasSeenAsync(Withdraw, cancel) || withdrawn.Opened != Opened)
                return Page();
            var outcome = await editor.PublishAsync(withdrawn with { Accepted = Accepted }, Me, "Withdrawn", cancel, new(Act: act));
            return outcome.Answer == PublishStatus.Published ? Done(act) : Wrong(nameof(Reason), MoveMessages.OfWithdrawal(outcome));
        });

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (Needed is not null)
                return Wrong(nameof(LeadsTo), MoveMessages.NeededOf(Named));
            var to = string.IsNullOrWhiteSpace(LeadsTo) ? null : LeadsTo.Trim();
            if (await editor.OpenAsync(Named, cancel) is null)
                return NotFound();
            if (to is not null && !moves.CanLeadTo(to, OldPath))
                return Wrong(nameof(LeadsTo), MoveMessages.NoTarget);
            if (!await HasSeenAsync(Remove, cancel))
                return Page();
            var answer = await moves.RemoveAsync(Named, Opened!, to, Me, act, cancel);
            return answer == PublishStatus.Published ? Done(act) : Wrong(nameof(LeadsTo), MoveMessages.OfRemoval(answer, Named));
        });

    /// <summary>Lets every link to an old address lead to the new one.</summary>
    public Task<IActionResult> OnPostFollowAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (!IsPage(To))
                return NotFound();
            var left = await moves.FollowAsync(OldPath, PageNames.PathOf(To!), Me, act, cancel);
            return left.Count == 0 ? Done(act) : Wrong("", MoveMessages.NotFollowed(left));
        });

    /// <summary>Looks at what would break, and whether the person has seen just that.</summary>
    async Task<bool> HasSeenAsync(string act, CancellationToken cancel)
    {
        Breaks = await consequences.OfPageAsync(Named, cancel);
        if (Breaks.Hash is { } hash && hash == Opened && Breaks.Stamp == Accepted)
            return true;
        if (Accepted is not null)
            ModelState.AddModelError("", MoveMessages.LookAgain);
        (Asked, Opened, Accepted) = (act, Breaks.Hash, Breaks.Stamp);
        ModelState.Remove(nameof(Opened));
        ModelState.Remove(nameof(Accepted));
        return false;
    }

    static RedirectResult Done(Guid act) => new($"/staff/pages/done?act={act}");

    static bool IsPage(string? file) => ContentWriter.IsName(file) && PageNames.IsPage(file!);

    async Task<IActionResult> DoAsync(Func<Guid, Task<IActionResult>> work)
    {
        if (!User.May(StaffRole.Publisher))
            return StatusCode(StatusCodes.Status403Forbidden);
        if (!IsPage(Named))
            return NotFound();
        try
        {
            var answer = await work(Guid.CreateVersion7());
            Breaks ??= await consequences.OfPageAsync(Named, HttpContext.RequestAborted);
            return answer;
        }
        catch (IOException)
        {
            return Wrong("", MoveMessages.NotReadable);
        }
    }

    PageResult Wrong(string field, string words)
    {
        Asked = null;
        ModelState.AddModelError(field, words);
        return Page();
    }
}
