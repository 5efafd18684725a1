using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Asks for mixed pages at a fixed rate, whether or not answers keep up, as a crowd does; prints the time to answer and what went
/// wrong.
/// </summary>
static class SteadyLoad
{
    static readonly string[] Mix =
    [
        "/",
        "/themes/2022",
        "/understanding-early-trauma",
        "/research/early-trauma-2022",
        "/support",
        "/themes",
        "/search?q=early+relationships",
        "/nothing-here",
        "/feed.atom",
        "/about",
    ];

    public static async Task<int> Run(string address, string perSecond, string seconds)
    {
        var (rate, duration) = (int.Parse(perSecond, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 200 };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(10) };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var times = new ConcurrentBag<(int Second, double Milliseconds, string Path)>();
        var errors = 0;
        var asked = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < rate * duration; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            asked.Add(Ask(Mix[i % Mix.Length], due));
        }
        await Task.WhenAll(asked);
        Tell("all", [.. times.Select(t => t.Milliseconds)]);
        foreach (var path in Mix)
            Tell(path, [.. times.Where(t => t.Path == path).Select(t => t.Milliseconds)]);
        Tell("first half", [.. times.Where(t => t.Second < duration / 2).Select(t => t.Milliseconds)]);
        Tell("second half", [.. times.Where(t => t.Second >= duration / 2).Select(t => t.Milliseconds)]);
        Console.WriteLine($"{times.Count} answers in {clock.Elapsed.TotalSeconds:0.0} s, {errors} errors");
        return errors == 0 ? 0 : 1;

        async Task Ask(string path, TimeSpan due)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                if ((int)answer.StatusCode >= 500)
                    Interlocked.Increment(ref errors);
                // From when it was due, so that a late start counts against the server and not for it.
                times.Add(((int)due.TotalSeconds, (clock.Elapsed - due).TotalMilliseconds, path));
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                Interlocked.Increment(ref errors);
            }
        }
    }

    static void Tell(string name, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        double At(double share) =>
            milliseconds.Length == 0 ? 0 : milliseconds[Math.Min(milliseconds.Length - 1, (int)(milliseconds.Length * share))];
        Console.WriteLine($"{name, -32} p50 {At(0.5), 7:0.00} ms   p99 {At(0.99), 7:0.00} ms   max {At(1), 7:0.00} ms");
    }
}
