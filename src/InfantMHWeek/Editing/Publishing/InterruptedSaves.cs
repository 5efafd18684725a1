using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// Answers what a killed process left open: was the file changed, or is the text still only here? Called once at the start.
/// </summary>
sealed class InterruptedSaves(
    SiteDb db,
    SiteStore store,
    ContentWriter files,
    PageHistory history,
    OutsideEdits outside,
    ILogger<InterruptedSaves> log
)
{
    public async Task RecoverAsync(CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        await KeepLeftBehindAsync(cancel);
        var begun = await db.Set<PageRevision>()
            .Where(r => r.State == RevisionState.UnderWay)
            .OrderBy(r => r.At)
            .Select(r => new
            {
                r.Id,
                r.File,
                r.Hash,
            })
            .ToListAsync(cancel);
        foreach (var one in begun)
            if ((files.Read(one.File)?.Hash ?? "") == one.Hash)
                await history.FinishAsync(one.Id, cancel);
            else
                await InterruptAsync(one.Id, cancel);
        await outside.RecordExternalEditsAsync(cancel);
    }

    /// <summary>
    /// Texts that lie beside their file join the history, so that nothing typed is lost. What is no text is deleted only where it is known
    /// to be half of one that we have whole.
    /// </summary>
    async Task KeepLeftBehindAsync(CancellationToken cancel)
    {
        foreach (var left in files.LeftBehind())
        {
            if (left.Text is { } text)
                await KeepAsync(left.File, text, cancel);
            else if (!await IsHalfOfKnownAsync(left, cancel))
            {
                log.LogWarning("{Path} was left by an interrupted save and is no text: nothing is done with it", left.Path);
                continue;
            }
            File.Delete(left.Path);
        }
    }

    Task KeepAsync(string file, ContentText text, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (await db.Set<PageRevision>().AnyAsync(r => r.File == file && r.Hash == text.Hash, cancel))
                    return;
                var row = await history.RowAsync(
                    db,
                    new(file, null, text.Text),
                    text,
                    Author.Outside,
                    "Found after a save was interrupted",
                    new(RevisionOrigin.Outside),
                    RevisionState.Interrupted,
                    cancel
                );
                db.Set<PageRevision>().Add(row);
            },
            cancel
        );

    /// <summary>A revision is written before its file: if this is how one of those begins, all of it is kept there.</summary>
    async Task<bool> IsHalfOfKnownAsync(UnfinishedWrite left, CancellationToken cancel)
    {
        var begun = await db.Set<PageRevision>()
            .Where(r => r.File == left.File && r.State == RevisionState.UnderWay && r.Text != null)
            .Select(r => r.Text!)
            .ToListAsync(cancel);
        return begun.Exists(whole => ContentText.Utf8.GetBytes(whole).AsSpan().StartsWith(left.Bytes));
    }

    Task<int> InterruptAsync(Guid revision, CancellationToken cancel) =>
        store.WriteAsync(
            db =>
                db.Set<PageRevision>()
                    .Where(r => r.Id == revision && r.State == RevisionState.UnderWay)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RevisionState.Interrupted), cancel),
            cancel
        );
}
