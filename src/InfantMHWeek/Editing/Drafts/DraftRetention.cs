using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>Deletes working copies that were set aside long ago.</summary>
sealed class DraftRetention(SiteStore store, DeletionGuard guard, TimeProvider clock) : Retention(store, guard, clock)
{
    public const string Job = "forget copies that were set aside";

    public override IReadOnlyList<RetentionRule> Rules { get; } =
    [
        new RetentionRule<PageDraft>(
            new("working copies of pages that were set aside", Job),
            RetentionPeriods.PageDraftsSetAside,
            (db, before) => db.Set<PageDraft>().Where(d => d.SetAsideAt < before)
        ),
    ];
}
