using System.Data.Common;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>
/// Makes typed texts public, one at a time: history first, then the file, so that nothing that was ever public is
/// missing from the history and no crash loses a text.
/// </summary>
public sealed class PageEditor(SiteDb db, PageLibrary library, ContentWriter files, PageHistory history, PageDrafts drafts, TimeProvider clock)
{
    const int MostOvertakes = 8;

    /// <summary>The file as it is now; whatever was done to it outside joins the history.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ContentText?> OpenAsync(string file, CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        return await history.NoticeAsync(file, cancel);
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
        var there = await history.NoticeAsync(typed.File, cancel);
        var from = typed.Opened is null ? null : typed.Opened == there?.Hash ? there.Text : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);
        var text = LineEnds.Restore(typed.Text, from ?? there?.Text);
        if (there?.Text == text) return await NothingToDoAsync(typed, who, there, cancel);
        if (there?.Hash != typed.Opened)
        {
            var merged = from is null || there is null ? null : PageMerge.Merge(from, text, there.Text);
            var name = await history.LastNameAsync(typed.File, cancel);
            if (merged is null) return new(PublishAnswer.Conflict, text, there?.Hash, there?.Text, name, DraftStamp: typed.DraftStamp);
            if (origin != RevisionOrigin.Plan) return new(PublishAnswer.Merged, merged, there!.Hash, there.Text, name, DraftStamp: typed.DraftStamp);
            text = merged;
        }
        // Looked at first: the checks are not made for more.
        var faults = System.Text.Encoding.UTF8.GetByteCount(text) > ContentFolder.MaxFileBytes ? [TooLong(typed.File)] : ContentChecker.CheckOne(library, LibraryContents.FileOf(typed.File, text), clock.Today());
        if (faults.Any(Blocks)) return new(PublishAnswer.Faulty, text, typed.Opened, Faults: faults, DraftStamp: typed.DraftStamp);

        var revision = await BeginAsync(typed with { Text = text }, there, who, note, origin, cancel);
        try
        {
            if (files.Write(typed.File, there?.Hash, text) == WriteAnswer.Overtaken)
            {
                await history.ForgetAsync(revision, cancel);
                return null;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await history.ForgetAsync(revision, cancel);
            throw;
        }
        library.Refresh(openAll: false);
        await history.FinishAsync(revision, CancellationToken.None);
        return new(PublishAnswer.Published, text, revision.Hash, Faults: faults);
    }

    /// <summary>Takes a page away. Its text stays in the history and can be brought back.</summary>
    public async Task<PublishAnswer> RemoveAsync(string file, string seen, Author who, string? note, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(file)) return PublishAnswer.BadName;
        using var turn = await files.EnterAsync(cancel);
        try
        {
            if (await history.NoticeAsync(file, cancel) is not { } there || there.Hash != seen) return PublishAnswer.Conflict;
            var revision = await history.RowAsync(file, null, who, note, RevisionOrigin.Editor, RevisionState.UnderWay, cancel);
            db.Set<PageRevision>().Add(revision);
            await db.SaveChangesAsync(cancel);
            if (files.Remove(file, seen) == WriteAnswer.Overtaken)
            {
                await history.ForgetAsync(revision, cancel);
                return PublishAnswer.Conflict;
            }
            library.Refresh(openAll: false);
            await history.FinishAsync(revision, CancellationToken.None);
            return PublishAnswer.Published;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return PublishAnswer.NotWritten;
        }
    }

    /// <summary>Joins edits from outside to the history.</summary>
    public async Task NoticeAllAsync(CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        await history.NoticeAllAsync(cancel);
    }

    /// <summary>Answers what a killed process left open: was the file changed, or is the text still only here? Called once at the start.</summary>
    public async Task RecoverAsync(CancellationToken cancel)
    {
        using var turn = await files.EnterAsync(cancel);
        foreach (var (file, text, path) in files.LeftBehind())
        {
            if (!await db.Set<PageRevision>().AnyAsync(r => r.File == file && r.Hash == text.Hash, cancel))
            {
                db.Set<PageRevision>().Add(await history.RowAsync(file, text, Author.Outside, "Found after a save was interrupted", RevisionOrigin.Outside, RevisionState.Interrupted, cancel));
                await db.SaveChangesAsync(cancel);
            }
            File.Delete(path);
        }
        foreach (var open in await db.Set<PageRevision>().Where(r => r.State == RevisionState.UnderWay).OrderBy(r => r.At).ToListAsync(cancel))
        {
            if ((files.Read(open.File)?.Hash ?? "") == open.Hash) await history.FinishAsync(open, cancel);
            else
            {
                open.State = RevisionState.Interrupted;
                await db.SaveChangesAsync(cancel);
            }
        }
        await history.NoticeAllAsync(cancel);
    }

    /// <summary>The history and the working copy take the text before the file does.</summary>
    async Task<PageRevision> BeginAsync(Typed typed, ContentText? there, Author who, string? note, RevisionOrigin origin, CancellationToken cancel)
    {
        var revision = await history.RowAsync(typed.File, new(typed.Text, ContentHash.Of(typed.Text)), who, note, origin, RevisionState.UnderWay, cancel);
        await using var write = await db.BeginWriteAsync(cancel);
        db.Set<PageRevision>().Add(revision);
        if (who.StaffId is { } staff && origin == RevisionOrigin.Editor) await drafts.PutAsync(typed, there, staff, who.Name, cancel);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return revision;
    }

    async Task<PublishOutcome> NothingToDoAsync(Typed typed, Author who, ContentText there, CancellationToken cancel)
    {
        if (who.StaffId is { } staff) await drafts.DropAsync(typed.File, staff, there.Text, cancel);
        return new(PublishAnswer.NothingChanged, there.Text, there.Hash);
    }

    Fault TooLong(string file) => new(FaultKinds.TooLarge, library.Folder.NameOf(file), 1, 1, "", $"This page is longer than {ContentFolder.MaxFileBytes / 1024} KiB, the most a page can have.", "Split it into several pages.");

    /// <summary>Errors block; but a number that was checked long ago is no reason to keep a better text back.</summary>
    public static bool Blocks(Fault fault) => fault.Severity == Severity.Error && fault.Kind != FaultKinds.CheckedTooLongAgo;
}
