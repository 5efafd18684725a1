using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>One file in the editor. Whatever happens to a save, what was typed comes back in the form.</summary>
[FormPage, RequestSizeLimit(MostBytes), RequestFormLimits(ValueLengthLimit = MostBytes, KeyLengthLimit = 200)]
public sealed class EditModel(SiteDb db, PageEditor editor, PageDrafts drafts, PlannedChanges plans, PagePreview preview, PageLibrary library, PagePresence presence, TimeProvider clock) : PageModel
{
    /// <summary>Far above what a page may have, so that a text that is too long comes back with the reason.</summary>
    internal const int MostBytes = 8 * 1024 * 1024;

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    [BindProperty]
    public EditForm Form { get; set; } = new();

    public string? Said { get; private set; }
    public PublishOutcome? Outcome { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public bool Checked { get; private set; }
    public PageDraft? Draft { get; private set; }
    public IReadOnlyList<PageDraft> OtherDrafts { get; private set; } = [];
    public IReadOnlyList<(string Name, DateTime Since)> AlsoOpen { get; private set; } = [];
    public string State { get; private set; } = "";
    public string? Path { get; private set; }
    public string? PageTitle => library.Contents.States.GetValueOrDefault(Named)?.Shown?.Title;
    public PageKind Kind => PageSchema.KindOf(Named);
    public bool MayPublish => User.May(StaffRole.Publisher);
    Author Me => new(User.StaffId(), User.StaffName());

    public async Task<IActionResult> OnGetAsync(Guid? draft, Guid? revision, Guid? plan, string? said, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named)) return NotFound();
        ContentText? there;
        try
        {
            there = await editor.OpenAsync(Named, cancel);
        }
        catch (IOException)
        {
            Said = "unreadable";
            return await ShowAsync(cancel);
        }
        var mine = await db.Set<PageDraft>().FirstOrDefaultAsync(d => d.File == Named && (draft == null ? d.StaffId == Me.StaffId && d.SetAsideAt == null : d.Id == draft), cancel);
        var old = revision is { } id ? await db.Set<PageRevision>().FirstOrDefaultAsync(r => r.Id == id && r.File == Named && r.Text != null, cancel) : null;
        var planned = plan is { } waiting ? await db.Set<PlannedChange>().FirstOrDefaultAsync(p => p.Id == waiting && p.File == Named, cancel) : null;
        if (there is null && mine is null && old is null && planned is null) return NotFound();
        Said = said;
        Draft = old is null && planned is null ? mine : null;
        Form = old is not null ? EditForm.Of(Named, old.Text!, there?.Hash, 0)
            : planned is not null ? EditForm.Of(Named, planned.Text, planned.BaseHash, 0)
            : mine is not null ? EditForm.Of(Named, mine.Text, mine.BaseHash, mine.StaffId == Me.StaffId ? mine.Stamp : 0)
            : EditForm.Of(Named, there!.Text, there.Hash, 0);
        if (old is not null) Said = "restoring";
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancel)
    {
        if (!MayPublish) return StatusCode(StatusCodes.Status403Forbidden);
        if (!ContentWriter.IsName(Named)) return NotFound();
        Outcome = await editor.PublishAsync(Form.Typed(Named), Me, Short(Form.Note), cancel);
        if (Outcome.Answer is PublishAnswer.Published or PublishAnswer.NothingChanged)
            return Redirect(Here(Outcome.Answer == PublishAnswer.Published ? "published" : "same"));
        if (Outcome.Answer == PublishAnswer.Merged) Form = EditForm.Of(Named, Outcome.Text, Outcome.Hash, Form.DraftStamp);
        if (Outcome.Answer == PublishAnswer.Conflict) Form.Opened = Outcome.Hash;
        (Faults, Checked) = (Outcome.Faults ?? [], Outcome.Faults is not null);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named)) return NotFound();
        if (await drafts.KeepAsync(Form.Typed(Named), Me, cancel) is not null) return Redirect(Here("kept"));
        Outcome = new(PublishAnswer.NotWritten, "", null);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named)) return NotFound();
        if (await drafts.AskAsync(Form.Typed(Named), Me, Short(Form.Note), cancel)) return Redirect(Here("asked"));
        Outcome = new(PublishAnswer.NotWritten, "", null);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken cancel)
    {
        if (!MayPublish) return StatusCode(StatusCodes.Status403Forbidden);
        if (!ContentWriter.IsName(Named)) return NotFound();
        if (Moments.Read(Form.Moment) is not { } at)
        {
            ModelState.AddModelError("Form.Moment", "Write the UK time as year-month-day and hour:minute, such as 2026-06-08 09:00, and not in the night when clocks change.");
            return await AgainAsync(cancel);
        }
        var (answer, faults) = await plans.PlanAsync(Form.Typed(Named), at, Me, Short(Form.Note), cancel);
        if (answer == PlanAnswer.Planned)
        {
            foreach (var draft in await db.Set<PageDraft>().Where(d => d.File == Named && d.StaffId == Me.StaffId && d.SetAsideAt == null).Select(d => d.Id).ToListAsync(cancel)) await drafts.SetAsideAsync(draft, cancel);
            return Redirect("/staff/pages/plans?said=planned");
        }
        if (answer == PlanAnswer.Faulty) (Faults, Checked) = (faults, true);
        ModelState.AddModelError("Form.Moment", answer switch { PlanAnswer.InThePast => "This moment has passed.", PlanAnswer.NothingChanged => "Nothing is different from what readers see now.", _ => "The checks found errors: put them right first." });
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named)) return NotFound();
        (Faults, Checked) = (ContentChecker.CheckOne(library, LibraryContents.FileOf(Named, Form.TextFor(Named)), clock.Today()), true);
        return await AgainAsync(cancel);
    }

    public async Task<IActionResult> OnPostPreviewAsync()
    {
        if (!ContentWriter.IsName(Named) || Named.EndsWith(".yml", StringComparison.Ordinal)) return NotFound();
        var (html, faults) = await preview.ShowAsync(HttpContext, Named, Form.TextFor(Named));
        Response.AllowOwnFrame();
        return html is null ? Partial("_NoPreview", faults) : Content(html, "text/html; charset=utf-8");
    }

    public async Task<IActionResult> OnPostSetAsideAsync(Guid draft, CancellationToken cancel)
    {
        if (await db.Set<PageDraft>().AnyAsync(d => d.Id == draft && d.File == Named && (d.StaffId == Me.StaffId || User.IsInRole(StaffRole.Administrator)), cancel)) await drafts.SetAsideAsync(draft, cancel);
        return Redirect("/staff/pages?said=aside");
    }

    string Here(string said) => $"/staff/pages/edit?file={Uri.EscapeDataString(Named)}&said={said}";

    static string? Short(string? note) => note?.Length > PageRevision.NoteMaxLength ? note[..PageRevision.NoteMaxLength] : note;

    /// <summary>The form again, with what was typed: what the tags remember of the request would hide what was merged.</summary>
    Task<IActionResult> AgainAsync(CancellationToken cancel)
    {
        foreach (var key in ModelState.Keys.Where(k => k != "Form.Moment").ToList()) ModelState.Remove(key);
        return ShowAsync(cancel);
    }

    async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        presence.Tell(Named, User.StaffId(), User.StaffName());
        AlsoOpen = presence.Others(Named, User.StaffId());
        OtherDrafts = await db.Set<PageDraft>().AsNoTracking().Where(d => d.File == Named && (Draft == null || d.Id != Draft.Id) && (d.SetAsideAt == null || d.StaffId == Me.StaffId)).OrderByDescending(d => d.SavedAt).Take(10).ToListAsync(cancel);
        State = FileState.Of(library.Contents, Named, clock.GetUtcNow().UtcDateTime);
        Path = Named.EndsWith(".md", StringComparison.Ordinal) && Kind != PageKind.Email ? PageReader.PathOf(Named) : null;
        Response.AllowFramesInside();
        return Page();
    }
}
