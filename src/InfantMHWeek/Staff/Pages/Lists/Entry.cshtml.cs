using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages.Lists;

/// <summary>One entry of a register: changed, added or removed. The rest of the file is left as it is.</summary>
[FormPage]
sealed class EntryModel(PageEditor editor, PageDrafts drafts, RegisterOpening opening, RegisterUses uses) : PageModel
{
    [FromRoute(Name = "list")]
    public string Named { get; set; } = "";

    [FromRoute(Name = "part")]
    public string PartNamed { get; set; } = "";

    [FromQuery(Name = "key")]
    public string? Entry { get; set; }

    [BindProperty]
    public EntryForm Form { get; set; } = new();

    public RegisterForm Register { get; private set; } = null!;
    public RegisterPart Part { get; private set; } = null!;
    public PublishResult? Outcome { get; private set; }

    /// <summary>Whether its removal is asked for, and what would break by it.</summary>
    public bool Asked { get; private set; }
    public Consequences? Breaks { get; private set; }

    /// <summary>What a colleague wrote in the same place meanwhile.</summary>
    public IReadOnlyList<(RegisterFact Fact, string Theirs)> Both { get; private set; } = [];
    public IReadOnlyList<string> UsedBy => Fresh || Part.Once ? [] : uses.Of(Named, Key);
    public bool Fresh => Entry is null && !Part.Once;
    public string Key => Entry ?? Form.Key?.Trim() ?? "";
    public bool MayPublish => User.May(StaffRole.Publisher);

    /// <summary>Authors go on with what they asked for; a publisher's form is about what readers have.</summary>
    Guid? AuthorId => MayPublish ? null : User.StaffId();
    Author Me => new(User.StaffId(), User.StaffName());

    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (RegisterForm.Find(Named) is { } register && register.Part(PartNamed) is { } part)
            (Register, Part) = (register, part);
        else
            context.Result = NotFound();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var opened = await opening.OpenAsync(Register.File, AuthorId, cancel);
        if (opened.Text is not { } text)
            return Redirect($"/staff/pages/lists/{Named}");
        if (!Fresh && !Part.Once && !text.Has([.. Part.Above, Key]))
            return NotFound();
        Form = new() { Opened = opened.Hash, DraftStamp = opened.DraftStamp };
        if (!Fresh)
            Form.Fill(text, Part, Key);
        return Page();
    }

    public Task<IActionResult> OnPostPublishAsync(CancellationToken cancel) =>
        ChangeAsync(text => Form.Apply(text, Part, Key, Fresh), null, ask: false, cancel);

    public Task<IActionResult> OnPostAskAsync(CancellationToken cancel) =>
        ChangeAsync(text => Form.Apply(text, Part, Key, Fresh), null, ask: true, cancel);

    /// <summary>Asked for first; then the page says what uses the entry, and only who has seen that takes it away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? accepted, CancellationToken cancel)
    {
        if (!MayPublish)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (Part.Once || Fresh)
            return NotFound();
        Breaks = uses.Breaks(Named, Key, Form.Opened);
        if (accepted == Breaks.Stamp)
            return await ChangeAsync(text => UsedBy.Count > 0 ? null : text.Without([.. Part.Above, Key]), "removed", ask: false, cancel);
        if (accepted is not null)
            ModelState.AddModelError("", MoveMessages.LookAgain);
        Asked = true;
        return await OnGetAsync(cancel) is PageResult page ? page : NotFound();
    }

    async Task<IActionResult> ChangeAsync(Func<RegisterText, RegisterText?> change, string? what, bool ask, CancellationToken cancel)
    {
        if (!ask && !MayPublish)
            return StatusCode(StatusCodes.Status403Forbidden);
        var opened = await opening.AgainAsync(Register.File, AuthorId, Form.Opened, Form.DraftStamp, cancel);
        Form.Opened = opened.Hash;
        if (opened.Text is not { } from)
            return Wrong(EntryMessages.TooOld);
        foreach (var (field, words) in what is null ? Form.Problems(from, Part, Fresh) : [])
            ModelState.AddModelError("Form." + field, words);
        if (!ModelState.IsValid)
            return Page();
        if (change(from) is not { } changed)
            return Wrong(EntryMessages.NotByForm);
        var (typed, note) = (
            new EditedText(Register.File, Form.Opened, changed.Text, Form.DraftStamp),
            Part.Once ? $"{Part.Title} changed" : $"{Key}: {what ?? (Fresh ? "added" : "changed")}"
        );
        if (ask)
            return await drafts.AskAsync(typed, Me, note, cancel) is var answer && answer == ReviewRequestResult.NotWritten
                ? Wrong(EntryMessages.NotWritten)
                : Redirect($"/staff/pages/lists/{Named}?said={(answer == ReviewRequestResult.Asked ? "asked" : "same")}");
        Guid? act = what is null ? null : Guid.CreateVersion7();
        Outcome = await editor.PublishAsync(typed, Me, PageRevision.ShortNote(note), cancel, new(Act: act));
        return Outcome.Answer switch
        {
            PublishStatus.Published => Redirect(
                act is { } done ? $"/staff/pages/done?act={done}" : $"/staff/pages/lists/{Named}?said=published"
            ),
            PublishStatus.NothingChanged => Redirect($"/staff/pages/lists/{Named}?said=same"),
            PublishStatus.NotWritten => Wrong(EntryMessages.NotWritten),
            PublishStatus.Merged or PublishStatus.Conflict => Meet(from),
            _ => Wrong(EntryMessages.Faulty(Outcome)),
        };
    }

    /// <summary>Somebody changed the list meanwhile: the form goes on from theirs, with what was typed here.</summary>
    PageResult Meet(RegisterText from)
    {
        if (RegisterText.Of(LineEnds.Plain(Outcome!.Theirs ?? "")) is { } theirs)
        {
            Both = Form.TakeOver(from, theirs, Part, Key);
            (Form.Opened, Form.DraftStamp) = (Outcome.Hash, 0);
        }
        return Page();
    }

    PageResult Wrong(string words)
    {
        ModelState.AddModelError("", words);
        return Page();
    }
}
