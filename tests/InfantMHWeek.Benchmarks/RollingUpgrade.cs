using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Two instances behind a proxy are replaced one by one by a newer version with one more change to the database, as the guide says,
/// while people read and apply.
/// </summary>
static class RollingUpgrade
{
    const int ReadsPerSecond = 100,
        AppliesPerSecond = 4,
        MostPresses = 20;

    /// <summary>
    /// An instance that did not answer gets nothing from the proxy for five seconds (<c>fail_timeout</c>), even when it is back.
    /// </summary>
    static readonly TimeSpan ProxyPassesOver = TimeSpan.FromSeconds(6);

    /// <param name="older">The folder of the published program that runs.</param>
    /// <param name="newer">Of the one that replaces it.</param>
    /// <param name="store">A connection string; the database is used up.</param>
    /// <param name="proxy">What listens in front of both.</param>
    public static async Task<int> Run(string older, string newer, string store, string proxy, string seconds)
    {
        var duration = int.Parse(seconds, CultureInfo.InvariantCulture);
        await using var fleet = new Instances(older, store, 2);
        for (var n = 0; n < 2; n++)
            await fleet.StartAsync(n);
        using var browser = Instances.Browser(new Uri(proxy));
        await using var db = StoreServices.Open(store);
        var (group, tokens) = await Applicants.PrepareAsync(db, duration * AppliesPerSecond, duration * AppliesPerSecond / 2, default);
        var form = await Applicants.OpenFormAsync(browser, tokens[0], default);
        var (clock, acknowledged, again) = (Stopwatch.StartNew(), new ConcurrentBag<string>(), 0);
        var (answers, refused) = (new ConcurrentBag<int>(), new ConcurrentBag<TimeSpan>());

        var reading = Instances.AtRate(ReadsPerSecond, duration, clock, async number =>
        {
            try
            {
                using var answer = await browser.GetAsync(
                    new Uri(
                        (number % 3) switch
                        {
                            0 => "/",
                            1 => "/support",
                            _ => "/events",
                        },
                        UriKind.Relative
                    )
                );
                answers.Add((int)answer.StatusCode);
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                answers.Add(0);
            }
        });
        var applying = Instances.AtRate(AppliesPerSecond, duration, clock, async number =>
        {
            // Whoever is told to, presses the button again.
            for (var press = 0; press < MostPresses; press++)
            {
                try
                {
                    if (await Applicants.SendAsync(browser, form, tokens[number], default))
                    {
                        acknowledged.Add(Secret.Hash(tokens[number]));
                        return;
                    }
                }
                catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
                {
                    // As above.
                }
                refused.Add(clock.Elapsed);
                Interlocked.Increment(ref again);
                await Task.Delay(1000);
            }
        });

        await Task.Delay(TimeSpan.FromSeconds(duration * 0.3) - clock.Elapsed);
        await fleet.StopAsync(1);
        await fleet.MigrateAsync(newer);
        var changed = clock.Elapsed;
        await fleet.StartAsync(1, newer);
        await Task.Delay(ProxyPassesOver);
        await fleet.StopAsync(0);
        var settled = clock.Elapsed;
        await fleet.StartAsync(0, newer);
        var replaced = clock.Elapsed;
        await Task.WhenAll(reading, applying);

        db.ChangeTracker.Clear();
        var sum = await Applicants.CountAsync(db, group, acknowledged, default);
        var (wrong, cut) = (answers.Count(a => a >= 500), answers.Count(a => a == 0));
        var outside = refused.Count(r => r < TimeSpan.FromSeconds(duration * 0.3) || r > settled + TimeSpan.FromSeconds(1));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"replaced in {(replaced - TimeSpan.FromSeconds(duration * 0.3)).TotalSeconds:0.0} s; the older one stood under the "
                    + $"newer schema for {(settled - changed).TotalSeconds:0.0} s"
            )
        );
        Console.WriteLine($"{answers.Count} readings: {wrong} answered 5xx, {cut} not answered");
        Console.WriteLine(
            $"{tokens.Count} people applied: {sum.Acknowledged} acknowledged, {sum.Lost} lost or twice, {sum.Oversold} oversold, "
                + $"{sum.WithoutMail} without mail; {again} presses were refused or cut off and made again, {outside} of them not while "
                + "it was replaced"
        );
        return sum.Whole && sum.Acknowledged == tokens.Count && wrong + cut + outside == 0 ? 0 : 1;
    }
}
