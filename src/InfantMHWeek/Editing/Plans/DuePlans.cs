using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Plans;

/// <summary>
/// Carries out planned changes at their moment. Each happens once; a file that already says what it should is not written again.
/// </summary>
sealed class DuePlans(SiteDb db, SiteStore store, PageEditor editor, TimeProvider clock, ILogger<DuePlans> log)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes public whatever is due. What a killed process had begun is found done, or is done now.</summary>
    public async Task RunDueAsync(CancellationToken cancel)
    {
        var now = Now;
        var due = await db.Set<PlannedChange>()
            .AsNoTracking()
            .Where(c => c.State == PlanState.Waiting && c.At <= now && (c.NextAttemptAt == null || c.NextAttemptAt <= now))
            .OrderBy(c => c.At)
            .ThenBy(c => c.Id)
            .Select(c => c.Id)
            .ToListAsync(cancel);
        foreach (var id in due)
            await RunAsync(id, cancel);
    }

    /// <summary>When there is something to do next (UTC); null while nothing waits.</summary>
    public Task<DateTime?> NextAsync(CancellationToken cancel) =>
        db.Set<PlannedChange>().Where(c => c.State == PlanState.Waiting).MinAsync(c => (DateTime?)(c.NextAttemptAt ?? c.At), cancel);

    async Task RunAsync(Guid id, CancellationToken cancel)
    {
        // Looked at again: while the one before it was written, somebody may have called this one off.
        if (
            await db.Set<PlannedChange>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.State == PlanState.Waiting, cancel)
            is not { } plan
        )
            return;
        var typed = new EditedText(
            plan.File,
            plan.BaseHash,
            plan.Text,
            Review: plan.OfDraft is { } draft ? new(draft, plan.OfStamp) : null
        );
        var outcome = await editor.PublishAsync(typed, new(plan.StaffId, plan.Who), plan.Note, cancel, new(RevisionOrigin.Plan, Plan: id));
        if (outcome.Answer == PublishStatus.NotWritten)
            log.LogWarning("The planned change {Id} of {File} could not be written; it is tried again", id, plan.File);
        var (answer, begun, there) = (outcome.Answer, plan.BaseHash is not null, outcome.Theirs is not null);
        var fault = outcome.Faults?.FirstOrDefault(PageCheck.Blocks)?.Message;
        await store.WriteAsync(
            async db =>
            {
                if (await db.Set<PlannedChange>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } row)
                    return;
                if (answer is PublishStatus.Published or PublishStatus.NothingChanged)
                    row.Settle(PlanState.Done, null, Now);
                else if (answer == PublishStatus.NotWritten)
                    row.PutOff(Now);
                else
                    row.Settle(
                        PlanState.NeedsSomebody,
                        answer == PublishStatus.Faulty ? fault
                            : !begun ? PlanObstacles.MadeSince
                            : there ? PlanObstacles.ChangedSince
                            : PlanObstacles.GoneSince,
                        Now
                    );
            },
            cancel
        );
    }
}
