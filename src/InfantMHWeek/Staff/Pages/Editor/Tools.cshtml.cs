using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Pasting;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>What the editor's script asks for: checks while typing, keeping the draft, and things to pick from.</summary>
[FormPage, RequestSizeLimit(EditForm.MostBytes), RequestFormLimits(ValueLengthLimit = EditForm.MostBytes, KeyLengthLimit = 200)]
sealed class ToolsModel(PageCheck checks, PageOpening opening, PageDrafts drafts, PagePresence presence, EditorPickLists lists) : PageModel
{
    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public EditForm Form { get; set; } = new();

    /// <summary>What is pasted and what is picked from are about no file.</summary>
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (HttpMethods.IsPost(Request.Method) && context.HandlerMethod?.Name != "Paste" && !ContentWriter.IsName(Named))
            context.Result = NotFound();
    }

    public IActionResult OnGet() => NotFound();

    public IActionResult OnPostCheck()
    {
        var text = Form.TextFor(Named);
        var front =
            Form.Whole is null && PageText.Of(LineEnds.Plain(Form.Front ?? "")) is not null
                ? text[..^LineEnds.Plain(Form.Body ?? "").Length].Count(c => c == '\n')
                : 0;
        return new JsonResult(
            new
            {
                faults = checks
                    .Of(Named, text)
                    .Select(f => new
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
        presence.Tell(Named, User.StaffId(), User.StaffName());
        var stamp = await drafts.KeepAsync(Form.EditedTextOf(Named), new(User.StaffId(), User.StaffName()), cancel);
        return stamp is null ? StatusCode(StatusCodes.Status507InsufficientStorage) : new JsonResult(new { stamp, others = Others() });
    }

    public IActionResult OnPostHere()
    {
        presence.Tell(Named, User.StaffId(), User.StaffName());
        return new JsonResult(new { others = Others() });
    }

    /// <summary>The browser leaves the page.</summary>
    /// <param name="shown">Which view of it.</param>
    public IActionResult OnPostLeave(long shown)
    {
        presence.Leave(Named, User.StaffId(), shown);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>Whether a text that the browser kept says anything that is not saved already.</summary>
    public async Task<IActionResult> OnPostKeptAsync(CancellationToken cancel)
    {
        try
        {
            return new JsonResult(new { saved = await opening.IsSavedAsync(Form.EditedTextOf(Named), User.StaffId(), cancel) });
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

    public IActionResult OnGetLinks(string? q) => new JsonResult(lists.Links(q));

    public async Task<IActionResult> OnGetPicturesAsync(string? q, CancellationToken cancel) =>
        new JsonResult(await lists.PicturesAsync(q, cancel));

    public IActionResult OnGetSources(string? q) => new JsonResult(lists.Sources(q));
}
