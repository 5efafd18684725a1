using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Makes typed texts public, and takes pages away, one at a time.</summary>
sealed class PageEditor(
    PageCheck checks,
    TextMeeting meeting,
    ContentWriter files,
    OutsideEdits outside,
    RevisionWriter revisions,
    PageConsequences consequences,
    TimeProvider clock,
    ILogger<PageEditor> log
)
{
    const int MostOvertakes = 8;
    bool turnIsHeld;

    /// <summary>The file as it is now; whatever was done to it outside joins the history.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ContentText?> OpenAsync(string file, CancellationToken cancel)
    {
        using var turn = await EnterAsync(cancel);
        return await outside.NoticeAsync(file, cancel);
    }

    /// <summary>Several changes with nobody else's between them.</summary>
    public async Task<T> InLockAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        using var turn = await EnterAsync(cancel);
        var outer = turnIsHeld;
        turnIsHeld = true;
        try
        {
            return await work();
        }
        finally
        {
            turnIsHeld = outer;
        }
    }

    async Task<IDisposable?> EnterAsync(CancellationToken cancel) => turnIsHeld ? null : await files.EnterAsync(cancel);

    public async Task<PublishResult> PublishAsync(
        EditedText typed,
        Author who,
        string? note,
        CancellationToken cancel,
        Publication? publication = null
    )
    {
        if (!ContentWriter.IsName(typed.File))
            return new(PublishStatus.BadName, typed.Text, typed.Opened);
        using var turn = await EnterAsync(cancel);
        try
        {
            for (var tries = 0; tries < MostOvertakes; tries++)
                if (await TryPublishAsync(typed, who, note, publication ?? new(), cancel) is { } outcome)
                    return outcome;
        }
        catch (Exception problem) when (IsTrouble(problem))
        {
            log.LogError(problem, "{File} could not be written", typed.File);
        }
        return new(PublishStatus.NotWritten, typed.Text, typed.Opened, DraftStamp: typed.DraftStamp);
    }

    /// <summary>Sets a text that was kept somewhere beside what readers have now. Publishes nothing.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<PublishResult> MeetAsync(EditedText typed, CancellationToken cancel)
    {
        using var turn = await EnterAsync(cancel);
        var there = await outside.NoticeAsync(typed.File, cancel);
        var from = await meeting.BaseAsync(typed, there, cancel);
        var text = LineEnds.Restore(typed.Text, from ?? there?.Text);
        if (there is not null && (there.Text == text || (from is not null && PageMerge.Merge(from, text, there.Text) == there.Text)))
            return new(PublishStatus.NothingChanged, there.Text, there.Hash);
        return await meeting.ConflictAsync(typed, there, from, text, cancel)
            ?? new(PublishStatus.Fits, text, typed.Opened, DraftStamp: typed.DraftStamp);
    }

    /// <returns>Null when somebody saved in the same moment: look again.</returns>
    async Task<PublishResult?> TryPublishAsync(
        EditedText typed,
        Author who,
        string? note,
        Publication publication,
        CancellationToken cancel
    )
    {
        var there = await outside.NoticeAsync(typed.File, cancel);
        var from = await meeting.BaseAsync(typed, there, cancel);
        var text = LineEnds.Restore(typed.Text, from ?? there?.Text);
        if (there?.Text == text)
            return await revisions.CloseUnchangedDraftAsync(typed, who, there, cancel);
        if (await meeting.ConflictAsync(typed, there, from, text, cancel) is { } apart)
        {
            // Nobody is there at a planned moment to look at what was brought together.
            if (apart.Answer != PublishStatus.Merged || publication.Origin != RevisionOrigin.Plan)
                return apart;
            text = apart.Text;
        }
        var faults = checks.BeforeSaving(typed.File, text);
        // What readers had before may have lost a link since; it comes back all the same.
        if (faults.Any(f => publication.Origin == RevisionOrigin.Undo ? f.Kind.Breaks : PageCheck.Blocks(f)))
            return new(PublishStatus.Faulty, text, typed.Opened, Faults: faults, DraftStamp: typed.DraftStamp);
        if (
            publication.Origin == RevisionOrigin.Editor
            && await consequences.OfTextAsync(typed.File, text, clock.GetUtcNow().UtcDateTime, cancel) is { } what
            && typed.Accepted != what.Stamp
        )
            return new(PublishStatus.WouldBreak, text, typed.Opened, Faults: faults, DraftStamp: typed.DraftStamp, Consequences: what);

        var revision = await revisions.BeginAsync(typed with { Text = text }, there, who, note, publication, cancel);
        return await revisions.ChangeAsync(typed.File, revision, () => files.Write(typed.File, there?.Hash, text), cancel)
            ? new(PublishStatus.Published, text, ContentHash.Of(text), Faults: faults)
            : null;
    }

    /// <summary>Takes a page away. Its text stays in the history and can be brought back.</summary>
    /// <param name="seen">The hash of the text that the person saw.</param>
    public async Task<PublishStatus> RemoveAsync(
        string file,
        string seen,
        Author who,
        string? note,
        CancellationToken cancel,
        Publication? publication = null
    )
    {
        if (!ContentWriter.IsName(file))
            return PublishStatus.BadName;
        if (RequiredPages.ReasonFor(file) is not null)
            return PublishStatus.Needed;
        using var turn = await EnterAsync(cancel);
        try
        {
            if (await outside.NoticeAsync(file, cancel) is not { } there || there.Hash != seen)
                return PublishStatus.Conflict;
            var revision = await revisions.BeginRemovalAsync(file, seen, who, note, publication ?? new(), cancel);
            return await revisions.ChangeAsync(file, revision, () => files.Remove(file, seen), cancel)
                ? PublishStatus.Published
                : PublishStatus.Conflict;
        }
        catch (Exception problem) when (IsTrouble(problem))
        {
            log.LogError(problem, "{File} could not be removed", file);
            return PublishStatus.NotWritten;
        }
    }

    /// <summary>Joins edits from outside to the history.</summary>
    public async Task RecordExternalEditsAsync(CancellationToken cancel)
    {
        using var turn = await EnterAsync(cancel);
        await outside.RecordExternalEditsAsync(cancel);
    }

    static bool IsTrouble(Exception problem) => problem is IOException or UnauthorizedAccessException || StoreTrouble.Is(problem);
}
