using System.Globalization;
using InfantMHWeek.Tests.Courses.Places;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Kills the program again and again while people apply for the course; prints what was lost, and how soon it was ready again.
/// </summary>
static class CourseKills
{
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(3);

    public static async Task<int> Run(string times, string? site = null)
    {
        using var power = new PowerCuts(seed: 7, site);
        var cuts = new List<PowerCuts.Cut>();
        for (var number = 1; number <= int.Parse(times, CultureInfo.InvariantCulture); number++)
        {
            cuts.Add(await power.CutAsync());
            if (number % 25 == 0)
                await Console.Error.WriteLineAsync(Words(cuts));
        }
        Console.WriteLine(Words(cuts));
        return cuts.TrueForAll(c => c.Whole) && cuts.TrueForAll(c => c.Ready <= ReadyWithin) && cuts.Sum(c => c.Acknowledged) > 0 ? 0 : 1;
    }

    static string Words(List<PowerCuts.Cut> cuts)
    {
        var ready = cuts.Select(c => c.Ready.TotalMilliseconds).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cuts.Count} kills, {cuts.Sum(c => c.Acknowledged)} acknowledged: {cuts.Sum(c => c.Lost)} lost, "
                + $"{cuts.Sum(c => c.Oversold)} oversold, {cuts.Sum(c => c.WithoutMail)} without mail; ready again after "
                + $"{ready[ready.Count / 2]:0} ms (median), {ready[ready.Count * 95 / 100]:0} ms (95 of 100), {ready[^1]:0} ms (longest)"
        );
    }
}
