using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

public enum PlanAnswer { Planned, InThePast, Faulty, NothingChanged, BadName }

/// <summary>Changes that wait for their moment. Each happens once; a file that already says what it should is not written again.</summary>
public sealed class PlannedChanges(SiteDb db, PageEditor editor, PageLibrary library, TimeProvider clock)
{
    /// <summary>The name of the job that makes them public.</summary>
    public const string Job = "make planned changes public";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="at">UTC.</param>
    public async Task<(PlanAnswer Answer, IReadOnlyList<Fault> Faults)> PlanAsync(Typed typed, DateTime at, Author who, string? note, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(typed.File)) return (PlanAnswer.BadName, []);
        if (at <= Now) return (PlanAnswer.InThePast, []);
        var from = typed.Opened is null ? null : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);
        var text = LineEnds.Restore(typed.Text, from);
        if (text == from) return (PlanAnswer.NothingChanged, []);
        var faults = ContentChecker.CheckOne(library, LibraryContents.FileOf(typed.File, text), clock.Today());
        if (faults.Any(PageEditor.Blocks)) return (PlanAnswer.Faulty, faults);
        db.Set<PlannedChange>().Add(new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            File = typed.File,
            Text = text,
            BaseText = from,
            BaseHash = typed.Opened,
            At = at,
            StaffId = who.StaffId ?? Guid.Empty,
            Who = who.Name,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            State = PlanState.Waiting,
        });
        await db.SaveChangesAsync(cancel);
        return (PlanAnswer.Planned, faults);
    }

    public async Task<bool> WithdrawAsync(Guid id, CancellationToken cancel) =>
        await db.Set<PlannedChange>().Where(c => c.Id == id && (c.State == PlanState.Waiting || c.State == PlanState.NeedsSomebody))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, PlanState.Withdrawn).SetProperty(c => c.SettledAt, Now), cancel) == 1;

    public Task<DateTime?> NextAsync(CancellationToken cancel) =>
        db.Set<PlannedChange>().Where(c => c.State == PlanState.Waiting).MinAsync(c => (DateTime?)c.At, cancel);

    /// <summary>Makes public whatever is due. What a killed process had begun is found done, or is done now.</summary>
    public async Task RunDueAsync(CancellationToken cancel)
    {
        var now = Now;
        foreach (var plan in await db.Set<PlannedChange>().AsNoTracking().Where(c => c.State == PlanState.Waiting && c.At <= now).OrderBy(c => c.At).ToListAsync(cancel))
        {
            var outcome = await editor.PublishAsync(new(plan.File, plan.BaseHash, plan.Text), new(plan.StaffId, plan.Who), plan.Note, cancel, RevisionOrigin.Plan);
            var (state, problem) = outcome.Answer switch
            {
                PublishAnswer.Published or PublishAnswer.NothingChanged => (PlanState.Done, null),
                PublishAnswer.Conflict => (PlanState.NeedsSomebody, "The page was changed in the same place after this change was planned."),
                PublishAnswer.Faulty => (PlanState.NeedsSomebody, outcome.Faults!.First(PageEditor.Blocks).Message),
                // The disk may be back in a moment.
                _ => (PlanState.Waiting, (string?)null),
            };
            if (state == PlanState.Waiting) continue;
            var settled = Now;
            await db.Set<PlannedChange>().Where(c => c.Id == plan.Id && c.State == PlanState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, state).SetProperty(c => c.Problem, problem).SetProperty(c => c.SettledAt, settled), cancel);
        }
    }
}
