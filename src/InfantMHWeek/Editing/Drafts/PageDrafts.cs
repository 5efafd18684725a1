using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Drafts;

enum ReviewRequestResult
{
    Asked,
    NothingChanged,
    NotWritten,
}

/// <summary>
/// Keeps what people are typing, so that nothing typed is ever lost, and carries the authors' questions to the publishers.
/// </summary>
sealed class PageDrafts(SiteStore store, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Keeps what a person is typing. One copy for each person; another window's copy is set aside.</summary>
    /// <returns>The copy's new stamp, 0 when there is nothing to keep; null when it could not be kept.</returns>
    public Task<int?> KeepAsync(EditedText typed, Author who, CancellationToken cancel) =>
        TryAsync(typed, who, async (db, staff) => (await SaveTypedDraftAsync(db, typed, staff, who.Name, cancel))?.Stamp ?? 0, cancel);

    /// <summary>The author's question to the publishers, with the text as it is now.</summary>
    public async Task<ReviewRequestResult> AskAsync(EditedText typed, Author who, string? note, CancellationToken cancel) =>
        await TryAsync(
            typed,
            who,
            async (db, staff) =>
            {
                if (await SaveTypedDraftAsync(db, typed, staff, who.Name, cancel) is not { } draft)
                    return ReviewRequestResult.NothingChanged;
                (draft.AskedAt, draft.Note) = (Now, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
                (draft.SentBackAt, draft.SentBackBy, draft.SentBackWord) = (null, null, null);
                return ReviewRequestResult.Asked;
            },
            cancel
        ) ?? ReviewRequestResult.NotWritten;

    async Task<T?> TryAsync<T>(EditedText typed, Author who, Func<SiteDb, Guid, Task<T>> put, CancellationToken cancel)
        where T : struct
    {
        if (!ContentWriter.IsName(typed.File) || who.StaffId is not { } staff || typed.Text.Length > 4 * ContentFolder.MaxFileBytes)
            return null;
        try
        {
            return await store.WriteAsync(db => put(db, staff), cancel);
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            return null;
        }
    }

    /// <summary>A publisher gives a text back to its author, with a word.</summary>
    /// <returns>False when it waits no longer: it was published, taken back or sent back meanwhile.</returns>
    public Task<bool> SendBackAsync(Guid draft, string file, string word, string by, CancellationToken cancel)
    {
        var (now, said) = (Now, word.Trim());
        return store.WriteAsync(
            async db =>
                await db.Set<PageDraft>()
                    .Where(d => d.Id == draft && d.File == file && d.SetAsideAt == null && d.AskedAt != null)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(d => d.AskedAt, (DateTime?)null)
                                .SetProperty(d => d.SentBackAt, now)
                                .SetProperty(d => d.SentBackBy, by)
                                .SetProperty(d => d.SentBackWord, said),
                        cancel
                    ) == 1,
            cancel
        );
    }

    /// <summary>Puts a working copy away; it stays to be found for a while.</summary>
    /// <param name="owner">Only if it is theirs; null for anybody's.</param>
    public Task<bool> SetAsideAsync(Guid draft, string file, Guid? owner, CancellationToken cancel)
    {
        var now = Now;
        return store.WriteAsync(
            async db =>
                await db.Set<PageDraft>()
                    .Where(d => d.Id == draft && d.File == file && d.SetAsideAt == null && (owner == null || d.StaffId == owner))
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.SetAsideAt, now).SetProperty(d => d.AskedAt, (DateTime?)null), cancel)
                == 1,
            cancel
        );
    }

    /// <returns>Null when what was typed is what was opened: there is nothing to keep, and nothing to ask.</returns>
    async Task<PageDraft?> SaveTypedDraftAsync(SiteDb db, EditedText typed, Guid staff, string name, CancellationToken cancel)
    {
        var from = typed.Opened is null ? null : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);
        var text = LineEnds.Restore(typed.Text, from);
        if (text != from)
            return await PutAsync(db, typed with { Text = text }, from is null ? null : new(from, typed.Opened!), staff, name, cancel);
        await db.Set<PageDraft>().CopyOf(typed.File, staff).Where(d => d.Stamp == typed.DraftStamp).ExecuteDeleteAsync(cancel);
        return null;
    }

    /// <summary>Writes the working copy, inside the caller's write.</summary>
    public async Task<PageDraft> PutAsync(SiteDb db, EditedText typed, ContentText? from, Guid staff, string name, CancellationToken cancel)
    {
        var draft = await db.Set<PageDraft>().CopyOf(typed.File, staff).FirstOrDefaultAsync(cancel);
        if (draft is not null && draft.Stamp != typed.DraftStamp && draft.Text != typed.Text)
        {
            (draft.SetAsideAt, draft.AskedAt) = (Now, null);
            draft = null;
        }
        if (draft is null)
        {
            draft = new()
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                File = typed.File,
                StaffId = staff,
                Who = name,
                Text = typed.Text,
                Stamp = typed.DraftStamp,
                SavedAt = Now,
            };
            db.Set<PageDraft>().Add(draft);
        }
        (draft.Text, draft.BaseText, draft.BaseHash, draft.SavedAt) = (typed.Text, from?.Text, from?.Hash, Now);
        if (typed.Review is { } review && review.Draft != draft.Id)
            (draft.OfDraft, draft.OfStamp) = (review.Draft, review.Stamp);
        draft.Stamp++;
        return draft;
    }

    /// <summary>
    /// A text was published: whatever waited to be published and stands in it waits no longer, whoever published it. The one
    /// who wrote it is named beside the one who published it.
    /// </summary>
    public async Task EndAsync(SiteDb db, PageRevision published, CancellationToken cancel)
    {
        if (published.Text is not { } text)
            return;
        foreach (var draft in await db.Set<PageDraft>().Where(d => d.File == published.File && d.SetAsideAt == null).ToListAsync(cancel))
        {
            var answered = draft.Id == published.OfDraft && draft.Stamp == published.OfStamp;
            if (!answered && !draft.IsIn(text))
                continue;
            if ((answered || draft.AskedAt is not null) && draft.StaffId != published.StaffId && published.AuthorId is null)
                (published.AuthorId, published.Author, published.AuthorNote) = (draft.StaffId, draft.Who, draft.Note);
            // What a publisher changed on the way is the publisher's: the author's own words stay to be found.
            if (draft.Text == text)
                db.Set<PageDraft>().Remove(draft);
            else
                (draft.SetAsideAt, draft.AskedAt) = (Now, null);
        }
    }
}
