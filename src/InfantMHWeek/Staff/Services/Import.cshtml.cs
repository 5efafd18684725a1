using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Importing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Services;

/// <summary>
/// A source's list of services: first what would happen, with each record that cannot be used, then it is brought in. The file goes
/// along with the page in between, so that it lies nowhere.
/// </summary>
[FormPage, RequestSizeLimit(MostInRequest), RequestFormLimits(MultipartBodyLengthLimit = MostInRequest, ValueLengthLimit = MostInRequest)]
sealed class ImportModel(ServiceImport import, ListingPlaces places, TimeProvider clock) : PageModel
{
    public const int MostBytes = 8 * 1024 * 1024,
        MostProblems = 500;
    const int MostInRequest = 64 * 1024 * 1024;

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Licence { get; set; }

    [BindProperty]
    public string? Attribution { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Needs { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> For { get; set; } = [];

    /// <summary>What each column of a table is.</summary>
    [BindProperty]
    public IReadOnlyList<string?> Column { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Also { get; set; } = [];

    /// <summary>The file, packed.</summary>
    [BindProperty]
    public string? Packed { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public TableColumns? Columns { get; private set; }
    public ImportOutcome? WouldBe { get; private set; }
    public ImportOutcome? Done { get; private set; }

    public static IEnumerable<Choice> Ticks =>
        [
            new("show", "Show them on the website at once", "Otherwise each waits for somebody’s approval."),
            new("part", "This is only a part of what the source has", "Otherwise what is missing in it is marked as gone at the source."),
        ];

    public void OnGet() { }

    /// <summary>What would happen: nothing is stored.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        var source = ReadSource();
        if (file is not null && file.Length > MostBytes)
            ModelState.AddModelError(
                "file",
                $"This file has more than {MostBytes / 1024 / 1024} MB. Split it, or use the command “services import”."
            );
        var bytes = file is { Length: > 0 and <= MostBytes }
            ? await PackedFile.ReadAsync(file, cancel)
            : PackedFile.Unpack(Packed, MostBytes);
        if (bytes.Length == 0 && ModelState.IsValid)
            ModelState.AddModelError("file", "Choose a file that is not empty.");
        if (ModelState.IsValid)
            WouldBe = await import.LookAsync(await ReadAsync(bytes, source, cancel), source.Source, Order, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostBringAsync(CancellationToken cancel)
    {
        var (source, bytes) = (ReadSource(), PackedFile.Unpack(Packed, MostBytes));
        if (bytes.Length == 0)
            ModelState.AddModelError("file", "Choose the file again.");
        if (!ModelState.IsValid)
            return Page();
        var outcome = await import.BringInAsync(await ReadAsync(bytes, source, cancel), source.Source, Order, _ => { }, cancel);
        if (outcome.Problems.Count == 0)
        {
            StatusMessage = InWords(outcome);
            return Redirect("/staff/services");
        }
        Done = outcome;
        return Page();
    }

    /// <summary>What was brought in, in a line.</summary>
    public static string InWords(ImportOutcome outcome) =>
        $"{outcome.New} new, {outcome.Changed} changed, {outcome.Same} as before."
        + (outcome.Waiting > 0 ? $" {outcome.Waiting} changes wait for a person, because they were put right here or ask for money." : "")
        + (outcome.Kept > 0 ? $" {outcome.Kept} stay as they are here." : "")
        + (outcome.Gone > 0 ? $" {outcome.Gone} are no longer at the source." : "");

    ImportOrder Order => new(User, Also.Contains("show", StringComparer.Ordinal), Also.Contains("part", StringComparer.Ordinal));

    ImportSource ReadSource() =>
        new(
            ModelState.Line(nameof(Source), Source, FamilyService.MaxSource, "Enter the name of the source, as readers will see it.") ?? "",
            ModelState.Line(nameof(Licence), Licence, FamilyService.MaxSource, missing: null) is { Length: > 0 } licence ? licence : null,
            ModelState.Line(nameof(Attribution), Attribution, ServiceOrigin.MaxAttribution, missing: null) ?? "",
            new()
            {
                Needs = ServiceLabels
                    .Needs.Where(n => Needs.Contains(n.Slug, StringComparer.Ordinal))
                    .Aggregate(Need.None, (a, n) => a | n.Value),
                Audience = ServiceLabels
                    .Audiences.Where(a => For.Contains(a.Slug, StringComparer.Ordinal))
                    .Aggregate(ServiceAudience.None, (a, n) => a | n.Value),
            }
        );

    async Task<SourceRecords> ReadAsync(byte[] bytes, ImportSource source, CancellationToken cancel)
    {
        Packed = PackedFile.Pack(bytes);
        ModelState.Remove(nameof(Packed));
        if (!ServiceFile.IsTable(bytes))
            return await places.FindAsync(ServiceFile.Read(bytes, null, source, clock.Today()), cancel);
        Columns = TableColumns.Of(TableFile.Read(bytes), TableListings.Columns, Column);
        return await places.FindAsync(TableListings.Read(Columns, source, clock.Today()), cancel);
    }
}
