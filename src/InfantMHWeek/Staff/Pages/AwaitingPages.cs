using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>What of the content awaits somebody, for the first page of the staff area.</summary>
[ViewComponent(Name = "AwaitingPages")]
public sealed class AwaitingPages(SiteDb db, PageLibrary library, SiteDiagnostics faults, TimeProvider clock) : ViewComponent
{
    const int ReviewAfterDays = 365,
        CheckAfterDays = 90,
        MostListed = 8,
        ToldForDays = 14;

    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (!UserClaimsPrincipal.May(StaffRole.Author))
            return Content("");
        var (contents, today) = (library.Contents, clock.Today());
        var old = today.AddDays(-ReviewAfterDays);
        var drafts = await db.Set<PageDraft>()
            .Where(d => d.SetAsideAt == null)
            .OrderByDescending(d => d.AskedAt != null)
            .ThenByDescending(d => d.SavedAt)
            .Take(50)
            .Select(d => new
            {
                d.Id,
                d.File,
                d.Who,
                Asked = d.AskedAt != null,
            })
            .ToListAsync();
        var me = UserClaimsPrincipal.StaffId();
        var (sentBack, published) = (await SentBackAsync(me), await PublishedAsync(me));
        var plans = await db.Set<PlannedChange>()
            .Where(p => p.State == PlanState.NeedsSomebody || p.State == PlanState.Waiting)
            .OrderBy(p => p.At)
            .Take(50)
            .Select(p => new
            {
                p.File,
                p.At,
                p.State,
                p.OfDraft,
                p.Problem,
            })
            .ToListAsync();
        string Planned(Guid draft) =>
            plans.FirstOrDefault(p => p.OfDraft == draft && p.State == PlanState.Waiting) is { } plan
                ? $", planned for {plan.At.InUk()}"
                : "";
        var wrong = await faults.AllAsync();
        Group[] groups =
        [
            new("Sent back to you", sentBack),
            new(
                "Asked to be published",
                [
                    .. drafts
                        .Where(d => d.Asked)
                        .Select(d => new Item($"{d.File}, by {d.Who}{Planned(d.Id)}", $"{Edit(d.File)}&draft={d.Id}")),
                ]
            ),
            new("Your texts that were published", published),
            new(
                "Planned changes that need somebody",
                [
                    .. plans
                        .Where(p => p.State == PlanState.NeedsSomebody || p.Problem is not null)
                        .Select(p => new Item(p.File, "/staff/pages/plans")),
                ]
            ),
            new(
                "Faults",
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
                    ]
            ),
            new(
                "Help numbers to check",
                [
                    .. contents
                        .Registers.Support.Where(s => s.Checked is null || s.Checked < today.AddDays(-CheckAfterDays))
                        .Select(s => new Item(
                            s.Checked is { } day ? $"{s.Name}, last checked {day.InWords()}" : $"{s.Name}, never checked",
                            "/staff/pages/support"
                        )),
                ]
            ),
            new(
                "Pages to read through again",
                [
                    .. contents
                        .PagesByPath.Values.Where(p => p.Reviewed is null || p.Reviewed < old)
                        .OrderBy(p => p.Reviewed)
                        .Select(p => new Item(p.Title, Edit(p.File))),
                ]
            ),
            new("Drafts", [.. drafts.Where(d => !d.Asked).Select(d => new Item($"{d.File}, by {d.Who}", Edit(d.File)))]),
            new(
                "Links to other sites",
                OutboundLinks.In(contents).Count is > 0 and var links
                    ? [new($"{links} addresses to open now and then and look whether they still lead there", "/staff/pages/links")]
                    : []
            ),
            new(
                "Planned",
                [.. plans.Where(p => p.State == PlanState.Waiting).Select(p => new Item($"{p.File}, {p.At.InUk()}", "/staff/pages/plans"))]
            ),
        ];
        return View(
            "/Staff/Pages/_Awaiting.cshtml",
            groups
                .Where(g => g.Items.Count > 0)
                .Select(g => g with { Items = [.. g.Items.Take(MostListed)], More = Math.Max(0, g.Items.Count - MostListed) })
                .ToList()
        );
    }

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
