using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Every text that a file had, also those that came from outside the editor.</summary>
sealed class PageHistory(SiteDb db, SiteStore store, PageDrafts drafts, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A text for the history; the caller adds it.</summary>
    public async Task<PageRevision> RowAsync(
        SiteDb db,
        EditedText typed,
        ContentText? text,
        Author who,
        string? note,
        Publication publication,
        RevisionState state,
        CancellationToken cancel
    )
    {
        // The order of a file's texts is the order of their moments, also when two are made in one tick or the clock is set back.
        var last = await db.Set<PageRevision>().Where(r => r.File == typed.File).MaxAsync(r => (DateTime?)r.At, cancel);
        return Row(typed, text, who, note, publication, state, last);
    }

    public PageRevision Row(
        EditedText typed,
        ContentText? text,
        Author who,
        string? note,
        Publication publication,
        RevisionState state,
        DateTime? last
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            File = typed.File,
            Text = text?.Text,
            Hash = text?.Hash ?? "",
            At = last >= Now ? last.Value.AddMilliseconds(1) : Now,
            StaffId = who.StaffId,
            Who = who.Name,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            Origin = publication.Origin,
            State = state,
            Act = publication.Act,
            Plan = publication.Plan,
            OfDraft = typed.Review?.Draft,
            OfStamp = typed.Review?.Stamp ?? 0,
        };

    /// <summary>The file was changed: from now on the text counts as published.</summary>
    public Task FinishAsync(Guid revision, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (
                    await db.Set<PageRevision>().FirstOrDefaultAsync(r => r.Id == revision && r.State != RevisionState.Published, cancel) is
                    { } ours
                )
                    await MarkPublishedAsync(db, ours, cancel);
            },
            cancel
        );

    public async Task MarkPublishedAsync(SiteDb db, PageRevision revision, CancellationToken cancel)
    {
        revision.State = RevisionState.Published;
        db.Set<AuditEntry>()
            .Add(
                new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    At = Now,
                    StaffId = revision.StaffId,
                    Who = revision.Who,
                    About = revision.File,
                    What =
                        revision.Origin == RevisionOrigin.Undo ? "undid a change"
                        : revision.Text is null ? "removed page"
                        : revision.Origin == RevisionOrigin.Plan ? "planned change published"
                        : "published page",
                }
            );
        var since = revision.At - PageRevision.SameSitting;
        if (revision.StaffId is { } staff && revision is { Origin: RevisionOrigin.Editor, Text: not null })
        {
            var before = await db.Set<PageRevision>().PublishedOf(revision.File).FirstOrDefaultAsync(r => r.Id != revision.Id, cancel);
            if (
                before is { Text: not null, Note: null, Origin: RevisionOrigin.Editor, Act: null, AuthorId: null }
                && before.StaffId == staff
                && before.At >= since
            )
                before.ContinuedBy = revision.Id;
        }
        if (revision.Plan is { } plan && await db.Set<PlannedChange>().FirstOrDefaultAsync(p => p.Id == plan, cancel) is { } carriedOut)
            carriedOut.Settle(PlanState.Done, null, Now);
        await drafts.EndAsync(db, revision, cancel);
    }

    /// <summary>The file was certainly not changed: the working copy keeps the text.</summary>
    public Task ForgetAsync(Guid revision, CancellationToken cancel) =>
        store.WriteAsync(
            db => db.Set<PageRevision>().Where(r => r.Id == revision && r.State == RevisionState.UnderWay).ExecuteDeleteAsync(cancel),
            cancel
        );

    /// <summary>Who wrote what readers see now.</summary>
    public Task<string?> LastNameAsync(string file, CancellationToken cancel) =>
        db.Set<PageRevision>().PublishedOf(file).Select(r => r.Who).FirstOrDefaultAsync(cancel);
}
