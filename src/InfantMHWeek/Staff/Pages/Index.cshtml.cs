using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Every file of the content folder, by folder, with what to know before opening it.</summary>
sealed class IndexModel(SiteDb db, PageLibrary library, PagePresence presence, TimeProvider clock) : PageModel
{
    const int Most = 500;

    public IReadOnlyList<IGrouping<string, Row>> Folders { get; private set; } = [];
    public IReadOnlyList<string> Gone { get; private set; } = [];
    public int Hidden { get; private set; }
    public string Find { get; private set; } = "";
    public string? StatusMessage { get; private set; }

    public async Task OnGetAsync(string? find, string? said, CancellationToken cancel)
    {
        StatusMessage = said switch
        {
            "aside" => "The draft is put aside. You find it at its page for 90 days.",
            "sent-back" => "Sent back. The author sees your word on their first page and at the text.",
            "settled" => "This text waits no longer: it was published, taken back or sent back before you pressed.",
            _ => null,
        };
        Find = find?.Trim() ?? "";
        var (contents, now) = (library.Contents, clock.GetUtcNow().UtcDateTime);
        var (last, drafts, plans) = (await LastChangesAsync(cancel), await DraftsAsync(cancel), await PlannedFilesAsync(cancel));
        var faults = library.Faults.ToLookup(f => f.File, StringComparer.Ordinal);
        var files = contents
            .Files.Keys.Concat(drafts.Select(d => d.Key))
            .Distinct(StringComparer.Ordinal)
            .Where(f =>
                Find.Length == 0
                || f.Contains(Find, StringComparison.OrdinalIgnoreCase)
                || TitleOf(contents, f).Contains(Find, StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.Ordinal)
            .ToList();
        Hidden = Math.Max(0, files.Count - Most);
        Folders = InFolders(
            files
                .Take(Most)
                .Select(file => new Row(
                    file,
                    TitleOf(contents, file),
                    FileState.Of(contents, file, now),
                    plans.Contains(file),
                    faults[library.Folder.NameOf(file)].Count(),
                    [.. drafts[file]],
                    last.TryGetValue(file, out var change) ? (change.Who, change.At) : null,
                    [.. presence.Others(file, Guid.Empty).Select(o => o.Name)]
                ))
        );
        Gone = [.. last.Values.Where(r => r.Gone && !contents.Files.ContainsKey(r.File)).Select(r => r.File).Order(StringComparer.Ordinal)];
    }

    sealed record LastChange(string File, string Who, DateTime At, bool Gone);

    Task<Dictionary<string, LastChange>> LastChangesAsync(CancellationToken cancel) =>
        db.Set<PageRevision>()
            .Where(r =>
                r.State == RevisionState.Published
                && !db.Set<PageRevision>().Any(l => l.File == r.File && l.State == RevisionState.Published && l.At > r.At)
            )
            .Select(r => new LastChange(r.File, r.Who, r.At, r.Hash == ""))
            .ToDictionaryAsync(r => r.File, StringComparer.Ordinal, cancel);

    /// <summary>Who writes in which file, in words.</summary>
    async Task<ILookup<string, string>> DraftsAsync(CancellationToken cancel)
    {
        var drafts = await db.Set<PageDraft>()
            .Where(d => d.SetAsideAt == null)
            .Select(d => new
            {
                d.File,
                d.Who,
                Asked = d.AskedAt != null,
            })
            .ToListAsync(cancel);
        return drafts.ToLookup(
            d => d.File,
            d => d.Asked ? $"{d.Who} asks for it to be published" : $"Draft by {d.Who}",
            StringComparer.Ordinal
        );
    }

    async Task<HashSet<string>> PlannedFilesAsync(CancellationToken cancel) =>
        (await db.Set<PlannedChange>().Where(p => p.State == PlanState.Waiting).Select(p => p.File).ToListAsync(cancel)).ToHashSet(
            StringComparer.Ordinal
        );

    /// <summary>Pages first, then mails, then registers.</summary>
    static IReadOnlyList<IGrouping<string, Row>> InFolders(IEnumerable<Row> rows) =>
        [
            .. rows.GroupBy(r => r.Folder, StringComparer.Ordinal)
                .OrderBy(g =>
                    g.Key switch
                    {
                        "registers" => 2,
                        "emails" => 1,
                        _ => 0,
                    }
                )
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];

    static string TitleOf(LibraryContents contents, string file) => contents.States.GetValueOrDefault(file)?.Shown?.Title ?? file;

    public sealed record Row(
        string File,
        string Title,
        string State,
        bool Planned,
        int Faults,
        IReadOnlyList<string> Drafts,
        (string Who, DateTime At)? Last,
        IReadOnlyList<string> Open
    )
    {
        public string Folder =>
            File.EndsWith(".yml", StringComparison.Ordinal) ? "registers"
            : File.LastIndexOf('/') is > 0 and var slash ? File[..slash]
            : "";
        public bool Editable => ContentWriter.IsName(File);
    }
}
