using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Health;

/// <summary>Deletions that the site does not believe, and the two answers to them.</summary>
[FormPage]
sealed class DeletionModel(
    SiteDb db,
    SiteStore store,
    DeletionGuard guard,
    JobRunner runner,
    IEnumerable<Job> jobs,
    IEnumerable<Retention> retentions,
    TimeProvider clock
) : PageModel
{
    /// <summary>Whoever says that the date is right has seen it a moment ago.</summary>
    static readonly TimeSpan AnswerCounts = TimeSpan.FromHours(1);

    public ClockJump? Doubt { get; private set; }
    public IReadOnlyList<HeldDeletion> Held { get; private set; } = [];

    /// <summary>All that is kept for a time, by what the jobs delete by.</summary>
    public IEnumerable<RetentionPeriod> Periods => retentions.SelectMany(r => r.Rules).Select(r => r.Period).OfType<RetentionPeriod>();

    /// <summary>What came of the last press.</summary>
    public string? Done { get; private set; }

    public async Task OnGetAsync(string? done, CancellationToken cancel)
    {
        Doubt = await guard.DetectClockJumpAsync(db, cancel);
        Held = await db.Set<HeldDeletion>().AsNoTracking().OrderBy(h => h.What).ToListAsync(cancel);
        Done = done switch
        {
            "deleted" => "They are deleted.",
            "waits" => "They are not deleted yet. The site does it within 12 hours, unless there are more of them by then.",
            "clock" when Doubt is null =>
                "The date is taken to be right. What is left here was more than usual; everything else that was due is deleted.",
            "moved" => "The clock has moved on since you looked. Please look at the date again.",
            _ => null,
        };
    }

    /// <param name="now">The date that the person saw and found right (UTC).</param>
    public async Task<IActionResult> OnPostClockAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if ((clock.GetUtcNow() - now).Duration() > AnswerCounts)
            return Answer("moved");
        var due = await store.WriteAsync(
            async db =>
            {
                await guard.AcceptClockAsync(db, cancel);
                db.Record(clock, User, "said that the site's clock is right", now.UtcDateTime.InUk());
                return await db.Set<HeldDeletion>().Select(h => h.Job).Distinct().ToListAsync(cancel);
            },
            cancel
        );
        foreach (var job in due)
            await RunAsync(job, cancel);
        return Answer("clock");
    }

    /// <param name="seen">The number that the person saw.</param>
    public async Task<IActionResult> OnPostDeleteAsync(string what, int seen, CancellationToken cancel)
    {
        var job = await store.WriteAsync(
            async db =>
            {
                var allowed = await guard.AllowAsync(db, what, seen, cancel);
                if (allowed is not null)
                    db.Record(clock, User, "let the site delete what waited", $"{seen} {what}");
                return allowed;
            },
            cancel
        );
        if (job is not null)
            await RunAsync(job, cancel);
        return Answer(await store.ReadAsync(db => db.Set<HeldDeletion>().AnyAsync(h => h.What == what, cancel)) ? "waits" : "deleted");
    }

    /// <summary>What an older version of the site noted may name a job that is no more.</summary>
    Task RunAsync(string job, CancellationToken cancel) =>
        jobs.Any(j => j.Name == job) ? runner.RunNowAsync(job, cancel) : Task.CompletedTask;

    RedirectResult Answer(string done) => Redirect("/staff/health/deletion?done=" + done);
}
