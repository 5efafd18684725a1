using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Preview;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>One file in the editor. Whatever happens to a save, what was typed comes back in the form.</summary>
[
    FormPage,
    EditorAccess,
    RequestSizeLimit(EditForm.MostBytes),
    RequestFormLimits(ValueLengthLimit = EditForm.MostBytes, KeyLengthLimit = 200)
]
sealed class EditModel(
    PageEditor editor,
    PageOpening opening,
    PageDrafts drafts,
    PlannedChanges plans,
    PageCheck checks,
    PagePreview preview,
    FileOverviews overviews
) : PageModel
{
    FileOverview? lookedUp;

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public EditForm Form { get; set; } = new();

    public string? Notice { get; private set; }
    public PublishResult? Outcome { get; private set; }

    /// <summary>What would break if this were published or planned; the person decides.</summary>
    public Consequences? Breaks { get; private set; }

    public IReadOnlyList<Diagnostic>? Faults { get; private set; }
    public PageDraft? Draft { get; private set; }
    public FileOverview Overview => lookedUp ??= overviews.Of(Named, User.StaffId());
    public bool MayPublish => User.May(StaffRole.Publisher);
    Author Me => new(User.StaffId(), User.StaffName());

    public async Task<IActionResult> OnGetAsync(Guid? draft, Guid? revision, Guid? plan, string? said, CancellationToken cancel)
    {
        if (await opening.OpenAsync(Named, User.StaffId(), draft, revision, plan, cancel) is not { } opened)
            return NotFound();
        (Form, Draft, Outcome, Notice) = (EditForm.Of(opened.Text), opened.Draft, opened.Met, opened.Notice ?? said);
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancel)
    {
        Guid? act = Form.Accepted is null ? null : Guid.CreateVersion7();
        var done = await editor.PublishAsync(Form.EditedTextOf(Named), Me, PageRevision.ShortNote(Form.Note), cancel, new(Act: act));
        if (done.Answer == PublishStatus.NothingChanged)
            return Redirect(Here("same"));
        if (done.Answer == PublishStatus.Published)
            return Redirect(act is null ? Here("published") : $"/staff/pages/done?act={act}");
        (Form, Outcome, Breaks, Faults) = (Form.After(done, Named), done, done.Consequences, done.Faults);
        return await AgainAsync(cancel);
    }

    /// <summary>A text that the browser kept comes back, together with what was published since it was begun.</summary>
    public async Task<IActionResult> OnPostBringAsync(CancellationToken cancel)
    {
        Notice = "brought";
        try
        {
            if (await opening.MeetAsync(Form.EditedTextOf(Named), cancel) is { } met)
                (Form, Outcome) = (EditForm.Of(met.Text), met.Met);
        }
        catch (IOException)
        {
            return await AgainAsync(cancel, PublishResult.NotWritten);
        }
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken cancel) =>
        await drafts.KeepAsync(Form.EditedTextOf(Named), Me, cancel) is null
            ? await AgainAsync(cancel, PublishResult.NotWritten)
            : Redirect(Here("kept"));

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancel) =>
        await drafts.AskAsync(Form.EditedTextOf(Named), Me, PageRevision.ShortNote(Form.Note), cancel) switch
        {
            ReviewRequestResult.Asked => Redirect(Here("asked")),
            ReviewRequestResult.NothingChanged => Redirect(Here("same")),
            _ => await AgainAsync(cancel, PublishResult.NotWritten),
        };

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken cancel)
    {
        var (at, note) = (UkTime.Read(Form.Moment), PageRevision.ShortNote(Form.Note));
        var planned = await plans.PlanAsync(Form.EditedTextOf(Named), at, Me, note, cancel);
        if (planned.Answer == PlanResult.Planned)
            return Redirect("/staff/pages/plans?said=planned");
        ModelState.AddModelError("Form.Moment", planned.Words);
        (Breaks, Form.Accepted, Faults) = (planned.Consequences, planned.Consequences?.Stamp, planned.Blocking);
        return planned.Answer == PlanResult.NotWritten ? await AgainAsync(cancel, PublishResult.NotWritten) : await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        Faults = checks.Of(Named, Form.TextFor(Named));
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (Named.EndsWith(".yml", StringComparison.Ordinal))
            return NotFound();
        var (html, faults) = await preview.ShowAsync(HttpContext, Named, Form.TextFor(Named));
        Response.AllowOwnFrame();
        return html is null ? Partial("_NoPreview", faults) : Content(html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostSetAsideAsync(Guid draft, CancellationToken cancel)
    {
        await drafts.SetAsideAsync(draft, Named, User.IsInRole(StaffRole.Administrator) ? null : Me.StaffId, cancel);
        return Redirect("/staff/pages?said=aside");
    }

    public async Task<IActionResult> OnPostSendBackAsync(Guid draft, string? word, CancellationToken cancel)
    {
        if (PageRevision.ShortNote(word) is { } why && !string.IsNullOrWhiteSpace(why))
            return Redirect(
                "/staff/pages?said=" + (await drafts.SendBackAsync(draft, Named, why, Me.Name, cancel) ? "sent-back" : "settled")
            );
        ModelState.AddModelError("word", "Say in a word why, so that the author can go on.");
        return await OnGetAsync(draft, null, null, null, cancel);
    }

    string Here(string said) => $"/staff/pages/edit?file={Uri.EscapeDataString(Named)}&said={said}";

    /// <summary>The form again, with what was typed: what the tags remember of the request would hide what was merged.</summary>
    Task<IActionResult> AgainAsync(CancellationToken cancel, PublishResult? outcome = null)
    {
        Outcome = outcome ?? Outcome;
        foreach (var key in ModelState.Keys.Where(k => k != "Form.Moment").ToList())
            ModelState.Remove(key);
        return ShowAsync(cancel);
    }

    async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        lookedUp = await overviews.ShowAsync(Named, Draft?.Id, User.StaffId(), User.StaffName(), cancel);
        // What was typed comes back, whatever else cannot be looked up.
        if (lookedUp.OtherDrafts is null)
            (Response.StatusCode, Outcome) = (StatusCodes.Status503ServiceUnavailable, PublishResult.NotWritten);
        Response.AllowFramesInside();
        return Page();
    }
}
