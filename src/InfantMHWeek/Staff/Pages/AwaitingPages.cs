using System.Security.Claims;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>What of the content awaits somebody, for the first page of the staff area.</summary>
sealed class AwaitingPages(SiteDb db, PageLibrary library, SiteDiagnostics faults, TimeProvider clock)
{
    const int ReviewAfterDays = 365,
        CheckAfterDays = 90,
        MostListed = 8,
        MostLookedAt = 50,
        ToldForDays = 14;

    /// <summary>What somebody sees: the first few of each kind, with what is theirs to do on top.</summary>
    public async Task<IReadOnlyList<Group>> ReadAsync(ClaimsPrincipal user)
    {
        var me = user.StaffId();
        var (drafts, plans, wrong) = (await DraftsAsync(), await PlansAsync(), await faults.AllAsync());
        Group[] groups =
        [
            new("Sent back to you", await SentBackAsync(me)),
            new("Asked to be published", Asked(drafts, plans)),
            new("Your texts that were published", await PublishedAsync(me)),
            new(
                "Planned changes that need somebody",
                [
                    .. plans
                        .Where(p => p.State == PlanState.NeedsSomebody || p.Problem is not null)
                        .Select(p => new Item(p.File, "/staff/pages/plans")),
                ]
            ),
            new("Faults", Faults(wrong)),
            new("Help numbers to check", NumbersToCheck()),
            new("Pages to read through again", PagesToRead()),
            new("Drafts", [.. drafts.Where(d => !d.Asked).Select(d => new Item($"{d.File}, by {d.Who}", Edit(d.File)))]),
            new("Links to other sites", OtherSites()),
            new(
                "Planned",
                [.. plans.Where(p => p.State == PlanState.Waiting).Select(p => new Item($"{p.File}, {p.At.InUk()}", "/staff/pages/plans"))]
            ),
        ];
        return
        [
            .. groups
                .Where(g => g.Items.Count > 0)
                .Select(g => g with { Items = [.. g.Items.Take(MostListed)], More = Math.Max(0, g.Items.Count - MostListed) }),
        ];
    }

    sealed record Draft(Guid Id, string File, string Who, bool Asked);

    sealed record Plan(string File, DateTime At, PlanState State, Guid? OfDraft, string? Problem);

    Task<List<Draft>> DraftsAsync() =>
        db.Set<PageDraft>()
            .Where(d => d.SetAsideAt == null)
            .OrderByDescending(d => d.AskedAt != null)
            .ThenByDescending(d => d.SavedAt)
            .Take(MostLookedAt)
            .Select(d => new Draft(d.Id, d.File, d.Who, d.AskedAt != null))
            .ToListAsync();

    Task<List<Plan>> PlansAsync() =>
        db.Set<PlannedChange>()
            .Where(p => p.State == PlanState.NeedsSomebody || p.State == PlanState.Waiting)
            .OrderBy(p => p.At)
            .Take(MostLookedAt)
            .Select(p => new Plan(p.File, p.At, p.State, p.OfDraft, p.Problem))
            .ToListAsync();

    static IReadOnlyList<Item> Asked(List<Draft> drafts, List<Plan> plans)
    {
        return [.. drafts.Where(d => d.Asked).Select(d => new Item($"{d.File}, by {d.Who}{Planned(d)}", $"{Edit(d.File)}&draft={d.Id}"))];

        string Planned(Draft draft) =>
            plans.FirstOrDefault(p => p.OfDraft == draft.Id && p.State == PlanState.Waiting) is { } plan
                ? $", planned for {plan.At.InUk()}"
                : "";
    }

    static IReadOnlyList<Item> Faults(IReadOnlyList<Diagnostic>? wrong) =>
        wrong is null
            ? [new("The pages are being looked through. Open this page again in a minute.", "/staff")]
            :
            [
                .. wrong
                    .Where(f => f.Severity == Severity.Error && f.Kind != DiagnosticKinds.CheckedTooLongAgo)
                    .Select(f => new Item(
                        $"{f.File}, line {f.Line}: {f.Message}",
                        Edit(f.File[(f.File.IndexOf('/', StringComparison.Ordinal) + 1)..])
                    )),
            ];

    IReadOnlyList<Item> NumbersToCheck()
    {
        var old = clock.Today().AddDays(-CheckAfterDays);
        return
        [
            .. library
                .Contents.Registers.Support.Where(s => s.Checked is null || s.Checked < old)
                .Select(s => new Item(
                    s.Checked is { } day ? $"{s.Name}, last checked {day.InWords()}" : $"{s.Name}, never checked",
                    "/staff/pages/support"
                )),
        ];
    }

    IReadOnlyList<Item> PagesToRead()
    {
        var old = clock.Today().AddDays(-ReviewAfterDays);
        return
        [
            .. library
                .Contents.PagesByPath.Values.Where(p => p.Reviewed is null || p.Reviewed < old)
                .OrderBy(p => p.Reviewed)
                .Select(p => new Item(p.Title, Edit(p.File))),
        ];
    }

    IReadOnlyList<Item> OtherSites() =>
        OutboundLinks.In(library.Contents).Count is > 0 and var links
            ? [new(links == 1 ? "Check 1 link to another site" : $"Check {links} links to other sites", "/staff/pages/links")]
            : [];

    async Task<IReadOnlyList<Item>> SentBackAsync(Guid me) =>
        [
            .. (
                await db.Set<PageDraft>()
                    .Where(d => d.StaffId == me && d.SetAsideAt == null && d.SentBackAt != null)
                    .OrderByDescending(d => d.SentBackAt)
                    .Take(MostListed)
                    .Select(d => new
                    {
                        d.File,
                        d.SentBackBy,
                        d.SentBackWord,
                    })
                    .ToListAsync()
            ).Select(d => new Item($"{d.File}, by {d.SentBackBy}: “{d.SentBackWord}”", Edit(d.File))),
        ];

    async Task<IReadOnlyList<Item>> PublishedAsync(Guid me)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-ToldForDays);
        return
        [
            .. (
                await db.Set<PageRevision>()
                    .Where(r => r.AuthorId == me && r.State == RevisionState.Published && r.At > since)
                    .OrderByDescending(r => r.At)
                    .Take(MostListed)
                    .Select(r => new
                    {
                        r.File,
                        r.Who,
                        r.At,
                    })
                    .ToListAsync()
            ).Select(r => new Item(
                $"{r.File}, published by {r.Who} on {r.At.InUk()}",
                "/staff/pages/history?file=" + Uri.EscapeDataString(r.File)
            )),
        ];
    }

    static string Edit(string file) => "/staff/pages/edit?file=" + Uri.EscapeDataString(file);

    public sealed record Group(string Title, IReadOnlyList<Item> Items, int More = 0);

    public sealed record Item(string Words, string Path);
}
