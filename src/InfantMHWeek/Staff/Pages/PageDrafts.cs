using System.Data.Common;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>Keeps what people are typing, so that nothing typed is ever lost.</summary>
public sealed class PageDrafts(SiteDb db, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Keeps what a person is typing. One copy for each person; another window's copy is set aside.</summary>
    /// <returns>The copy's new stamp; null when it could not be kept.</returns>
    public async Task<int?> KeepAsync(Typed typed, Author who, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(typed.File) || who.StaffId is not { } staff || typed.Text.Length > 4 * ContentFolder.MaxFileBytes) return null;
        try
        {
            var from = typed.Opened is null ? null : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);
            var text = LineEnds.Restore(typed.Text, from);
            await using var write = await db.BeginWriteAsync(cancel);
            if (text == from)
            {
                // Typed and taken back: there is nothing to keep.
                await db.Set<PageDraft>().Where(d => d.File == typed.File && d.StaffId == staff && d.SetAsideAt == null && d.Stamp == typed.DraftStamp).ExecuteDeleteAsync(cancel);
                await write.CommitAsync(cancel);
                return 0;
            }
            var draft = await PutAsync(typed with { Text = text }, from is null ? null : new(from, typed.Opened!), staff, who.Name, cancel);
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

    /// <summary>Takes a working copy away whose text readers have now.</summary>
    public Task DropAsync(string file, Guid staff, string text, CancellationToken cancel) =>
        db.Set<PageDraft>().Where(d => d.File == file && d.StaffId == staff && d.SetAsideAt == null && d.Text == text).ExecuteDeleteAsync(cancel);

    /// <summary>Writes the working copy; the caller saves.</summary>
    public async Task<PageDraft> PutAsync(Typed typed, ContentText? from, Guid staff, string name, CancellationToken cancel)
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
}
