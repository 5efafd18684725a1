using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What somebody goes on with in the editor.</summary>
/// <param name="Notice">What is special about it, one of the words below; null for what was asked for.</param>
/// <param name="Draft">The working copy that it is; null for any other text.</param>
/// <param name="Met">How it goes together with what others published since; null when nobody did.</param>
sealed record OpenedText(EditedText Text, string? Notice = null, PageDraft? Draft = null, PublishResult? Met = null)
{
    /// <summary>A text of the history.</summary>
    public const string Earlier = "restoring";

    /// <summary>What was asked for waits no longer; this is what readers have.</summary>
    public const string Settled = "settled";

    /// <summary>The file cannot be read as text.</summary>
    public const string Unreadable = "unreadable";
}

/// <summary>Finds the text that somebody goes on with: what readers have, a working copy, an earlier text or a planned one.</summary>
sealed class PageOpening(SiteDb db, PageEditor editor)
{
    /// <param name="me">Whose own working copy is opened when none of the three is named.</param>
    /// <returns>Null when there is no such file.</returns>
    public async Task<OpenedText?> OpenAsync(string file, Guid me, Guid? draft, Guid? revision, Guid? plan, CancellationToken cancel)
    {
        try
        {
            return await FindAsync(file, me, draft, revision, plan, cancel);
        }
        catch (IOException)
        {
            return new(new(file, null, ""), OpenedText.Unreadable);
        }
    }

    async Task<OpenedText?> FindAsync(string file, Guid me, Guid? draft, Guid? revision, Guid? plan, CancellationToken cancel)
    {
        var there = await editor.OpenAsync(file, cancel);
        if (revision is { } id && await EarlierAsync(file, id, cancel) is { } earlier)
            return new(new(file, there?.Hash, earlier), OpenedText.Earlier);
        if (plan is { } waiting && await PlannedAsync(file, waiting, cancel) is { } planned)
            return await MeetAsync(planned, cancel) ?? Public(null);
        if (await CopyAsync(file, me, draft, cancel) is not { } copy)
            return Public(draft is null ? null : OpenedText.Settled);
        if (await MeetAsync(GoOnWith(copy, me), cancel) is { } met)
            return met with { Draft = copy };
        return Public(copy.StaffId == me && copy.SetAsideAt is null ? null : OpenedText.Settled);

        OpenedText? Public(string? notice) => there is null ? null : new(new(file, there.Hash, there.Text), notice);
    }

    /// <summary>A text that was kept somewhere, with whatever others published since.</summary>
    /// <returns>Null when all of it is published already: there is nothing to go on with.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<OpenedText?> MeetAsync(EditedText kept, CancellationToken cancel)
    {
        var met = await editor.MeetAsync(kept, cancel);
        return met.Answer == PublishStatus.NothingChanged
            ? null
            : new(
                kept with
                {
                    Opened = met.Hash,
                    Text = met.Text,
                },
                Met: met.Answer is PublishStatus.Merged or PublishStatus.Conflict ? met : null
            );
    }

    /// <summary>Whether a text that a browser kept says nothing that is not saved already: in their working copy, or publicly.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<bool> IsSavedAsync(EditedText kept, Guid me, CancellationToken cancel)
    {
        var copy = await db.Set<PageDraft>().CopyOf(kept.File, me).Select(d => d.Text).FirstOrDefaultAsync(cancel);
        return (copy is not null && LineEnds.Plain(copy).TrimEnd('\n') == LineEnds.Plain(kept.Text).TrimEnd('\n'))
            || await MeetAsync(kept, cancel) is null;
    }

    Task<string?> EarlierAsync(string file, Guid revision, CancellationToken cancel) =>
        db.Set<PageRevision>().Where(r => r.Id == revision && r.File == file).Select(r => r.Text).FirstOrDefaultAsync(cancel);

    async Task<EditedText?> PlannedAsync(string file, Guid plan, CancellationToken cancel) =>
        await db.Set<PlannedChange>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == plan && p.File == file, cancel) is { } planned
            ? new(file, planned.BaseHash, planned.Text, Review: planned.OfDraft is { } of ? new(of, planned.OfStamp) : null)
            : null;

    Task<PageDraft?> CopyAsync(string file, Guid me, Guid? draft, CancellationToken cancel)
    {
        var copies = db.Set<PageDraft>().AsNoTracking();
        return draft is null
            ? copies.CopyOf(file, me).FirstOrDefaultAsync(cancel)
            : copies.FirstOrDefaultAsync(d => d.File == file && d.Id == draft, cancel);
    }

    /// <summary>Their own copy goes on; what is begun from a colleague's answers that one.</summary>
    static EditedText GoOnWith(PageDraft copy, Guid me) =>
        copy.StaffId != me
            ? new(copy.File, copy.BaseHash, copy.Text, Review: new(copy.Id, copy.Stamp))
            : new(
                copy.File,
                copy.BaseHash,
                copy.Text,
                copy.SetAsideAt is null ? copy.Stamp : 0,
                copy.OfDraft is { } of ? new(of, copy.OfStamp) : null
            );
}
