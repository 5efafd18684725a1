using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Plans;

/// <summary>Changes that wait for their moment. Each happens once; a file that already says what it should is not written again.</summary>
sealed class PlannedChanges(
    SiteDb db,
    SiteStore store,
    PageEditor editor,
    PageConsequences consequences,
    PageCheck checks,
    TimeProvider clock,
    ILogger<PlannedChanges> log
)
{
    /// <summary>The job's name.</summary>
    public const string Job = "planned changes";

    const string ChangedSince = "The page was changed in the same place after this change was planned.",
        GoneSince = "The page was removed after this change was planned.",
        MadeSince = "There is a page of this name by now.";

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

    /// <summary>When there is something to do next (UTC); null while nothing waits.</summary>
    public Task<DateTime?> NextAsync(CancellationToken cancel) =>
        db.Set<PlannedChange>().Where(c => c.State == PlanState.Waiting).MinAsync(c => (DateTime?)(c.NextAttemptAt ?? c.At), cancel);

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
                            : !begun ? MadeSince
                            : there ? ChangedSince
                            : GoneSince,
                        Now
                    );
            },
            cancel
        );
    }

    /// <summary>What would happen if the moment were now: why a person would have to decide, or null when it can be carried out.</summary>
    public static string? Obstacle(string file, string? baseHash, string? baseText, string text, LibraryContents contents) =>
        (baseHash, contents.Files.GetValueOrDefault(file)?.Text) switch
        {
            (null, null) => null,
            (null, var there) => there == text ? null : MadeSince,
            (_, null) => GoneSince,
            var (_, there) => there == text || (baseText is not null && PageMerge.Merge(baseText, text, there!) is not null)
                ? null
                : ChangedSince,
        };
}
