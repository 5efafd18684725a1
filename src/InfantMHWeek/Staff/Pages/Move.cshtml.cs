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
public sealed class MoveModel(PageEditor editor, PageMoves moves, PageConsequences consequences, PageLibrary library) : PageModel
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
    public string OldPath => PageReader.PathOf(Named);
    public string? Title => library.Contents.States.GetValueOrDefault(Named)?.Shown?.Title;
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
                return Wrong(nameof(To), WordsOf(no));
            if (!await HasSeenAsync(Move, cancel))
                return Page();
            var answer = await moves.MoveAsync(Named, to, Opened!, Me, act, cancel);
            return answer == MoveResult.Moved ? Done(act) : Wrong(nameof(To), WordsOf(answer));
        });

    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (Needed is not null)
                return Wrong(nameof(Reason), NeededWords);
            if (string.IsNullOrWhiteSpace(Reason))
                return Wrong(nameof(Reason), "Say why: readers see it at the page's address.");
            if (await editor.OpenAsync(Named, cancel) is not { } there || PageText.Of(LineEnds.Plain(there.Text)) is not { } page)
                return Wrong(nameof(Reason), "The facts at the top of this page cannot be read: mend it first.");
            if (!await HasSeenAsync(Withdraw, cancel) || there.Hash != Opened)
                return Page();
            var text = page.With(
                PageSchema.KindOf(Named),
                new Dictionary<string, string>(StringComparer.Ordinal) { ["withdrawn"] = Reason },
                page.Body
            );
            var outcome = await editor.PublishAsync(new(Named, Opened, text, Accepted: Accepted), Me, "Withdrawn", cancel, new(Act: act));
            return outcome.Answer switch
            {
                PublishStatus.Published => Done(act),
                PublishStatus.Faulty => Wrong(
                    nameof(Reason),
                    "The page could not be withdrawn, because its checks find errors: "
                        + string.Join(' ', outcome.Faults!.Where(PageEditor.Blocks).Take(3).Select(f => $"Line {f.Line}: {f.Message}"))
                ),
                PublishStatus.NotWritten => Wrong(nameof(Reason), NotWritten),
                PublishStatus.NothingChanged => Wrong(nameof(Reason), "It is withdrawn for this reason already."),
                _ => Wrong(nameof(Reason), ChangedNow),
            };
        });

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (Needed is not null)
                return Wrong(nameof(LeadsTo), NeededWords);
            var to = string.IsNullOrWhiteSpace(LeadsTo) ? null : LeadsTo.Trim();
            if (await editor.OpenAsync(Named, cancel) is null)
                return NotFound();
            if (
                to is not null
                && (library.Current.Find(to.Split('#')[0]) is not { } next || next.Path == OldPath)
                && ProgramPages.All.All(p => p.Path != to)
            )
                return Wrong(nameof(LeadsTo), "Write the path of a page that exists, such as /about.");
            if (!await HasSeenAsync(Remove, cancel))
                return Page();
            return await moves.RemoveAsync(Named, Opened!, to, Me, act, cancel) switch
            {
                PublishStatus.Published => Done(act),
                PublishStatus.Conflict => Wrong(nameof(LeadsTo), ChangedNow),
                PublishStatus.Faulty => Wrong(nameof(LeadsTo), "Write the path of a page that exists, such as /about."),
                PublishStatus.Needed => Wrong(nameof(LeadsTo), NeededWords),
                _ => Wrong(nameof(LeadsTo), NotWritten),
            };
        });

    /// <summary>Lets every link to an old address lead to the new one.</summary>
    public Task<IActionResult> OnPostFollowAsync(CancellationToken cancel) =>
        DoAsync(async act =>
        {
            if (!IsPage(To))
                return NotFound();
            var left = await moves.FollowAsync(OldPath, PageReader.PathOf(To!), Me, act, cancel);
            return left.Count == 0
                ? Done(act)
                : Wrong("", "These pages have errors of their own, so their links were not changed: " + string.Join(", ", left));
        });

    /// <summary>Looks at what would break, and whether the person has seen just that.</summary>
    async Task<bool> HasSeenAsync(string act, CancellationToken cancel)
    {
        Breaks = await consequences.OfPageAsync(Named, cancel);
        if (Breaks.Hash is { } hash && hash == Opened && Breaks.Stamp == Accepted)
            return true;
        if (Accepted is not null)
            ModelState.AddModelError("", "Something changed while you were looking. Look once more, then press again.");
        (Asked, Opened, Accepted) = (act, Breaks.Hash, Breaks.Stamp);
        ModelState.Remove(nameof(Opened));
        ModelState.Remove(nameof(Accepted));
        return false;
    }

    const string ChangedNow = "Somebody changed this page just now. Look at it again first.";
    const string NotWritten =
        "This could not be done just now: the disk may be full, or may not be written. Nothing was changed; try again in a moment.";
    string NeededWords => $"This page cannot go, because {Needed}. Change its text instead.";

    string WordsOf(MoveResult answer) =>
        answer switch
        {
            MoveResult.BadName => "Use small letters, digits and hyphens, end with .md, and stay in a folder of the same kind.",
            MoveResult.Taken => "There is a page of this name already.",
            MoveResult.Gone => "This page is gone.",
            MoveResult.Changed => ChangedNow,
            MoveResult.Needed => NeededWords,
            _ => "The page could not be moved: its checks find errors, or the disk did not take it. Nothing is lost; try again.",
        };

    static RedirectResult Done(Guid act) => new($"/staff/pages/done?act={act}");

    static bool IsPage(string? file) => ContentWriter.IsName(file) && file!.EndsWith(".md", StringComparison.Ordinal);

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
            return Wrong(
                "",
                "This could not be done: a file cannot be read, or is only a link to one elsewhere. Tell whoever looks after the server."
            );
        }
    }

    PageResult Wrong(string field, string words)
    {
        Asked = null;
        ModelState.AddModelError(field, words);
        return Page();
    }
}
