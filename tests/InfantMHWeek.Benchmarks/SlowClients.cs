using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace InfantMHWeek.Benchmarks;

/// <summary>Clients that hold a connection and send or read next to nothing, and how long an ordinary page takes meanwhile.</summary>
static class SlowClients
{
    const int Headers = 1000,
        Bodies = 300,
        Readers = 300,
        Pages = 1000;
    const string Begun = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        Form =
            "POST /contact/write HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + "20000\r\n\r\n";

    public static async Task<int> Run(string address)
    {
        var site = new Uri(address);
        using var browser = new HttpClient { BaseAddress = site };
        await MeasureAsync(browser);
        var alone = await MeasureAsync(browser);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, Headers)
            .Select(_ => HoldAsync(site, Begun, "a", stop.Token))
            .Concat(Enumerable.Range(0, Bodies).Select(_ => HoldAsync(site, Form, "a=b&", stop.Token)))
            .Concat(
                Enumerable
                    .Range(0, Readers)
                    .Select(_ =>
                        HoldAsync(
                            site,
                            string.Concat(Enumerable.Repeat("GET /understanding-early-trauma HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 30)),
                            "",
                            stop.Token
                        )
                    )
            )
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), stop.Token);
        var meanwhile = await MeasureAsync(browser);
        await stop.CancelAsync();
        var held = (await Task.WhenAll(clients)).Count(connected => connected);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{held} of {clients.Count} slow clients connected ({Headers} headers, {Bodies} bodies, {Readers} readers): a page's "
                    + $"p99 {meanwhile:0.0} ms; without them {alone:0.0} ms"
            )
        );
        return held == clients.Count && meanwhile <= 50 ? 0 : 1;
    }

    /// <returns>The time that 99 of 100 pages stay below, in milliseconds.</returns>
    static async Task<double> MeasureAsync(HttpClient browser)
    {
        var times = new List<double>();
        for (var n = 0; n < Pages; n++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await browser.GetAsync(new Uri("/understanding-early-trauma", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
            await Task.Delay(3);
        }
        times.Sort();
        return times[Pages * 99 / 100];
    }

    /// <returns>Whether it was let in at all.</returns>
    static async Task<bool> HoldAsync(Uri site, string first, string more, CancellationToken stop)
    {
        using var client = new TcpClient { ReceiveBufferSize = 1024 };
        var connected = false;
        try
        {
            await client.ConnectAsync(site.Host, site.Port, stop);
            connected = true;
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(first), stop);
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
                if (more.Length > 0)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(more), stop);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException)
        {
            // The site may let go of it whenever it likes.
            return connected;
        }
    }
}
