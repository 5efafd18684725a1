using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Tables;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.Events;

/// <summary>
/// A partner's list of events: first what would happen, row by row, and what is unclear is asked; then it is brought in. The file goes
/// along with the page in between, so that it lies nowhere.
/// </summary>
[FormPage, RequestSizeLimit(MostInRequest), RequestFormLimits(MultipartBodyLengthLimit = MostInRequest, ValueLengthLimit = MostInRequest)]
sealed class ImportModel(EventImport import, TimeProvider clock) : ImportForm
{
    public const int MostShown = 500;

    // A file that is far too large is still refused in words.
    const int MostInRequest = 64 * 1024 * 1024;

    /// <summary>The file, packed.</summary>
    [BindProperty]
    public string? Packed { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public FileEvents? Read { get; private set; }
    public ImportOutcome? WouldBe { get; private set; }
    public ImportOutcome? Done { get; private set; }

    public bool Asks(FileQuestions question, string? answered) =>
        Read?.Questions.HasFlag(question) == true || !string.IsNullOrEmpty(answered);

    public void OnGet() { }

    /// <summary>What would happen: nothing is stored.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        var (order, answers) = (ReadOrder(), ReadAnswers());
        if (file is not null && file.Length > EventFile.MostBytes)
            ModelState.AddModelError("file", $"This file has more than {EventFile.MostBytes / 1024 / 1024} MB. Please split it.");
        var bytes = file is { Length: > 0 and <= EventFile.MostBytes }
            ? await PackedFile.ReadAsync(file, cancel)
            : PackedFile.Unpack(Packed, EventFile.MostBytes);
        if (bytes.Length == 0 && ModelState.IsValid)
            ModelState.AddModelError("file", "Choose a file that is not empty.");
        if (bytes.Length > 0)
            Pack(bytes);
        if (!ModelState.IsValid)
            return Page();
        Read = EventFile.Read(bytes, answers, clock.GetUtcNow().UtcDateTime);
        WouldBe = await import.LookAsync(Read, order!, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostBringAsync(CancellationToken cancel)
    {
        var (order, answers) = (ReadOrder(), ReadAnswers());
        var bytes = PackedFile.Unpack(Packed, EventFile.MostBytes);
        if (bytes.Length == 0)
            ModelState.AddModelError("file", "Choose the file again.");
        if (!ModelState.IsValid)
            return Page();
        var outcome = await import.BringInAsync(EventFile.Read(bytes, answers, clock.GetUtcNow().UtcDateTime), order!, User, cancel);
        if (outcome.Problems.Count == 0)
        {
            StatusMessage = outcome.InWords();
            return Redirect("/staff/events");
        }
        // What was brought in is there; what was not is said here, and the same file can be sent again.
        Done = outcome;
        Pack(bytes);
        return Page();
    }

    void Pack(byte[] bytes)
    {
        Packed = PackedFile.Pack(bytes);
        ModelState.Remove(nameof(Packed));
    }

    public static string NameOf(ImportState state) =>
        state switch
        {
            ImportState.New => "New",
            ImportState.Changed => "Changed",
            ImportState.Same => "As before",
            ImportState.Kept => "Stays as it is here",
            _ => "Cancelled there",
        };

    /// <summary>When it takes place, as its page will say it.</summary>
    public string When(EventDetails details) =>
        string.Join("; ", ScheduleSummary.Of(details.Schedule, null, clock.GetUtcNow().UtcDateTime, most: 3).Lines());
}
