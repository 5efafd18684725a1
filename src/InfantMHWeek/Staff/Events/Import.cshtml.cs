using InfantMHWeek.Events;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Events;

/// <summary>A partner's list of events becomes drafts: nobody sees them before somebody has completed and approved each.</summary>
[FormPage, RequestSizeLimit(MostInRequest), RequestFormLimits(MultipartBodyLengthLimit = MostInRequest)]
public sealed class ImportModel(EventImport import) : PageModel
{
    // A file that is somewhat too large is still refused in words.
    const int MostInRequest = 8 * EventFile.MostBytes;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? ContactName { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public IReadOnlyList<string> For { get; set; } = [];

    [BindProperty]
    public string? Book { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public ImportResult? Answer { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        var address = ModelState.Address(nameof(Email), Email, Email);
        var name = ModelState.Line(nameof(ContactName), ContactName, Event.MaxName, "Enter whom we can ask about these events.") ?? "";
        var organiser = ModelState.Line(nameof(Organisation), Organisation, EventDetails.MaxLine, missing: null) ?? "";
        if (file is null || file.Length == 0)
            ModelState.AddModelError("file", "Choose a file that is not empty.");
        else if (file.Length > EventFile.MostBytes)
            ModelState.AddModelError("file", $"This file has more than {EventFile.MostBytes / 1024} KB. Please split it.");
        if (!ModelState.IsValid)
            return Page();

        using var memory = new MemoryStream();
        await file!.CopyToAsync(memory, cancel);
        var audience = EventLabels
            .Audiences.Where(a => For.Contains(a.Slug, StringComparer.Ordinal))
            .Aggregate(Audience.None, (sum, a) => sum | a.Value);
        var booking = Book switch
        {
            "yes" => Booking.Needed,
            "no" => Booking.NotNeeded,
            _ => Booking.NotSaid,
        };
        Answer = await import.BringInAsync(memory.ToArray(), new(address!, name, organiser, audience, booking), User, cancel);
        var words = $"{Answer.Brought} drafts brought in.{(Answer.Already > 0 ? $" {Answer.Already} were there already." : "")}";
        if (Answer.Problems.Count == 0)
        {
            StatusMessage = words;
            return Redirect("/staff/events");
        }
        // What was brought in is there; what was not is said here, and the same file can be sent again.
        return Page();
    }
}
