using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// Brings into the history what was done to files outside the editor. Whoever calls holds the writer's turn, so that the
/// file does not change between looking and writing down.
/// </summary>
sealed class OutsideEdits(SiteDb db, SiteStore store, PageLibrary library, ContentWriter files, PageHistory history, PageDrafts drafts)
{
    const string FirstNote = "As it was when the history began";

    /// <summary>Joins an edit from outside to the history: what is at the disk and not the newest there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ContentText?> NoticeAsync(string file, CancellationToken cancel)
    {
        var there = files.Read(file);
        var newest = await db.Set<PageRevision>().PublishedOf(file).Select(r => r.Hash).FirstOrDefaultAsync(cancel);
        if ((there?.Hash ?? "") != (newest ?? ""))
            await store.WriteAsync(db => JoinAsync(db, file, there, cancel), cancel);
        return there;
    }

    /// <summary>Looks at every file whose text is not the newest of its history.</summary>
    public async Task RecordExternalEditsAsync(CancellationToken cancel)
    {
        const int AtOnce = 100;
        var texts = await db.Set<PageRevision>()
            .Where(r => r.State == RevisionState.Published)
            .Where(r =>
                !db.Set<PageRevision>().Any(later => later.File == r.File && later.State == RevisionState.Published && later.At > r.At)
            )
            .OrderByDescending(r => r.Id)
            .Select(r => new { r.File, r.Hash })
            .ToListAsync(cancel);
        // Two in one moment: programs that share a store but not, as they should, the folder's door.
        var newest = texts.DistinctBy(r => r.File, StringComparer.Ordinal).ToDictionary(r => r.File, r => r.Hash, StringComparer.Ordinal);
        var there = library.Contents.Files;
        var changed = there
            .Values.Where(f => f.Text is not null && newest.GetValueOrDefault(f.Name) != f.Hash)
            .Select(f => f.Name)
            .Concat(newest.Where(n => n.Value.Length > 0 && !there.ContainsKey(n.Key)).Select(n => n.Key))
            .Where(ContentWriter.IsName);
        foreach (var some in changed.Chunk(AtOnce))
        {
            var read = some.Select(Read).OfType<(string File, ContentText? Text)>().ToList();
            await store.WriteAsync(
                async db =>
                {
                    var known = await db.Set<PageRevision>()
                        .Where(r => some.Contains(r.File))
                        .Select(r => r.File)
                        .Distinct()
                        .ToListAsync(cancel);
                    foreach (var (file, text) in read)
                    {
                        if (known.Contains(file, StringComparer.Ordinal))
                            await JoinAsync(db, file, text, cancel);
                        else if (text is not null)
                            await BeginAsync(db, file, text, cancel);
                    }
                },
                cancel
            );
        }
    }

    /// <returns>Null when it is not to be read just now; the next round looks again.</returns>
    (string File, ContentText? Text)? Read(string file)
    {
        try
        {
            return (file, files.Read(file));
        }
        catch (IOException)
        {
            return null;
        }
    }

    async Task JoinAsync(SiteDb db, string file, ContentText? there, CancellationToken cancel)
    {
        var (newest, hash) = (
            await db.Set<PageRevision>().PublishedOf(file).Select(r => r.Hash).FirstOrDefaultAsync(cancel),
            there?.Hash ?? ""
        );
        if (hash == (newest ?? ""))
            return;
        // Ours, and only the last word of it is missing: the store went away, or the process ended, after the file was changed.
        if (
            await db.Set<PageRevision>()
                .Where(r => r.File == file && r.State == RevisionState.UnderWay && r.Hash == hash)
                .OrderByDescending(r => r.At)
                .FirstOrDefaultAsync(cancel) is
            { } ours
        )
        {
            await history.MarkPublishedAsync(db, ours, cancel);
            return;
        }
        var outside = await history.RowAsync(
            db,
            new(file, null, there?.Text ?? ""),
            there,
            Author.Outside,
            newest is null ? FirstNote : null,
            new(RevisionOrigin.Outside),
            RevisionState.Published,
            cancel
        );
        db.Set<PageRevision>().Add(outside);
        await drafts.EndAsync(db, outside, cancel);
    }

    /// <summary>The first text of a file of which nothing is known: at a first start that is every file.</summary>
    async Task BeginAsync(SiteDb db, string file, ContentText there, CancellationToken cancel)
    {
        var first = history.Row(
            new(file, null, there.Text),
            there,
            Author.Outside,
            FirstNote,
            new(RevisionOrigin.Outside),
            RevisionState.Published,
            last: null
        );
        db.Set<PageRevision>().Add(first);
        await drafts.EndAsync(db, first, cancel);
    }
}
