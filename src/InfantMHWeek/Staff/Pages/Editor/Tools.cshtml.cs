using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Pasting;
using InfantMHWeek.Editing.Pictures;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>What the editor's script asks for: checks while typing, keeping the draft, and things to pick from.</summary>
[FormPage, RequestSizeLimit(EditModel.MostBytes), RequestFormLimits(ValueLengthLimit = EditModel.MostBytes, KeyLengthLimit = 200)]
public sealed class ToolsModel(
    SiteDb db,
    PageEditor editor,
    PageDrafts drafts,
    PageLibrary library,
    PagePresence presence,
    TimeProvider clock
) : PageModel
{
    const int MostFound = 12;

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public EditForm Form { get; set; } = new();

    public IActionResult OnGet() => NotFound();

    public IActionResult OnPostCheck()
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        var text = Form.TextFor(Named);
        var front =
            Form.Whole is null && PageText.Of(LineEnds.Plain(Form.Front ?? "")) is not null
                ? text[..^LineEnds.Plain(Form.Body ?? "").Length].Count(c => c == '\n')
                : 0;
        var faults = ContentChecker.CheckOne(library, LibraryContents.FileOf(Named, text), clock.Today());
        return new JsonResult(
            new
            {
                faults = faults.Select(f => new
                {
                    f.Line,
                    bodyLine = f.Line - front,
                    f.Column,
                    severity = f.SeverityWord,
                    f.Message,
                    f.Advice,
                    fact = f.Line <= front ? FactAt(text, f.Line) : null,
                }),
            }
        );
    }

    static string? FactAt(string text, int line)
    {
        var written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        return written.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? written[..colon].Trim() : null;
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        presence.Tell(Named, User.StaffId(), User.StaffName());
        var stamp = await drafts.KeepAsync(Form.EditedTextOf(Named), new(User.StaffId(), User.StaffName()), cancel);
        return stamp is null ? StatusCode(StatusCodes.Status507InsufficientStorage) : new JsonResult(new { stamp, others = Others() });
    }

    public IActionResult OnPostHere()
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        presence.Tell(Named, User.StaffId(), User.StaffName());
        return new JsonResult(new { others = Others() });
    }

    /// <summary>The browser leaves the page.</summary>
    /// <param name="shown">Which view of it.</param>
    public IActionResult OnPostLeave(long shown)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        presence.Leave(Named, User.StaffId(), shown);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>Whether a text that the browser kept says anything that is not saved already.</summary>
    public async Task<IActionResult> OnPostKeptAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        var typed = Form.EditedTextOf(Named);
        try
        {
            var (me, text) = (User.StaffId(), LineEnds.Plain(typed.Text));
            var draft = await db.Set<PageDraft>()
                .Where(d => d.File == Named && d.StaffId == me && d.SetAsideAt == null)
                .Select(d => d.Text)
                .FirstOrDefaultAsync(cancel);
            var saved =
                (draft is not null && LineEnds.Plain(draft).TrimEnd('\n') == text.TrimEnd('\n'))
                || (await editor.MeetAsync(typed, cancel)).Answer == PublishStatus.NothingChanged;
            return new JsonResult(new { saved });
        }
        catch (Exception problem) when (problem is IOException || StoreTrouble.Is(problem))
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    IEnumerable<string> Others() => presence.Others(Named, User.StaffId()).Select(o => $"{o.Name} since {UkTime.FromUtc(o.Since):HH:mm}");

    public IActionResult OnPostPaste(string? html)
    {
        if (html is null)
            return BadRequest();
        var (text, problem) = PasteConverter.ToMarkdown(html);
        return problem is null
            ? new JsonResult(new { text })
            : new JsonResult(new { problem }) { StatusCode = StatusCodes.Status413PayloadTooLarge };
    }

    public IActionResult OnGetLinks(string? q)
    {
        var words = (q ?? "").Trim();
        var found = library
            .Current.Pages.Values.Where(p =>
                p.Title.Contains(words, StringComparison.OrdinalIgnoreCase) || p.Path.Contains(words, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(p => p.Path.Length)
            .ThenBy(p => p.Path, StringComparer.Ordinal)
            .Take(MostFound)
            .SelectMany(p =>
                library
                    .Current.Render(p)
                    .Headings.Select(h => new
                    {
                        label = $"{p.Title}: {h.Title}",
                        value = $"{p.Path}#{h.Id}",
                        words = h.Title,
                    })
                    .Prepend(
                        new
                        {
                            label = $"{p.Title} ({p.Path})",
                            value = p.Path,
                            words = p.Label,
                        }
                    )
            );
        return new JsonResult(found);
    }

    public async Task<IActionResult> OnGetPicturesAsync(string? q, CancellationToken cancel)
    {
        var words = (q ?? "").Trim();
        var known = await db.Set<MediaPicture>().AsNoTracking().OrderByDescending(p => p.At).ToListAsync(cancel);
        return new JsonResult(
            known
                .Where(p =>
                    p.File.Contains(words, StringComparison.OrdinalIgnoreCase)
                    || p.Alternative.Contains(words, StringComparison.OrdinalIgnoreCase)
                )
                .Take(MostFound)
                .Select(p => new
                {
                    label = $"{p.File}: {(p.Decorative ? "decoration" : p.Alternative)}",
                    value = PicturesModel.MarkdownOf(p),
                    words = "",
                })
        );
    }

    public IActionResult OnGetSources(string? q) =>
        new JsonResult(
            library
                .Current.Registers.Sources.Values.Where(s =>
                    s.Id.Contains((q ?? "").Trim(), StringComparison.OrdinalIgnoreCase)
                    || s.Title.Contains((q ?? "").Trim(), StringComparison.OrdinalIgnoreCase)
                )
                .Take(MostFound)
                .Select(s => new
                {
                    label = $"{s.Title} ({s.Id})",
                    value = s.Id,
                    words = "",
                })
        );
}
