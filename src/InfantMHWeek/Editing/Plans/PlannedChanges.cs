using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Plans;

/// <summary>Changes that wait for their moment: made, and called off.</summary>
sealed class PlannedChanges(SiteDb db, SiteStore store, PageConsequences consequences, PageCheck checks, TimeProvider clock)
{
    /// <summary>The job's name.</summary>
    public const string Job = "planned changes";

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Plans a change once, however often it is asked for.</summary>
    /// <param name="moment">UTC; null when what was typed is none.</param>
    public async Task<PlanOutcome> PlanAsync(EditedText typed, DateTime? moment, Author who, string? note, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(typed.File))
            return new(PlanResult.BadName, []);
        if (moment is not { } at)
            return new(PlanResult.NoMoment, []);
        if (at <= Now)
            return new(PlanResult.InThePast, []);
        var from = typed.Opened is null ? null : await db.Set<PageRevision>().TextOfAsync(typed.File, typed.Opened, cancel);
        var text = LineEnds.Restore(typed.Text, from);
        if (text == from)
            return new(PlanResult.NothingChanged, []);
        var faults = checks.Of(typed.File, text);
        if (faults.Any(PageCheck.Blocks))
            return new(PlanResult.Faulty, faults);
        if (await consequences.OfTextAsync(typed.File, text, at, cancel) is { } what && typed.Accepted != what.Stamp)
            return new(PlanResult.WouldBreak, faults, what);
        try
        {
            await store.WriteAsync(db => PutAsync(db, typed with { Text = text }, from, at, who, note, cancel), cancel);
            return new(PlanResult.Planned, faults);
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            return new(PlanResult.NotWritten, faults);
        }
    }

    async Task PutAsync(SiteDb db, EditedText typed, string? from, DateTime at, Author who, string? note, CancellationToken cancel)
    {
        var (staff, now) = (who.StaffId ?? Guid.Empty, Now);
        // The planner's own copy is done with; a question to the publishers stays until readers have the text.
        await db.Set<PageDraft>()
            .CopyOf(typed.File, staff)
            .Where(d => d.AskedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.SetAsideAt, now), cancel);
        if (
            await db.Set<PlannedChange>()
                .AnyAsync(p => p.File == typed.File && p.At == at && p.State == PlanState.Waiting && p.Text == typed.Text, cancel)
        )
            return;
        db.Set<PlannedChange>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    File = typed.File,
                    Text = typed.Text,
                    BaseText = from,
                    BaseHash = typed.Opened,
                    At = at,
                    StaffId = staff,
                    Who = who.Name,
                    Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
                    State = PlanState.Waiting,
                    OfDraft = typed.Review?.Draft,
                    OfStamp = typed.Review?.Stamp ?? 0,
                }
            );
        await db.BringForwardAsync(Job, at, cancel);
    }

    public Task<bool> WithdrawAsync(Guid id, CancellationToken cancel)
    {
        var now = Now;
        return store.WriteAsync(
            async db =>
                await db.Set<PlannedChange>()
                    .Where(c => c.Id == id && (c.State == PlanState.Waiting || c.State == PlanState.NeedsSomebody))
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(c => c.State, PlanState.Withdrawn).SetProperty(c => c.SettledAt, now),
                        cancel
                    ) == 1,
            cancel
        );
    }
}
