using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// The program is killed at random moments while people apply, and started again: whoever was told that the application has
/// arrived has one, with its mail, and no place is given twice. <c>COURSE_CUTS</c> sets how often; thousands are for the
/// benchmarks project (<c>courses-kills</c>), which measures too.
/// </summary>
[OneStore("cuts and SQLite's file")]
public sealed class PowerCutTests
{
    const int Stores = 2;
    static readonly int Cuts = int.Parse(Environment.GetEnvironmentVariable("COURSE_CUTS") ?? "6", CultureInfo.InvariantCulture);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, StoreFile]
    public async Task Nothing_that_was_acknowledged_is_lost_and_nothing_is_given_twice()
    {
        var cuts = (await Task.WhenAll(Enumerable.Range(0, Stores).Select(CutAgainAndAgain))).SelectMany(c => c).ToList();
        TestContext.Current.SendDiagnosticMessage(
            "{0} cuts, {1} acknowledged, ready again within {2:0} ms at most",
            cuts.Count,
            cuts.Sum(c => c.Acknowledged),
            cuts.Max(c => c.Ready).TotalMilliseconds
        );
        Assert.All(cuts, cut => Assert.True(cut.Whole, cut.ToString()));
        // Some cuts come in the middle: otherwise nothing was tried.
        Assert.NotEqual(0, cuts.Sum(c => c.Acknowledged));
    }

    static async Task<IReadOnlyList<PowerCuts.Cut>> CutAgainAndAgain(int store)
    {
        using var power = new PowerCuts(seed: 20260608 + store);
        var cuts = new List<PowerCuts.Cut>();
        for (var cut = store; cut < Cuts; cut += Stores)
            cuts.Add(await power.CutAsync(cancel: Cancel));
        return cuts;
    }

    /// <summary>The control: what is taken away by hand between the cut and the count is found.</summary>
    [Fact, StoreFile]
    public async Task The_count_finds_what_was_taken_away()
    {
        using var power = new PowerCuts(seed: 1);
        var cut = await power.CutAsync(late: true, TakeAway, Cancel);
        Assert.Equal((24, 2, 1, 1), (cut.Acknowledged, cut.Lost, cut.Oversold, cut.WithoutMail));
    }

    static async Task TakeAway(SiteDb db, Guid group)
    {
        var people = await db.Set<Application>()
            .AsNoTracking()
            .Where(a => a.CohortId == group)
            .OrderByDescending(a => a.Position)
            .Select(a => new { a.Id, a.Reference })
            .ToListAsync(Cancel);
        // A draft as if it had not been sent, so that an acknowledged application and one without a draft remain; a mail; a place
        // that nobody counted.
        await db.Set<ApplicationDraft>().Where(d => d.Reference == people[0].Reference).ExecuteDeleteAsync(Cancel);
        var about = people[1].Id.ToString("N");
        await db.Set<OutboxMail>().Where(m => m.About.StartsWith(about)).ExecuteDeleteAsync(Cancel);
        await db.Set<Cohort>()
            .Where(c => c.Id == group)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, c => c.PlacesTaken + 1), Cancel);
    }
}
