using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>Deletes working copies that were set aside long ago.</summary>
public sealed class DraftRetention(SiteStore store, DeletionGuard guard, TimeProvider clock)
{
    public const string Job = "forget copies that were set aside";
    static readonly DeletionKind Copies = new("working copies of pages that were set aside", Job);

    public Task ForgetAsync(CancellationToken cancel = default) => store.WriteAsync(async db =>
    {
        var old = clock.GetUtcNow().UtcDateTime - PageDraft.KeptAside;
        var due = db.Set<PageDraft>().Where(d => d.SetAsideAt < old);
        if (await guard.AllowsAsync(db, Copies, due, cancel)) await due.ExecuteDeleteAsync(cancel);
    }, cancel);
}
