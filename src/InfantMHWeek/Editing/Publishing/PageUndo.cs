using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>One of the changes that made up an act.</summary>
/// <param name="Text">What the file held after it; null when it was taken away.</param>
/// <param name="Before">What it held before; null when there was no file.</param>
sealed record ActChange(string File, string? Text, string Hash, string? Before, DateTime At, string Who, string? Note);

enum UndoResult
{
    Done,
    NothingLeft,
    Conflict,
    NotWritten,
}

/// <summary>Takes an act back: every file that it changed says again what it said before, with what others wrote since.</summary>
sealed class PageUndo(SiteDb db, PageEditor editor)
{
    /// <summary>The changes of an act in their order.</summary>
    public async Task<IReadOnlyList<ActChange>> ChangesAsync(Guid act, CancellationToken cancel)
    {
        var rows = await db.Set<PageRevision>()
            .Where(r => r.Act == act && r.State == RevisionState.Published)
            .OrderBy(r => r.At)
            .ThenBy(r => r.Id)
            .Select(r => new
            {
                r.File,
                r.Text,
                r.Hash,
                r.At,
                r.Who,
                r.Note,
            })
            .ToListAsync(cancel);
        var changes = new List<ActChange>();
        foreach (var row in rows)
        {
            var before = await db.Set<PageRevision>()
                .PublishedOf(row.File)
                .Where(r => r.At < row.At)
                .Select(r => r.Text)
                .FirstOrDefaultAsync(cancel);
            changes.Add(new(row.File, row.Text, row.Hash, before, row.At, row.Who, row.Note));
        }
        return changes;
    }

    /// <returns>How it went, and the files that others changed in the same place since: then nothing was done.</returns>
    public Task<(UndoResult Answer, Guid Act, IReadOnlyList<string> Files)> UndoAsync(Guid act, Author who, CancellationToken cancel) =>
        editor.InLockAsync<(UndoResult, Guid, IReadOnlyList<string>)>(
            async () =>
            {
                var (changes, fresh) = (await ChangesAsync(act, cancel), Guid.CreateVersion7());
                var steps = new List<(string File, ContentText? There, string? Wanted)>();
                var apart = new List<string>();
                // The last first. A page that was moved and written in since goes back with what was written.
                foreach (var change in changes.Reverse())
                {
                    var there = await editor.OpenAsync(change.File, cancel);
                    var wanted =
                        change.Text is null
                        && change.Before is not null
                        && MovedTo(changes, change) is { } moved
                        && await editor.OpenAsync(moved.File, cancel) is { } now
                            ? now.Text
                            : change.Before;
                    if (there?.Text == wanted)
                        continue;
                    if (change is { File: RedirectLines.File, Text: not null } && there is not null && there.Hash != change.Hash)
                    {
                        if (RedirectLines.TakenBack(there.Text, change.Before ?? "", change.Text) is var ways && ways != there.Text)
                            steps.Add((change.File, there, ways));
                        continue;
                    }
                    if (
                        (there?.Hash ?? "") == change.Hash
                        || (change.Text is not null && change.Before is null && MovedFrom(changes, change))
                    )
                        steps.Add((change.File, there, wanted));
                    else if (
                        there is not null
                        && change.Text is not null
                        && wanted is not null
                        && PageMerge.Merge(change.Text, wanted, there.Text) is { } merged
                    )
                    {
                        if (merged != there.Text)
                            steps.Add((change.File, there, merged));
                    }
                    else
                        apart.Add(change.File);
                }
                if (apart.Count > 0)
                    return (UndoResult.Conflict, act, apart);
                if (steps.Count == 0)
                    return (UndoResult.NothingLeft, act, []);
                foreach (var (file, there, wanted) in steps)
                    if (!await TakeBackAsync(file, there, wanted, who, new(RevisionOrigin.Undo, fresh), cancel))
                        return (UndoResult.NotWritten, fresh, [file]);
                return (UndoResult.Done, fresh, [.. steps.Select(s => s.File)]);
            },
            cancel
        );

    async Task<bool> TakeBackAsync(
        string file,
        ContentText? there,
        string? wanted,
        Author who,
        Publication undo,
        CancellationToken cancel
    ) =>
        wanted is null
            ? there is null || await editor.RemoveAsync(file, there.Hash, who, "Taken back", cancel, undo) == PublishStatus.Published
            : (await editor.PublishAsync(new(file, there?.Hash, wanted), who, "Taken back", cancel, undo)).Done;

    static ActChange? MovedTo(IReadOnlyList<ActChange> changes, ActChange removed) =>
        changes.FirstOrDefault(c => c.Before is null && c.Text is not null && c.Text == removed.Before && c.File != removed.File);

    static bool MovedFrom(IReadOnlyList<ActChange> changes, ActChange made) =>
        changes.Any(c => c.Text is null && c.Before == made.Text && c.File != made.File);
}
