using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Every text that a file had, and what differs between any two of them.</summary>
sealed class HistoryModel(SiteDb db, PageEditor editor) : PageModel
{
    const int Most = 200;

    [BindProperty(Name = "file", SupportsGet = true)]
    public string Named { get; set; } = "";

    public IReadOnlyList<Entry> Entries { get; private set; } = [];
    public Entry? From { get; private set; }
    public Entry? To { get; private set; }
    public IReadOnlyList<TextPiece>? Difference { get; private set; }
    public bool Gone => Entries is [{ Removed: true }, ..];

    public async Task<IActionResult> OnGetAsync(Guid? from, Guid? to, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(Named))
            return NotFound();
        try
        {
            await editor.OpenAsync(Named, cancel);
        }
        catch (IOException)
        {
            // What cannot be read now may have been readable before.
        }
        Entries = await db.Set<PageRevision>()
            .Where(r => r.File == Named)
            .OrderByDescending(r => r.At)
            .Take(Most)
            .Select(r => new Entry(
                r.Id,
                r.At,
                r.Who,
                r.Note,
                r.Origin,
                r.State,
                r.Text == null,
                r.ContinuedBy,
                r.Act,
                r.Author,
                r.AuthorNote
            ))
            .ToListAsync(cancel);
        if (Entries.Count == 0)
            return NotFound();
        // Without a choice: what the newest change did.
        To = Entries.FirstOrDefault(e => e.Id == to) ?? Entries[0];
        From = Entries.FirstOrDefault(e => e.Id == from) ?? Entries.SkipWhile(e => e.Id != To.Id).Skip(1).FirstOrDefault();
        Difference = TextDifference.Between(await TextAsync(From, cancel), await TextAsync(To, cancel));
        return Page();
    }

    async Task<string> TextAsync(Entry? entry, CancellationToken cancel) =>
        entry is null
            ? ""
            : LineEnds.Plain(await db.Set<PageRevision>().Where(r => r.Id == entry.Id).Select(r => r.Text).SingleAsync(cancel) ?? "");

    public sealed record Entry(
        Guid Id,
        DateTime At,
        string Who,
        string? Note,
        RevisionOrigin Origin,
        RevisionState State,
        bool Removed,
        Guid? ContinuedBy,
        Guid? Act,
        string? Author,
        string? AuthorNote
    )
    {
        public string How =>
            (State, Removed, Origin) switch
            {
                (RevisionState.Interrupted, _, _) => "The save was interrupted",
                (RevisionState.UnderWay, _, _) => "Being saved",
                (_, true, _) => "Removed",
                (_, _, RevisionOrigin.Undo) => "Taken back",
                (_, _, RevisionOrigin.Outside) => "Changed outside the editor",
                (_, _, RevisionOrigin.Plan) => "Planned change",
                _ => "Published",
            };
    }
}
