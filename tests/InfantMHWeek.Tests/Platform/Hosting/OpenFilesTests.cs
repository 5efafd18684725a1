using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>Where the system lets too few files be open, the site says so; where it is just enough, no crowd can take them all.</summary>
public sealed class OpenFilesTests : IDisposable
{
    readonly TestDataFolder data = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    Process Start(int files, params string[] words)
    {
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                string.Create(CultureInfo.InvariantCulture, $"ulimit -n {files} && exec dotnet \"$@\""),
                "sh",
                typeof(Program).Assembly.Location,
                .. words,
                "--Data:Path=" + data.Path,
                "--Site:BaseUrl=https://week.example",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }

    async Task<(int Code, string Output, string Errors)> Run(int files, params string[] words)
    {
        using var process = Start(files, words);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output, await errors);
    }

    [Fact]
    public async Task Too_few_are_refused_in_a_sentence()
    {
        foreach (var words in new string[][] { ["check"], ["--urls=http://127.0.0.1:0"] })
        {
            var (code, _, errors) = await Run(600, words);
            Assert.Equal(1, code);
            Assert.Equal(
                "Only 600 files may be open at once, and the site needs 900 at least. Raise the limit (ulimit -n, or LimitNOFILE= in "
                    + "the unit).",
                errors.Trim()
            );
        }
        Assert.Contains(
            "Doubtful: Only 1000 files may be open at once, so 300 visitors can be connected",
            (await Run(1000, "check")).Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("may be open at once", (await Run(5000, "check")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crowd_that_holds_connections_leaves_the_site_what_it_needs()
    {
        var port = ServedSite.FreePort();
        using var process = Start(
            1000,
            string.Create(CultureInfo.InvariantCulture, $"--urls=http://127.0.0.1:{port}"),
            "--ReverseProxy:KnownAddresses=127.0.0.1"
        );
        _ = process.StandardOutput.ReadToEndAsync(Cancel);
        _ = process.StandardError.ReadToEndAsync(Cancel);
        var crowd = new List<Socket>();
        try
        {
            using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = true, MaxConnectionsPerServer = 1 })
            {
                BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            };
            browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            for (var tries = 0; !await IsReady(browser); tries++)
            {
                Assert.True(tries < 300 && !process.HasExited, "It does not start.");
                await Task.Delay(100, Cancel);
            }
            for (var i = 0; i < 1200; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
                crowd.Add(socket);
            }
            // The connection of before goes on: pages, forms and the store.
            foreach (var path in new[] { "/", "/contact/write", "/events", "/health/ready" })
            {
                // What came in at one blow is being turned away for a moment.
                for (var tries = 0; ; tries++)
                {
                    using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                    if (answer.IsSuccessStatusCode)
                        break;
                    Assert.True(tries < 300, $"{path}: {answer.StatusCode}");
                    await Task.Delay(100, Cancel);
                }
            }
            crowd.ForEach(s => s.Dispose());
            using var after = new HttpClient { BaseAddress = browser.BaseAddress, Timeout = TimeSpan.FromSeconds(20) };
            for (var tries = 0; !await IsReady(after); tries++)
            {
                Assert.True(tries < 300 && !process.HasExited, "It does not come back.");
                await Task.Delay(100, Cancel);
            }
        }
        finally
        {
            crowd.ForEach(s => s.Dispose());
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    static async Task<bool> IsReady(HttpClient browser)
    {
        try
        {
            using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
