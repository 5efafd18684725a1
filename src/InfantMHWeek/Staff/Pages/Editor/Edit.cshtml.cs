using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Preview;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>One file in the editor. Whatever happens to a save, what was typed comes back in the form.</summary>
[FormPage, RequestSizeLimit(MostBytes), RequestFormLimits(ValueLengthLimit = MostBytes, KeyLengthLimit = 200)]
public sealed class EditModel(
    SiteDb db,
    PageEditor editor,
    PageDrafts drafts,
    PlannedChanges plans,
    PagePreview preview,
    PageVisibility readers,
    PageLibrary library,
    PagePresence presence,
    TimeProvider clock
) : PageModel
{
    /// <summary>Far above what a page may have, so that a text that is too long comes back with the reason.</summary>
    internal const int MostBytes = 8 * 1024 * 1024;

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public EditForm Form { get; set; } = new();

    public string? Notice { get; private set; }
    public PublishResult? Outcome { get; private set; }

    /// <summary>What would break if this were published or planned; the person decides.</summary>
    public Consequences? Breaks { get; private set; }
    public IReadOnlyList<Diagnostic> Faults { get; private set; } = [];
    public bool Checked { get; private set; }
    public PageDraft? Draft { get; private set; }
    public IReadOnlyList<PageDraft> OtherDrafts { get; private set; } = [];
    public IReadOnlyList<(string Name, DateTime Since)> AlsoOpen { get; private set; } = [];
    public string State { get; private set; } = "";
    public string? Path { get; private set; }

    /// <summary>When the page was shown, so that leaving an older view of it says nothing about this one.</summary>
    public long Shown => presence.ShownAt(Named, User.StaffId());
    public Visibility Visibility => readers.Of(Named);
    public string? PageTitle => library.Contents.States.GetValueOrDefault(Named)?.Shown?.Title;
    public PageKind Kind => PageSchema.KindOf(Named);
    public bool MayPublish => User.May(StaffRole.Publisher);
    Author Me => new(User.StaffId(), User.StaffName());

    public async Task<IActionResult> OnGetAsync(Guid? draft, Guid? revision, Guid? plan, string? said, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        ContentText? there;
        try
        {
            there = await editor.OpenAsync(Named, cancel);
        }
        catch (IOException)
        {
            Notice = "unreadable";
            return await ShowAsync(cancel);
        }
        Notice = said;
        var old = revision is { } id
            ? await db.Set<PageRevision>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.File == Named && r.Text != null, cancel)
            : null;
        var planned = plan is { } waiting
            ? await db.Set<PlannedChange>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == waiting && p.File == Named, cancel)
            : null;
        if (old is not null)
            (Form, Notice) = (EditForm.Of(Named, old.Text!, there?.Hash, 0), "restoring");
        else if (planned is not null)
            await MeetAsync(
                new(Named, planned.BaseHash, planned.Text, Review: planned.OfDraft is { } of ? new(of, planned.OfStamp) : null),
                cancel
            );
        else
        {
            Draft = await db.Set<PageDraft>()
                .AsNoTracking()
                .FirstOrDefaultAsync(
                    d => d.File == Named && (draft == null ? d.StaffId == Me.StaffId && d.SetAsideAt == null : d.Id == draft),
                    cancel
                );
            if (draft is not null && Draft is null)
                Notice = "settled";
            if (Draft is not null)
                await MeetAsync(Began(Draft), cancel);
        }
        if (Form.Whole is null && Form.Front is null)
        {
            if (there is null)
                return NotFound();
            Form = EditForm.Of(Named, there.Text, there.Hash, 0);
        }
        return await ShowAsync(cancel);
    }

    EditedText Began(PageDraft copy) =>
        copy.StaffId == Me.StaffId
            ? new(
                Named,
                copy.BaseHash,
                copy.Text,
                copy.SetAsideAt is null ? copy.Stamp : 0,
                copy.OfDraft is { } of ? new(of, copy.OfStamp) : null
            )
            : new(Named, copy.BaseHash, copy.Text, Review: new(copy.Id, copy.Stamp));

    /// <summary>Shows a text that was kept, with whatever others published since.</summary>
    async Task MeetAsync(EditedText kept, CancellationToken cancel)
    {
        var met = await editor.MeetAsync(kept, cancel);
        if (met.Answer == PublishStatus.NothingChanged)
        {
            // All of it is published already: there is nothing to offer.
            if (Draft is not null && (Draft.StaffId != Me.StaffId || Draft.SetAsideAt is not null))
                Notice ??= "settled";
            Draft = null;
            return;
        }
        if (met.Answer is PublishStatus.Merged or PublishStatus.Conflict)
            Outcome = met;
        Form = EditForm.Of(Named, met.Text, met.Hash, kept.DraftStamp, kept.Review);
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancel)
    {
        if (!MayPublish)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (!ContentWriter.IsName(Named))
            return NotFound();
        Guid? act = Form.Accepted is null ? null : Guid.CreateVersion7();
        Outcome = await editor.PublishAsync(Form.EditedTextOf(Named), Me, Short(Form.Note), cancel, new(Act: act));
        if (Outcome.Answer is PublishStatus.Published or PublishStatus.NothingChanged)
            return Redirect(
                Outcome.Answer == PublishStatus.Published && act is { } done
                    ? $"/staff/pages/done?act={done}"
                    : Here(Outcome.Answer == PublishStatus.Published ? "published" : "same")
            );
        if (Outcome.Answer == PublishStatus.Merged)
            Form = EditForm.Of(Named, Outcome.Text, Outcome.Hash, Form.DraftStamp, Form.EditedTextOf(Named).Review);
        if (Outcome.Answer == PublishStatus.Conflict)
            Form.Opened = Outcome.Hash;
        (Breaks, Form.Accepted) = (Outcome.Consequences, Outcome.Consequences?.Stamp);
        (Faults, Checked) = (Outcome.Faults ?? [], Outcome.Faults is not null);
        return await AgainAsync(cancel);
    }

    /// <summary>A text that the browser kept comes back, together with what was published since it was begun.</summary>
    public async Task<IActionResult> OnPostBringAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        try
        {
            await MeetAsync(Form.EditedTextOf(Named), cancel);
        }
        catch (IOException)
        {
            Outcome = new(PublishStatus.NotWritten, "", null);
        }
        Notice = "brought";
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        if (await drafts.KeepAsync(Form.EditedTextOf(Named), Me, cancel) is not null)
            return Redirect(Here("kept"));
        Outcome = new(PublishStatus.NotWritten, "", null);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        var answer = await drafts.AskAsync(Form.EditedTextOf(Named), Me, Short(Form.Note), cancel);
        if (answer != ReviewRequestResult.NotWritten)
            return Redirect(Here(answer == ReviewRequestResult.Asked ? "asked" : "same"));
        Outcome = new(PublishStatus.NotWritten, "", null);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken cancel)
    {
        if (!MayPublish)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (!ContentWriter.IsName(Named))
            return NotFound();
        if (UkTime.Read(Form.Moment) is not { } at)
        {
            ModelState.AddModelError(
                "Form.Moment",
                "Write the UK time as year-month-day and hour:minute, such as 2026-06-08 09:00, and not in the night when clocks change."
            );
            return await AgainAsync(cancel);
        }
        var planned = await plans.PlanAsync(Form.EditedTextOf(Named), at, Me, Short(Form.Note), cancel);
        if (planned.Answer == PlanResult.Planned)
            return Redirect("/staff/pages/plans?said=planned");
        if (planned.Answer == PlanResult.Faulty)
            (Faults, Checked) = (planned.Faults, true);
        (Breaks, Form.Accepted) = (planned.Consequences, planned.Consequences?.Stamp);
        if (planned.Answer == PlanResult.NotWritten)
            Outcome = new(PublishStatus.NotWritten, "", null);
        ModelState.AddModelError(
            "Form.Moment",
            planned.Answer switch
            {
                PlanResult.InThePast => "This moment has passed.",
                PlanResult.NothingChanged => "Nothing is different from what you opened.",
                PlanResult.WouldBreak =>
                    "Readers would lose this page then. Look at what would break, and plan it again if it is what you want.",
                PlanResult.NotWritten => "This could not be planned just now. Please try again in a moment.",
                _ => "The checks found errors: put them right first.",
            }
        );
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        (Faults, Checked) = (ContentChecker.CheckOne(library, LibraryContents.FileOf(Named, Form.TextFor(Named)), clock.Today()), true);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (!ContentWriter.IsName(Named) || Named.EndsWith(".yml", StringComparison.Ordinal))
            return NotFound();
        var (html, faults) = await preview.ShowAsync(HttpContext, Named, Form.TextFor(Named));
        Response.AllowOwnFrame();
        return html is null ? Partial("_NoPreview", faults) : Content(html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostSetAsideAsync(Guid draft, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        await drafts.SetAsideAsync(draft, Named, User.IsInRole(StaffRole.Administrator) ? null : Me.StaffId, cancel);
        return Redirect("/staff/pages?said=aside");
    }

    public async Task<IActionResult> OnPostSendBackAsync(Guid draft, string? word, CancellationToken cancel)
    {
        if (!MayPublish)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (!ContentWriter.IsName(Named))
            return NotFound();
        if (!string.IsNullOrWhiteSpace(word))
            return Redirect(
                "/staff/pages?said="
                    + (await drafts.SendBackAsync(draft, Named, Short(word)!, User.StaffName(), cancel) ? "sent-back" : "settled")
            );
        ModelState.AddModelError("word", "Say in a word why, so that the author can go on.");
        return await OnGetAsync(draft, null, null, null, cancel);
    }

    string Here(string said) => $"/staff/pages/edit?file={Uri.EscapeDataString(Named)}&said={said}";

    static string? Short(string? note) => note?.Length > PageRevision.NoteMaxLength ? note[..PageRevision.NoteMaxLength] : note;

    /// <summary>The form again, with what was typed: what the tags remember of the request would hide what was merged.</summary>
    Task<IActionResult> AgainAsync(CancellationToken cancel)
    {
        foreach (var key in ModelState.Keys.Where(k => k != "Form.Moment").ToList())
            ModelState.Remove(key);
        return ShowAsync(cancel);
    }

    async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        presence.Show(Named, User.StaffId(), User.StaffName());
        AlsoOpen = presence.Others(Named, User.StaffId());
        try
        {
            OtherDrafts = await db.Set<PageDraft>()
                .AsNoTracking()
                .Where(d => d.File == Named && (Draft == null || d.Id != Draft.Id) && (d.SetAsideAt == null || d.StaffId == Me.StaffId))
                .OrderByDescending(d => d.SavedAt)
                .Take(10)
                .ToListAsync(cancel);
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            // What was typed comes back, whatever else cannot be looked up.
            (Response.StatusCode, Outcome) = (StatusCodes.Status503ServiceUnavailable, new(PublishStatus.NotWritten, "", null));
        }
        State = FileState.Of(library.Contents, Named, clock.GetUtcNow().UtcDateTime);
        Path = Named.EndsWith(".md", StringComparison.Ordinal) && Kind != PageKind.Email ? PageReader.PathOf(Named) : null;
        Response.AllowFramesInside();
        return Page();
    }
}
