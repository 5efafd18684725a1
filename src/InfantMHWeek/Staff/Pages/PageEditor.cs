using System.Data.Common;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Who writes; no id when it was the site itself or somebody at the disk.</summary>
public sealed record Author(Guid? StaffId, string Name)
{
    public static readonly Author Outside = new(null, "Somebody outside the editor");
}

/// <summary>What a person typed, and what they began from.</summary>
/// <param name="Opened">The hash of the file they opened; null for a page that is new. Never asked for anew when they save.</param>
/// <param name="DraftStamp">The working copy that they began from; 0 for none.</param>
public sealed record Typed(string File, string? Opened, string Text, int DraftStamp = 0);

public enum PublishAnswer
{
    Published,
    NothingChanged,

    /// <summary>The file was changed elsewhere meanwhile; both changes are in the text, and nothing is published before a person has seen it.</summary>
    Merged,

    /// <summary>The file was changed meanwhile in the same place.</summary>
    Conflict,

    /// <summary>The checks found errors.</summary>
    Faulty,

    /// <summary>The disk or the database would not take it.</summary>
    NotWritten,
    BadName,
}

/// <param name="Text">What the form goes on with: as typed, or merged.</param>
/// <param name="Hash">What the form has seen now.</param>
/// <param name="Theirs">The other text, when there is one, and who wrote it.</param>
public sealed record PublishOutcome(PublishAnswer Answer, string Text, string? Hash, string? Theirs = null, string? TheirName = null, IReadOnlyList<Fault>? Faults = null, int DraftStamp = 0);

/// <summary>
/// Makes typed texts public, one at a time: history first, then the file, so that nothing that was ever public is
/// missing from the history and no crash loses a text.
/// </summary>
public sealed class PageEditor(SiteDb db, PageLibrary library, ContentWriter files, TimeProvider clock)
{
    const int MostOvertakes = 8;
    const string FirstNote = "As it was when the history began";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The file as it is now; whatever was done to it outside joins the history.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ContentText?> OpenAsync(string file, CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        return await NoticeAsync(file, cancel);
    }

    public async Task<PublishOutcome> PublishAsync(Typed typed, Author who, string? note, CancellationToken cancel, RevisionOrigin origin = RevisionOrigin.Editor)
    {
        if (!ContentWriter.IsName(typed.File)) return new(PublishAnswer.BadName, typed.Text, typed.Opened);
        using var turn = await files.EnterAsync(cancel);
        try
        {
            for (var tries = 0; tries < MostOvertakes; tries++)
                if (await TryPublishAsync(typed, who, note, origin, cancel) is { } outcome) return outcome;
            return new(PublishAnswer.NotWritten, typed.Text, typed.Opened);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new(PublishAnswer.NotWritten, typed.Text, typed.Opened, DraftStamp: typed.DraftStamp);
        }
    }

    /// <returns>Null when somebody saved in the same moment: look again.</returns>
    async Task<PublishOutcome?> TryPublishAsync(Typed typed, Author who, string? note, RevisionOrigin origin, CancellationToken cancel)
    {
        var there = await NoticeAsync(typed.File, cancel);
        var from = typed.Opened is null ? null : typed.Opened == there?.Hash ? there.Text : await TextOfAsync(typed.File, typed.Opened, cancel);
        var text = LineEnds.Restore(typed.Text, from ?? there?.Text);
        if (there?.Text == text) return await NothingToDoAsync(typed, who, there, cancel);
        if (there?.Hash != typed.Opened)
        {
            var merged = from is null || there is null ? null : PageMerge.Merge(from, text, there.Text);
            var name = await LastNameAsync(typed.File, cancel);
            if (merged is null) return new(PublishAnswer.Conflict, text, there?.Hash, there?.Text, name, DraftStamp: typed.DraftStamp);
            if (origin != RevisionOrigin.Plan) return new(PublishAnswer.Merged, merged, there!.Hash, there.Text, name, DraftStamp: typed.DraftStamp);
            text = merged;
        }
        var faults = ContentChecker.CheckOne(library, LibraryContents.FileOf(typed.File, text), clock.Today());
        if (text.Length > ContentFolder.MaxFileBytes || System.Text.Encoding.UTF8.GetByteCount(text) > ContentFolder.MaxFileBytes) faults = [TooLong(typed.File)];
        if (faults.Any(Blocks)) return new(PublishAnswer.Faulty, text, typed.Opened, Faults: faults, DraftStamp: typed.DraftStamp);

        var revision = await BeginAsync(typed with { Text = text }, there, who, note, origin, cancel);
        try
        {
            if (files.Write(typed.File, there?.Hash, text) == WriteAnswer.Overtaken)
            {
                await ForgetAsync(revision, cancel);
                return null;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await ForgetAsync(revision, cancel);
            throw;
        }
        library.Refresh(openAll: false);
        await FinishAsync(revision, CancellationToken.None);
        return new(PublishAnswer.Published, text, revision.Hash, Faults: faults);
    }

    /// <summary>Takes a page away. Its text stays in the history and can be brought back.</summary>
    public async Task<PublishAnswer> RemoveAsync(string file, string seen, Author who, string? note, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(file)) return PublishAnswer.BadName;
        using var turn = await files.EnterAsync(cancel);
        try
        {
            if (await NoticeAsync(file, cancel) is not { } there || there.Hash != seen) return PublishAnswer.Conflict;
            var revision = await RowAsync(file, null, who, note, RevisionOrigin.Editor, RevisionState.UnderWay, cancel);
            db.Set<PageRevision>().Add(revision);
            await db.SaveChangesAsync(cancel);
            if (files.Remove(file, seen) == WriteAnswer.Overtaken)
            {
                await ForgetAsync(revision, cancel);
                return PublishAnswer.Conflict;
            }
            library.Refresh(openAll: false);
            await FinishAsync(revision, CancellationToken.None);
            return PublishAnswer.Published;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return PublishAnswer.NotWritten;
        }
    }

    /// <summary>Answers what a killed process left open: was the file changed, or is the text still only here? Called once at the start.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        foreach (var (file, text, path) in files.LeftBehind())
        {
            if (!await db.Set<PageRevision>().AnyAsync(r => r.File == file && r.Hash == text.Hash, cancel))
            {
                db.Set<PageRevision>().Add(await RowAsync(file, text, Author.Outside, "Found after a save was interrupted", RevisionOrigin.Outside, RevisionState.Interrupted, cancel));
                await db.SaveChangesAsync(cancel);
            }
            File.Delete(path);
        }
        foreach (var open in await db.Set<PageRevision>().Where(r => r.State == RevisionState.UnderWay).OrderBy(r => r.At).ToListAsync(cancel))
        {
            if ((files.Read(open.File)?.Hash ?? "") == open.Hash) await FinishAsync(open, cancel);
            else
            {
                open.State = RevisionState.Interrupted;
                await db.SaveChangesAsync(cancel);
            }
        }
        await NoticeAllInTurnAsync(cancel);
    }

    /// <summary>Joins an edit from outside to the history: what is at the disk and not the newest there.</summary>
    async Task<ContentText?> NoticeAsync(string file, CancellationToken cancel)
    {
        var newest = await Published(file).Select(r => r.Hash).FirstOrDefaultAsync(cancel);
        var there = files.Read(file);
        if ((there?.Hash ?? "") == (newest ?? "")) return there;
        db.Set<PageRevision>().Add(await RowAsync(file, there, Author.Outside, newest is null ? FirstNote : null, RevisionOrigin.Outside, RevisionState.Published, cancel));
        await db.SaveChangesAsync(cancel);
        return there;
    }

    /// <summary>Looks at every file whose text is not the newest of its history.</summary>
    public async Task NoticeAllAsync(CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        await NoticeAllInTurnAsync(cancel);
    }

    async Task NoticeAllInTurnAsync(CancellationToken cancel)
    {
        const int AtOnce = 500;
        var newest = await db.Set<PageRevision>().Where(r => r.State == RevisionState.Published)
            .Where(r => !db.Set<PageRevision>().Any(later => later.File == r.File && later.State == RevisionState.Published && later.At > r.At))
            .Select(r => new { r.File, r.Hash }).ToDictionaryAsync(r => r.File, r => r.Hash, StringComparer.Ordinal, cancel);
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

    IQueryable<PageRevision> Published(string file) => db.Set<PageRevision>().Where(r => r.File == file && r.State == RevisionState.Published).OrderByDescending(r => r.At);

    /// <summary>The text that a file had under this hash.</summary>
    public Task<string?> TextOfAsync(string file, string hash, CancellationToken cancel) =>
        db.Set<PageRevision>().Where(r => r.File == file && r.Hash == hash).Select(r => r.Text).FirstOrDefaultAsync(cancel);

    Task<string?> LastNameAsync(string file, CancellationToken cancel) =>
        Published(file).Select(r => r.Who).FirstOrDefaultAsync(cancel);

    /// <summary>The history and the working copy take the text before the file does.</summary>
    async Task<PageRevision> BeginAsync(Typed typed, ContentText? there, Author who, string? note, RevisionOrigin origin, CancellationToken cancel)
    {
        var revision = await RowAsync(typed.File, new(typed.Text, ContentHash.Of(typed.Text)), who, note, origin, RevisionState.UnderWay, cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        db.Set<PageRevision>().Add(revision);
        if (who.StaffId is { } staff && origin == RevisionOrigin.Editor) await PutDraftAsync(typed, there, staff, who.Name, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return revision;
    }

    async Task FinishAsync(PageRevision revision, CancellationToken cancel)
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
            var before = await Published(revision.File).FirstOrDefaultAsync(r => r.Id != revision.Id, cancel);
            if (before is { Text: not null, Note: null, Origin: RevisionOrigin.Editor } && revision.Origin == RevisionOrigin.Editor && revision.Text is not null && before.StaffId == staff && before.At >= since) before.ContinuedBy = revision.Id;
            await db.Set<PageDraft>().Where(d => d.File == revision.File && d.StaffId == staff && d.SetAsideAt == null && d.Text == revision.Text).ExecuteDeleteAsync(cancel);
        }
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>The file was certainly not changed: the working copy keeps the text.</summary>
    async Task ForgetAsync(PageRevision revision, CancellationToken cancel)
    {
        db.Set<PageRevision>().Remove(revision);
        await db.SaveChangesAsync(cancel);
    }

    async Task<PublishOutcome> NothingToDoAsync(Typed typed, Author who, ContentText there, CancellationToken cancel)
    {
        if (who.StaffId is { } staff)
            await db.Set<PageDraft>().Where(d => d.File == typed.File && d.StaffId == staff && d.SetAsideAt == null && d.Text == there.Text).ExecuteDeleteAsync(cancel);
        return new(PublishAnswer.NothingChanged, there.Text, there.Hash);
    }

    /// <summary>Keeps what a person is typing. One copy for each person; another window's copy is set aside.</summary>
    /// <returns>The copy's new stamp; null when it could not be kept.</returns>
    public async Task<int?> KeepAsync(Typed typed, Author who, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(typed.File) || who.StaffId is not { } staff || typed.Text.Length > 4 * ContentFolder.MaxFileBytes) return null;
        try
        {
            var from = typed.Opened is null ? null : await TextOfAsync(typed.File, typed.Opened, cancel);
            var text = LineEnds.Restore(typed.Text, from);
            await using var write = await db.BeginWriteAsync(cancel);
            if (text == from)
            {
                // Typed and taken back: there is nothing to keep.
                await db.Set<PageDraft>().Where(d => d.File == typed.File && d.StaffId == staff && d.SetAsideAt == null && d.Stamp == typed.DraftStamp).ExecuteDeleteAsync(cancel);
                await write.CommitAsync(cancel);
                return 0;
            }
            var draft = await PutDraftAsync(typed with { Text = text }, from is null ? null : new(from, typed.Opened!), staff, who.Name, cancel);
            await db.SaveChangesAsync(cancel);
            await write.CommitAsync(cancel);
            return draft.Stamp;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    /// <summary>The author's question to the publishers, with the text as it is now.</summary>
    public async Task<bool> AskAsync(Typed typed, Author who, string? note, CancellationToken cancel)
    {
        if (await KeepAsync(typed, who, cancel) is null) return false;
        var now = Now;
        var words = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return await db.Set<PageDraft>().Where(d => d.File == typed.File && d.StaffId == who.StaffId && d.SetAsideAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.AskedAt, now).SetProperty(d => d.Note, words), cancel) == 1;
    }

    /// <summary>Puts a working copy away; it stays to be found for a while.</summary>
    public async Task<bool> SetAsideAsync(Guid draft, CancellationToken cancel)
    {
        var now = Now;
        return await db.Set<PageDraft>().Where(d => d.Id == draft && d.SetAsideAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.SetAsideAt, now).SetProperty(d => d.AskedAt, (DateTime?)null), cancel) == 1;
    }

    async Task<PageDraft> PutDraftAsync(Typed typed, ContentText? from, Guid staff, string name, CancellationToken cancel)
    {
        var draft = await db.Set<PageDraft>().FirstOrDefaultAsync(d => d.File == typed.File && d.StaffId == staff && d.SetAsideAt == null, cancel);
        if (draft is not null && draft.Stamp != typed.DraftStamp && draft.Text != typed.Text)
        {
            draft.SetAsideAt = Now;
            draft.AskedAt = null;
            draft = null;
        }
        if (draft is null)
        {
            draft = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), File = typed.File, StaffId = staff, Who = name, Text = typed.Text, Stamp = typed.DraftStamp, SavedAt = Now };
            db.Set<PageDraft>().Add(draft);
        }
        (draft.Text, draft.BaseText, draft.BaseHash, draft.SavedAt) = (typed.Text, from?.Text, from?.Hash, Now);
        draft.Stamp++;
        return draft;
    }

    async Task<PageRevision> RowAsync(string file, ContentText? text, Author who, string? note, RevisionOrigin origin, RevisionState state, CancellationToken cancel)
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

    Fault TooLong(string file) => new(FaultKinds.TooLarge, library.Folder.NameOf(file), 1, 1, "", $"This page is longer than {ContentFolder.MaxFileBytes / 1024} KiB, the most a page can have.", "Split it into several pages.");

    /// <summary>Errors block; but a number that was checked long ago is no reason to keep a better text back.</summary>
    public static bool Blocks(Fault fault) => fault.Severity == Severity.Error && fault.Kind != FaultKinds.CheckedTooLongAgo;
}
