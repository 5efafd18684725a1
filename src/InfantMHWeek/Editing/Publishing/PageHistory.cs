using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// Every text that a file had, also those that came from outside the editor. Whoever calls holds the writer's turn, so
/// that the file does not change between looking and writing down.
/// </summary>
sealed class PageHistory(SiteDb db, SiteStore store, PageLibrary library, ContentWriter files, PageDrafts drafts, TimeProvider clock)
{
    const string FirstNote = "As it was when the history began";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

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
            await MarkPublishedAsync(db, ours, cancel);
            return;
        }
        var outside = await RowAsync(
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
        var first = Row(
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

    /// <summary>A text for the history; the caller adds it.</summary>
    public async Task<PageRevision> RowAsync(
        SiteDb db,
        EditedText typed,
        ContentText? text,
        Author who,
        string? note,
        Publication publication,
        RevisionState state,
        CancellationToken cancel
    )
    {
        // The order of a file's texts is the order of their moments, also when two are made in one tick or the clock is set back.
        var last = await db.Set<PageRevision>().Where(r => r.File == typed.File).MaxAsync(r => (DateTime?)r.At, cancel);
        return Row(typed, text, who, note, publication, state, last);
    }

    PageRevision Row(
        EditedText typed,
        ContentText? text,
        Author who,
        string? note,
        Publication publication,
        RevisionState state,
        DateTime? last
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            File = typed.File,
            Text = text?.Text,
            Hash = text?.Hash ?? "",
            At = last >= Now ? last.Value.AddMilliseconds(1) : Now,
            StaffId = who.StaffId,
            Who = who.Name,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            Origin = publication.Origin,
            State = state,
            Act = publication.Act,
            Plan = publication.Plan,
            OfDraft = typed.Review?.Draft,
            OfStamp = typed.Review?.Stamp ?? 0,
        };

    /// <summary>The file was changed: from now on the text counts as published.</summary>
    public Task FinishAsync(Guid revision, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (
                    await db.Set<PageRevision>().FirstOrDefaultAsync(r => r.Id == revision && r.State != RevisionState.Published, cancel) is
                    { } ours
                )
                    await MarkPublishedAsync(db, ours, cancel);
            },
            cancel
        );

    async Task MarkPublishedAsync(SiteDb db, PageRevision revision, CancellationToken cancel)
    {
        revision.State = RevisionState.Published;
        db.Set<AuditEntry>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    At = Now,
                    StaffId = revision.StaffId,
                    Who = revision.Who,
                    About = revision.File,
                    What =
                        revision.Origin == RevisionOrigin.Undo ? "undid a change"
                        : revision.Text is null ? "removed page"
                        : revision.Origin == RevisionOrigin.Plan ? "planned change published"
                        : "published page",
                }
            );
        var since = revision.At - PageRevision.SameSitting;
        if (revision.StaffId is { } staff && revision is { Origin: RevisionOrigin.Editor, Text: not null })
        {
            var before = await db.Set<PageRevision>().PublishedOf(revision.File).FirstOrDefaultAsync(r => r.Id != revision.Id, cancel);
            if (
                before is { Text: not null, Note: null, Origin: RevisionOrigin.Editor, Act: null, AuthorId: null }
                && before.StaffId == staff
                && before.At >= since
            )
                before.ContinuedBy = revision.Id;
        }
        if (revision.Plan is { } plan && await db.Set<PlannedChange>().FirstOrDefaultAsync(p => p.Id == plan, cancel) is { } carriedOut)
            carriedOut.Settle(PlanState.Done, null, Now);
        await drafts.EndAsync(db, revision, cancel);
    }

    /// <summary>The file was certainly not changed: the working copy keeps the text.</summary>
    public Task ForgetAsync(Guid revision, CancellationToken cancel) =>
        store.WriteAsync(
            db => db.Set<PageRevision>().Where(r => r.Id == revision && r.State == RevisionState.UnderWay).ExecuteDeleteAsync(cancel),
            cancel
        );

    /// <summary>Who wrote what readers see now.</summary>
    public Task<string?> LastNameAsync(string file, CancellationToken cancel) =>
        db.Set<PageRevision>().PublishedOf(file).Select(r => r.Who).FirstOrDefaultAsync(cancel);
}
