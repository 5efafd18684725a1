using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// Changes a file and its history together: history first, then the file, so that nothing that was ever public is
/// missing from the history and no crash loses a text.
/// </summary>
sealed class RevisionWriter(SiteStore store, PageLibrary library, PageHistory history, PageDrafts drafts, ILogger<RevisionWriter> log)
{
    /// <summary>The history and the working copy take the text before the file does.</summary>
    public Task<Guid> BeginAsync(
        EditedText typed,
        ContentText? there,
        Author who,
        string? note,
        Publication publication,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                var revision = await history.RowAsync(
                    db,
                    typed,
                    new(typed.Text, ContentHash.Of(typed.Text)),
                    who,
                    note,
                    publication,
                    RevisionState.UnderWay,
                    cancel
                );
                db.Set<PageRevision>().Add(revision);
                if (who.StaffId is { } staff && publication is { Origin: RevisionOrigin.Editor, Act: null })
                    await drafts.PutAsync(db, typed, there, staff, who.Name, cancel);
                return revision.Id;
            },
            cancel
        );

    /// <summary>The history takes a removal before the file goes.</summary>
    public Task<Guid> BeginRemovalAsync(
        string file,
        string seen,
        Author who,
        string? note,
        Publication publication,
        CancellationToken cancel
    ) =>
        store.WriteAsync(
            async db =>
            {
                var row = await history.RowAsync(db, new(file, seen, ""), null, who, note, publication, RevisionState.UnderWay, cancel);
                db.Set<PageRevision>().Add(row);
                return row.Id;
            },
            cancel
        );

    /// <summary>Changes the file for a revision that the history has taken already.</summary>
    /// <returns>False when somebody else was quicker: nothing was changed.</returns>
    public async Task<bool> ChangeAsync(string file, Guid revision, Func<WriteResult> change, CancellationToken cancel)
    {
        try
        {
            if (change() == WriteResult.Overtaken)
            {
                await history.ForgetAsync(revision, cancel);
                return false;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await history.ForgetAsync(revision, cancel);
            throw;
        }
        library.Refresh(openAll: false);
        try
        {
            await history.FinishAsync(revision, CancellationToken.None);
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            // Readers have it: that is true, whatever the store says. Whoever opens the file next finishes the entry.
            log.LogError(problem, "The history of {File} could not be finished yet", file);
        }
        return true;
    }

    /// <summary>Readers have this text already: whoever waits for it waits no longer.</summary>
    public async Task<PublishResult> CloseUnchangedDraftAsync(EditedText typed, Author who, ContentText there, CancellationToken cancel)
    {
        await store.WriteAsync(
            db =>
                db.Set<PageDraft>()
                    .Where(d =>
                        d.File == typed.File
                        && d.SetAsideAt == null
                        && d.Text == there.Text
                        && (d.StaffId == who.StaffId || d.AskedAt != null)
                    )
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
        return new(PublishStatus.NothingChanged, there.Text, there.Hash);
    }
}
