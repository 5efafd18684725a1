using System.IO.Compression;
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
public sealed class ImportModel(ServiceImport import, TimeProvider clock) : PageModel
{
    public const int MostBytes = 8 * 1024 * 1024,
        MostProblems = 500;
    const int MostInRequest = 12 * 1024 * 1024,
        RowsShown = 3;

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
    public string? Told { get; set; }

    public TableFile? Table { get; private set; }
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public string FirstCells(int column) =>
        string.Join(
            " · ",
            (Table?.Rows.Skip(1).Take(RowsShown) ?? [])
                .Where(r => column < r.Cells.Count && r.Cells[column].Length > 0)
                .Select(r => r.Cells[column])
        );

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
        var bytes = file is { Length: > 0 and <= MostBytes } ? await BytesOf(file, cancel) : Unpacked();
        if (bytes.Length == 0 && ModelState.IsValid)
            ModelState.AddModelError("file", "Choose a file that is not empty.");
        if (ModelState.IsValid)
            WouldBe = await import.LookAsync(await ReadAsync(bytes, source, cancel), source.Source, Order, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostBringAsync(CancellationToken cancel)
    {
        var (source, bytes) = (ReadSource(), Unpacked());
        if (bytes.Length == 0)
            ModelState.AddModelError("file", "Choose the file again.");
        if (!ModelState.IsValid)
            return Page();
        var outcome = await import.BringInAsync(await ReadAsync(bytes, source, cancel), source.Source, Order, _ => { }, cancel);
        if (outcome.Problems.Count == 0)
        {
            Told = InWords(outcome);
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
        Packed = PackedOf(bytes);
        ModelState.Remove(nameof(Packed));
        if (ServiceFile.IsTable(bytes))
        {
            Table = TableFile.Read(bytes);
            var head = Table.Rows.Count > 0 ? Table.Rows[0].Cells : [];
            Columns = Column.Count == head.Count && head.Count > 0 ? [.. Column.Select(c => c ?? "")] : TableListings.Guess(head);
        }
        return await import.PlaceAsync(ServiceFile.Read(bytes, Columns, source, clock.Today()), cancel);
    }

    static async Task<byte[]> BytesOf(IFormFile file, CancellationToken cancel)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancel);
        return memory.ToArray();
    }

    static string PackedOf(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest))
            packing.Write(bytes);
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>It came from a browser: no more is unpacked than could have been packed.</summary>
    byte[] Unpacked()
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var unpacking = new BrotliStream(new MemoryStream(Convert.FromBase64String(Packed ?? "")), CompressionMode.Decompress);
            var buffer = new byte[81920];
            while (unpacking.Read(buffer) is > 0 and var count)
            {
                if (unpacked.Length + count > MostBytes)
                    return [];
                unpacked.Write(buffer, 0, count);
            }
            return unpacked.ToArray();
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException or InvalidOperationException)
        {
            return [];
        }
    }
}
