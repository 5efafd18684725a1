using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>
/// Every text that a file had, also those that came from outside the editor. Whoever calls holds the writer's turn, so
/// that the file does not change between looking and writing down.
/// </summary>
public sealed class PageHistory(SiteDb db, PageLibrary library, ContentWriter files, PageDrafts drafts, TimeProvider clock)
{
    const string FirstNote = "As it was when the history began";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Joins an edit from outside to the history: what is at the disk and not the newest there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ContentText?> NoticeAsync(string file, CancellationToken cancel)
    {
        var newest = await db.Set<PageRevision>().PublishedOf(file).Select(r => r.Hash).FirstOrDefaultAsync(cancel);
        var there = files.Read(file);
        if ((there?.Hash ?? "") == (newest ?? "")) return there;
        db.Set<PageRevision>().Add(await RowAsync(file, there, Author.Outside, newest is null ? FirstNote : null, RevisionOrigin.Outside, RevisionState.Published, cancel));
        await db.SaveChangesAsync(cancel);
        return there;
    }

    /// <summary>Looks at every file whose text is not the newest of its history.</summary>
    public async Task NoticeAllAsync(CancellationToken cancel)
    {
        const int AtOnce = 500;
        var texts = await db.Set<PageRevision>().Where(r => r.State == RevisionState.Published)
            .Where(r => !db.Set<PageRevision>().Any(later => later.File == r.File && later.State == RevisionState.Published && later.At > r.At))
            .OrderByDescending(r => r.Id).Select(r => new { r.File, r.Hash }).ToListAsync(cancel);
        // Two in one moment: programs that share a store but not, as they should, the folder's door.
        var newest = texts.DistinctBy(r => r.File, StringComparer.Ordinal).ToDictionary(r => r.File, r => r.Hash, StringComparer.Ordinal);
        var there = library.Contents.Files;
        var changed = there.Values.Where(f => f.Text is not null && newest.GetValueOrDefault(f.Name) != f.Hash).Select(f => f.Name)
            .Concat(newest.Where(n => n.Value.Length > 0 && !there.ContainsKey(n.Key)).Select(n => n.Key)).Where(ContentWriter.IsName);
        foreach (var some in changed.Chunk(AtOnce))
        {
            foreach (var file in some)
            {
                try
                {
                    var text = files.Read(file);
                    if ((text?.Hash ?? "") == newest.GetValueOrDefault(file, "")) continue;
                    db.Set<PageRevision>().Add(await RowAsync(file, text, Author.Outside, newest.ContainsKey(file) ? null : FirstNote, RevisionOrigin.Outside, RevisionState.Published, cancel));
                }
                catch (IOException)
                {
                    // Not to be read just now; the next round looks again.
                }
            }
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>A text for the history; the caller adds it.</summary>
    public async Task<PageRevision> RowAsync(string file, ContentText? text, Author who, string? note, RevisionOrigin origin, RevisionState state, CancellationToken cancel)
    {
        // The order of a file's texts is the order of their moments, also when two are made in one tick or the clock is set back.
        var last = await db.Set<PageRevision>().Where(r => r.File == file).MaxAsync(r => (DateTime?)r.At, cancel);
        var at = last >= Now ? last.Value.AddMilliseconds(1) : Now;
        return new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            File = file,
            Text = text?.Text,
            Hash = text?.Hash ?? "",
            At = at,
            StaffId = who.StaffId,
            Who = who.Name,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            Origin = origin,
            State = state,
        };
    }

    /// <summary>The file was changed: from now on the text counts as published.</summary>
    public async Task FinishAsync(PageRevision revision, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        revision.State = RevisionState.Published;
        db.Set<AuditEntry>().Add(new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            At = Now,
            StaffId = revision.StaffId,
            Who = revision.Who,
            About = revision.File,
            What = revision.Text is null ? "removed page" : revision.Origin == RevisionOrigin.Plan ? "planned change published" : "published page",
        });
        var since = revision.At - PageRevision.SameSitting;
        if (revision.StaffId is { } staff)
        {
            var before = await db.Set<PageRevision>().PublishedOf(revision.File).FirstOrDefaultAsync(r => r.Id != revision.Id, cancel);
            if (before is { Text: not null, Note: null, Origin: RevisionOrigin.Editor } && revision.Origin == RevisionOrigin.Editor && revision.Text is not null && before.StaffId == staff && before.At >= since) before.ContinuedBy = revision.Id;
            if (revision.Text is { } text) await drafts.DropAsync(revision.File, staff, text, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>The file was certainly not changed: the working copy keeps the text.</summary>
    public async Task ForgetAsync(PageRevision revision, CancellationToken cancel)
    {
        db.Set<PageRevision>().Remove(revision);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Who wrote what readers see now.</summary>
    public Task<string?> LastNameAsync(string file, CancellationToken cancel) =>
        db.Set<PageRevision>().PublishedOf(file).Select(r => r.Who).FirstOrDefaultAsync(cancel);
}
