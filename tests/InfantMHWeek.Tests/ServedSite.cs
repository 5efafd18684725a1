using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Tests;

/// <summary>The real program, serving on this machine with an empty database of its own, until it is disposed.</summary>
sealed class ServedSite : IAsyncDisposable
{
    readonly Process process;
    readonly bool ownData;

    public HttpClient Browser { get; }
    public int Port { get; }
    public string Data { get; }
    public int Id => process.Id;

    /// <summary>What it has printed, errors too.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    ServedSite(string? data, IEnumerable<string> settings)
    {
        ownData = data is null;
        Data = data ?? Directory.CreateTempSubdirectory("imhw-served-").FullName;
        if (ownData)
            TestStore.CopyTo(Data);
        Port = FreePort();
        var address = $"http://127.0.0.1:{Port}";
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(Program).Assembly.Location,
                "--urls",
                address,
                "--Data:Path=" + Data,
                "--Site:BaseUrl=https://week.example",
                .. settings,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<ServedSite> Start(params IEnumerable<string> settings) => On(null, settings);

    /// <param name="data">A data folder that is there already and stays.</param>
    public static async Task<ServedSite> On(string? data, params IEnumerable<string> settings)
    {
        var site = new ServedSite(data, settings);
        for (var tries = 0; ; tries++)
        {
            try
            {
                (await site.Browser.GetAsync(new Uri("/health/live", UriKind.Relative), Cancel)).Dispose();
                return site;
            }
            catch (HttpRequestException) when (!site.process.HasExited && tries < 600)
            {
                await Task.Delay(100, Cancel);
            }
        }
    }

    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var answer = await Browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>As a service manager stops it: it may finish what it does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Cancel);
        return await EndedAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        if (ownData)
            Directory.Delete(Data, recursive: true);
    }
}

/// <summary>One <see cref="ServedSite"/> for the tests of a class that leave it as it was; it believes a proxy on this machine.</summary>
public sealed class ServedBehindProxy : IAsyncDisposable
{
    internal const string Setting = "--ReverseProxy:KnownAddresses=127.0.0.1";
    ServedSite? site;

    // Tests of one class run one after the other.
    internal async Task<ServedSite> StartedAsync()
    {
        if (site is not null)
            return site;
        site = await ServedSite.Start(Setting);
        // The first readers get pages that nobody keeps yet.
        await Eventually.IsTrue(async () =>
        {
            using var home = await site.Browser.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            return home.Headers.CacheControl?.SharedMaxAge is not null;
        });
        return site;
    }

    public ValueTask DisposeAsync() => site?.DisposeAsync() ?? ValueTask.CompletedTask;
}
