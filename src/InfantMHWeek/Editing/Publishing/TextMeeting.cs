using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What a typed text meets: the text from which it was begun, and what somebody else published since.</summary>
sealed class TextMeeting(SiteDb db, PageHistory history)
{
    /// <summary>The text that the person opened; null for a page that is new, or when nobody knows it any more.</summary>
    public async Task<string?> BaseAsync(EditedText typed, ContentText? there, CancellationToken cancel) =>
        typed.Opened is null ? null
        : typed.Opened == there?.Hash ? there.Text
        : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);

    /// <returns>Null when the file still holds what was opened; else both changes together, or that they do not go together.</returns>
    public async Task<PublishResult?> ConflictAsync(
        EditedText typed,
        ContentText? there,
        string? from,
        string text,
        CancellationToken cancel
    )
    {
        if (there?.Hash == typed.Opened)
            return null;
        var merged = from is null || there is null ? null : PageMerge.Merge(from, text, there.Text);
        var name = await history.LastNameAsync(typed.File, cancel);
        return new(
            merged is null ? PublishStatus.Conflict : PublishStatus.Merged,
            merged ?? text,
            there?.Hash,
            there?.Text,
            name,
            DraftStamp: typed.DraftStamp
        );
    }
}
