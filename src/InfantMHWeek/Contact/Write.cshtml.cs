using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Contact;

[FormPage, PublicForm("contact")]
sealed class WriteModel(ContactInbox desk, FormGuard guard) : PageModel
{
    const string Message = "message",
        Concern = "concern",
        DataProtection = "data-protection";

    public static readonly IReadOnlyList<Choice> Kinds =
    [
        new(Message, "A question or a message"),
        new(Concern, "A concern", "For example about an event, a person we work with, or something on this website"),
        new(DataProtection, "A complaint about how we use personal data"),
    ];

    [BindProperty(SupportsGet = true)]
    public string? About { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Guid Form { get; set; }

    [TempData]
    public string? Sent { get; set; }

    /// <summary>Whether a mail says so too.</summary>
    [TempData]
    public bool Mailed { get; set; }

    public void OnGet()
    {
        Head();
        Form = Guid.NewGuid();
        About ??= Message;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        var kind = About switch
        {
            Message => ContactKind.Message,
            Concern => ContactKind.Concern,
            DataProtection => ContactKind.DataProtection,
            _ => (ContactKind?)null,
        };
        if (kind is null)
            ModelState.AddModelError(nameof(About), "Choose what it is about.");
        var text = ModelState.Lines(nameof(Text), Text, ContactMessage.TextMaxLength, "Write your message.");
        var name = ModelState.Line(nameof(Name), Name, ContactMessage.NameMaxLength, missing: null);
        var email = ModelState.Address(nameof(Email), Email, Email?.Trim());
        if (Form == Guid.Empty)
            ModelState.AddModelError("", "Please send it once more.");
        if (!ModelState.IsValid)
        {
            if (Form == Guid.Empty)
                (Form, _) = (Guid.NewGuid(), ModelState.Remove(nameof(Form)));
            return Page();
        }
        // A message is worth taking without its mail: a stranger who has used up an address keeps nobody from writing to us.
        var answer = await guard.AskAsync(this, MailBudget.ByStrangers(email!), mailNeeded: false, cancel: cancel);
        if (answer.Refusal is { } refusal)
            return refusal;
        (Sent, Mailed) = await desk.TakeAsync(Form, kind!.Value, name, email!, text!, answer.MayMail, cancel);
        return Redirect("/contact/write");
    }

    void Head() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Write to us",
            Indexed = false,
            Sensitive = true,
        };
}
