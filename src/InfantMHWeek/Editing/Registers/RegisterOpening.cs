using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Registers;

/// <summary>A register as somebody's form begins.</summary>
/// <param name="Text">Null when it cannot be shown as a form.</param>
/// <param name="Hash">Of the file from which it was begun.</param>
/// <param name="DraftStamp">Of the working copy that it is; 0 for none.</param>
sealed record OpenedRegister(RegisterText? Text, string? Hash, int DraftStamp = 0);

/// <summary>
/// Finds what somebody's form of a register is about: authors go on with what they asked for, others with what readers have.
/// </summary>
sealed class RegisterOpening(SiteDb db, PageEditor editor)
{
    /// <param name="author">Whose working copy goes on; null for a publisher.</param>
    public async Task<OpenedRegister> OpenAsync(string file, Guid? author, CancellationToken cancel)
    {
        var (there, copy) = (await ReadAsync(file, cancel), await CopyAsync(file, author, cancel));
        return new(TextOf(copy?.Text ?? there?.Text ?? ""), copy is null ? there?.Hash : copy.BaseHash, copy?.Stamp ?? 0);
    }

    /// <summary>What a form that comes back began from.</summary>
    /// <param name="opened">What it says of that.</param>
    /// <returns>Without a text, but with the hash of today, when that cannot be found or read any more.</returns>
    public async Task<OpenedRegister> AgainAsync(string file, Guid? author, string? opened, int draftStamp, CancellationToken cancel)
    {
        var (there, copy) = (await ReadAsync(file, cancel), await CopyAsync(file, author, cancel));
        var text =
            copy is not null && copy.Stamp == draftStamp ? copy.Text
            : there?.Hash == opened ? there?.Text
            : await db.Set<PageRevision>().TextOfAsync(file, opened ?? "", cancel);
        return text is null ? new(null, there?.Hash) : new(TextOf(text), opened, draftStamp);
    }

    static RegisterText? TextOf(string text) => RegisterText.Of(LineEnds.Plain(text));

    async Task<PageDraft?> CopyAsync(string file, Guid? author, CancellationToken cancel) =>
        author is { } staff ? await db.Set<PageDraft>().AsNoTracking().CopyOf(file, staff).FirstOrDefaultAsync(cancel) : null;

    async Task<ContentText?> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            return await editor.OpenAsync(file, cancel);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
