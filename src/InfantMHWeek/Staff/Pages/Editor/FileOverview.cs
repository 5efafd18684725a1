using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>What the editor says of a file beside its text.</summary>
/// <param name="Path">The page's address; null for what has none.</param>
/// <param name="Shown">Which view of it this person has, so that leaving an older one says nothing about this one.</param>
/// <param name="OtherDrafts">Null when the store cannot be asked.</param>
sealed record FileOverview(
    string State,
    string? Title,
    string? Path,
    Visibility Visibility,
    long Shown,
    IReadOnlyList<(string Name, DateTime Since)> AlsoOpen,
    IReadOnlyList<PageDraft>? OtherDrafts = null
);

/// <summary>Looks up what readers have of a file, who else has it open, and who else writes in it.</summary>
sealed class FileOverviews(SiteDb db, PageLibrary library, PageVisibility readers, PagePresence presence, TimeProvider clock)
{
    const int MostDrafts = 10;

    /// <summary>The file is shown to somebody: colleagues see that from now on.</summary>
    /// <param name="draft">The working copy that they have before them.</param>
    public async Task<FileOverview> ShowAsync(string file, Guid? draft, Guid staff, string name, CancellationToken cancel)
    {
        presence.Show(file, staff, name);
        try
        {
            var others = await db.Set<PageDraft>().AsNoTracking().Beside(draft, file, staff).Take(MostDrafts).ToListAsync(cancel);
            return Of(file, staff) with { OtherDrafts = others };
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            return Of(file, staff);
        }
    }

    /// <summary>Without what stands in the store.</summary>
    public FileOverview Of(string file, Guid staff)
    {
        var contents = library.Contents;
        return new(
            FileState.Of(contents, file, clock.GetUtcNow().UtcDateTime),
            contents.States.GetValueOrDefault(file)?.Shown?.Title,
            PageNames.IsPage(file) && PageSchema.KindOf(file) != PageKind.Email ? PageNames.PathOf(file) : null,
            readers.Of(file),
            presence.ShownAt(file, staff),
            presence.Others(file, staff)
        );
    }
}
