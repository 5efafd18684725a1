using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Contact;

[FormPage]
public sealed class WriteModel(ContactDesk desk) : PageModel
{
    const string Message = "message", Concern = "concern", DataProtection = "data-protection";

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

    /// <summary>The trap.</summary>
    [BindProperty]
    public string? Website { get; set; }

    [TempData]
    public string? Sent { get; set; }

    public void OnGet()
    {
        Head();
        Form = Guid.NewGuid();
        About ??= Message;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        var kind = About switch { Message => ContactKind.Message, Concern => ContactKind.Concern, DataProtection => ContactKind.DataProtection, _ => (ContactKind?)null };
        if (kind is null) ModelState.AddModelError(nameof(About), "Choose what it is about.");
        ModelState.Trap(Website);
        var text = ModelState.Lines(nameof(Text), Text, ContactMessage.TextMaxLength, "Write your message.");
        var name = ModelState.Line(nameof(Name), Name, ContactMessage.NameMaxLength, missing: null);
        var email = ModelState.Address(nameof(Email), Email, Email?.Trim());
        if (Form == Guid.Empty) ModelState.AddModelError("", "Please send it once more.");
        if (!ModelState.IsValid)
        {
            if (Form == Guid.Empty) (Form, _) = (Guid.NewGuid(), ModelState.Remove(nameof(Form)));
            return Page();
        }
        Sent = await desk.TakeAsync(Form, kind!.Value, name, email!, text!, cancel);
        return Redirect("/contact/write");
    }

    void Head() => ViewData["Head"] = new PageHead { Title = "Write to us", Indexed = false };
}
