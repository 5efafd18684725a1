using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Instances of the published program that share a store and a folder, as the guide for several machines says; and what becomes of
/// applications when they are used hard, or killed.
/// </summary>
sealed class Instances : IAsyncDisposable
{
    const int People = 64;

    /// <summary>The proxy of <c>tests/chaos</c> knows it too.</summary>
    static readonly int FirstPort = int.Parse(Environment.GetEnvironmentVariable("INSTANCES_PORT") ?? "5300", CultureInfo.InvariantCulture);
    static readonly TimeSpan ComesUpWithin = TimeSpan.FromSeconds(60);
    readonly string site,
        store,
        folder = Directory.CreateTempSubdirectory("instances-").FullName;
    readonly Process?[] running;

    internal Instances(string site, string store, int many)
    {
        (this.site, this.store, running) = (site, store, new Process?[many]);
        using var db = StoreServices.Open(store);
        db.Database.Migrate();
    }

    internal static Uri Address(int number) => new($"http://127.0.0.1:{FirstPort + number}");

    internal bool IsRunning(int number) => running[number] is { HasExited: false };

    string[] Settings =>
        [
            "--ConnectionStrings:Site=" + store,
            "--Data:Path=" + Path.Combine(folder, "data"),
            "--Content:Path=" + Path.Combine(site, "content"),
        ];

    /// <summary>As a service manager stops it.</summary>
    internal async Task StopAsync(int number)
    {
        using var kill = Process.Start("kill", ["-TERM", running[number]!.Id.ToString(CultureInfo.InvariantCulture)]);
        await running[number]!.WaitForExitAsync();
    }

    /// <summary>Makes the changes of another version while instances run.</summary>
    internal async Task MigrateAsync(string from)
    {
        using var migrating = Process.Start(
            new ProcessStartInfo(Path.Combine(from, "InfantMHWeek"), ["db", "migrate", "--while-running", "true", .. Settings])
        )!;
        await migrating.WaitForExitAsync();
        if (migrating.ExitCode != 0)
            throw new InvalidOperationException("The database could not be changed.");
    }

    /// <param name="from">The folder of another version of the program.</param>
    internal async Task StartAsync(int number, string? from = null)
    {
        var start = new ProcessStartInfo(
            Path.Combine(from ?? site, "InfantMHWeek"),
            [
                "--urls",
                Address(number).OriginalString,
                "--Site:BaseUrl=https://week.example",
                "--ReverseProxy:KnownAddresses=127.0.0.1",
                "--Serilog:MinimumLevel:Default=Error",
                .. Settings,
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var process = running[number] = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        using var browser = Browser(Address(number));
        var clock = Stopwatch.StartNew();
        while (!process.HasExited && clock.Elapsed < ComesUpWithin)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException("An instance did not come up.");
    }

    internal static HttpClient Browser(Uri address)
    {
        var browser = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 200,
            }
        )
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(10),
        };
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.OfType<Process>())
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>So many people apply at the same moment, in turn at each instance, for 1 to 50 places.</summary>
    /// <param name="site">The folder of the published program.</param>
    /// <param name="store">A connection string; the database is used up.</param>
    public static async Task<int> Rush(string site, string store, string many, string rounds)
    {
        var (instances, all, times, refused) = (
            int.Parse(many, CultureInfo.InvariantCulture),
            int.Parse(rounds, CultureInfo.InvariantCulture),
            new ConcurrentBag<double>(),
            0
        );
        await using var fleet = new Instances(site, store, instances);
        for (var n = 0; n < instances; n++)
            await fleet.StartAsync(n);
        var browsers = Enumerable.Range(0, instances).Select(n => Browser(Address(n))).ToList();
        var (sum, busy) = (new Applicants.Tally(0, 0, 0, 0), TimeSpan.Zero);
        for (var round = 0; round < all; round++)
        {
            await using var db = StoreServices.Open(store);
            var (group, tokens) = await Applicants.PrepareAsync(db, People, 1 + round * 49 / Math.Max(1, all - 1), default);
            var forms = await Task.WhenAll(browsers.Select(b => Applicants.OpenFormAsync(b, tokens[0], default)));
            var acknowledged = new ConcurrentBag<string>();
            var began = Stopwatch.StartNew();
            await Task.WhenAll(
                tokens
                    .Index()
                    .Select(async person =>
                    {
                        var clock = Stopwatch.StartNew();
                        if (
                            await Applicants.SendAsync(
                                browsers[person.Index % instances],
                                forms[person.Index % instances],
                                person.Item,
                                default
                            )
                        )
                            acknowledged.Add(Secret.Hash(person.Item));
                        else
                            Interlocked.Increment(ref refused);
                        times.Add(clock.Elapsed.TotalMilliseconds);
                    })
            );
            busy += began.Elapsed;
            sum = Add(sum, await Applicants.CountAsync(db, group, acknowledged, default));
            if (round % 25 == 24)
                await Console.Error.WriteLineAsync($"{round + 1} rounds: {sum}");
        }
        browsers.ForEach(b => b.Dispose());
        var sorted = times.Order().ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{all} rounds of {People} at {instances} instances: {sum.Acknowledged} acknowledged, {refused} refused, {sum.Lost} "
                    + $"lost or twice, {sum.Oversold} oversold, {sum.WithoutMail} without mail; p50 {sorted[sorted.Count / 2]:0} ms, "
                    + $"p99 {sorted[sorted.Count * 99 / 100]:0} ms, longest {sorted[^1]:0} ms; {sorted.Count / busy.TotalSeconds:0} "
                    + $"applications a second"
            )
        );
        return sum.Whole && refused == 0 ? 0 : 1;
    }

    /// <summary>Three instances behind a proxy; two of them are killed while pages are read and people apply, and started again.</summary>
    /// <param name="proxy">What listens in front of ports 5300 to 5302.</param>
    public static async Task<int> Kills(string site, string store, string proxy, string seconds)
    {
        const int Many = 3,
            ReadsPerSecond = 200,
            AppliesPerSecond = 5;
        var duration = int.Parse(seconds, CultureInfo.InvariantCulture);
        await using var fleet = new Instances(site, store, Many);
        for (var n = 0; n < Many; n++)
            await fleet.StartAsync(n);
        using var browser = Browser(new Uri(proxy));
        await using var db = StoreServices.Open(store);
        var (group, tokens) = await Applicants.PrepareAsync(db, duration * AppliesPerSecond, duration * AppliesPerSecond / 2, default);
        var form = await Applicants.OpenFormAsync(browser, tokens[0], default);
        var (clock, kills, failed, times, acknowledged, again) = (
            Stopwatch.StartNew(),
            new List<TimeSpan>(),
            new ConcurrentBag<TimeSpan>(),
            new ConcurrentBag<double>(),
            new ConcurrentBag<string>(),
            0
        );

        var reading = AtRate(ReadsPerSecond, duration, clock, async number =>
        {
            var (began, fine) = (clock.Elapsed, false);
            try
            {
                using var answer = await browser.GetAsync(new Uri(number % 2 == 0 ? "/" : "/understanding-early-trauma", UriKind.Relative));
                fine = answer.StatusCode == HttpStatusCode.OK;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                // Counted below.
            }
            if (!fine)
                failed.Add(clock.Elapsed);
            times.Add((clock.Elapsed - began).TotalMilliseconds);
        });
        var applying = AtRate(AppliesPerSecond, duration, clock, async number =>
        {
            // Whoever gets no answer presses the button again.
            for (var attempt = 0; attempt < 10; attempt++)
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
                Interlocked.Increment(ref again);
                await Task.Delay(1000);
            }
        });
        foreach (var (number, share) in new[] { (0, 0.25), (1, 0.5) })
        {
            await Task.Delay(TimeSpan.FromSeconds(duration * share) - clock.Elapsed);
            fleet.running[number]!.Kill();
            kills.Add(clock.Elapsed);
        }
        await Task.Delay(TimeSpan.FromSeconds(duration * 0.7) - clock.Elapsed);
        foreach (var number in new[] { 0, 1 })
            await fleet.StartAsync(number);
        await Task.WhenAll(reading, applying);

        db.ChangeTracker.Clear();
        var sum = await Applicants.CountAsync(db, group, acknowledged, default);
        var sorted = times.Order().ToList();
        var longest = kills
            .Select(kill =>
                failed
                    .Where(f => f >= kill && f < kill + TimeSpan.FromSeconds(duration * 0.2))
                    .Select(f => (f - kill).TotalMilliseconds)
                    .DefaultIfEmpty(0)
                    .Max()
            )
            .ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Count} readings, {failed.Count} without a page, the last one {longest[0]:0} and {longest[1]:0} ms after the "
                    + $"two kills; p50 {sorted[sorted.Count / 2]:0.0} ms, p99 {sorted[sorted.Count * 99 / 100]:0} ms, longest "
                    + $"{sorted[^1]:0} ms"
            )
        );
        Console.WriteLine(
            $"{tokens.Count} people applied ({again} presses without an answer): {sum.Acknowledged} acknowledged, {sum.Lost} lost or "
                + $"twice, {sum.Oversold} oversold, {sum.WithoutMail} without mail"
        );
        return sum.Whole && sum.Acknowledged == tokens.Count && longest.Max() <= 1000 ? 0 : 1;
    }

    internal static async Task AtRate(int perSecond, int seconds, Stopwatch clock, Func<int, Task> act)
    {
        var all = new List<Task>();
        for (var n = 0; n < perSecond * seconds; n++)
        {
            if (TimeSpan.FromSeconds((double)n / perSecond) - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            all.Add(act(n));
        }
        await Task.WhenAll(all);
    }

    static Applicants.Tally Add(Applicants.Tally one, Applicants.Tally other) =>
        new(
            one.Acknowledged + other.Acknowledged,
            one.Lost + other.Lost,
            one.Oversold + other.Oversold,
            one.WithoutMail + other.WithoutMail
        );
}
