using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// Starts the program on a store of its own, lets people apply, kills it (<c>kill -9</c>) and counts what became of them; again
/// and again on the same store. The benchmarks project uses it too.
/// </summary>
public sealed class PowerCuts : IDisposable
{
    const int People = 24,
        Places = 9;

    /// <summary>Beside all other tests: only a standstill counts. The benchmark holds it to 3 seconds.</summary>
    static readonly TimeSpan ComesUpWithin = TimeSpan.FromMinutes(2);

    readonly string folder = Directory.CreateTempSubdirectory("imhw-cuts-").FullName;
    readonly Random random;
    readonly string[] program;

    /// <param name="site">The folder of a published program, which starts sooner; null for the one that was built.</param>
    public PowerCuts(int seed, string? site = null)
    {
        random = new(seed);
        program = site is null ? ["dotnet", typeof(SiteDb).Assembly.Location] : [Path.Combine(site, "InfantMHWeek")];
        Directory.CreateDirectory(Data);
        CopyContent();
    }

    /// <param name="Of">What the store held after the cut.</param>
    /// <param name="Ready">From the start of the program after the last cut until it was ready.</param>
    public sealed record Cut(Applicants.Tally Of, TimeSpan Ready) : Applicants.Tally(Of);

    string Data => Path.Combine(folder, "data");
    string Content => Path.Combine(folder, "content");

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
    }

    /// <param name="late">Cuts only when everybody has been answered.</param>
    /// <param name="meanwhile">Done with the store before it is looked at.</param>
    internal async Task<Cut> CutAsync(bool late = false, Func<SiteDb, Guid, Task>? meanwhile = null, CancellationToken cancel = default)
    {
        Guid group;
        IReadOnlyList<string> tokens;
        await using (var store = Open())
        {
            await store.Database.MigrateAsync(cancel);
            (group, tokens) = await Applicants.PrepareAsync(store, People, Places, cancel);
        }
        ConcurrentBag<string> acknowledged = [];
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan ready;
        using (var process = Start(out var address))
        {
            try
            {
                ready = await ReadyAsync(address, process, cancel);
                var applying = ApplyAsync(address, tokens, acknowledged, late ? null : (random.Next(People), enough), cancel);
                await Task.WhenAny(applying, enough.Task);
                // The moment of the cut is what is tried: so many have been answered, the others are somewhere, and a few thousandths
                // of a second drawn by lot put them elsewhere each time.
                await Task.Delay(random.Next(0, 25), cancel);
                process.Kill(entireProcessTree: true);
                await applying;
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        await using var db = Open();
        if (meanwhile is not null)
            await meanwhile(db, group);
        db.ChangeTracker.Clear();
        return new(await Applicants.CountAsync(db, group, acknowledged, cancel), ready);
    }

    /// <summary>Few pages, so that the program is there at once: the course, the wording of its mails, and what every site has.</summary>
    void CopyContent()
    {
        var real = SiteFolders.Content(new ConfigurationBuilder().Build());
        foreach (
            var file in (IEnumerable<string>)
                [
                    "home.md",
                    "about.md",
                    $"courses/{Applicants.Course}.md",
                    .. Directory.EnumerateFiles(Path.Combine(real, "emails")).Select(f => Path.GetRelativePath(real, f)),
                ]
        )
        {
            var copy = Path.Combine(Content, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(real, file), copy);
        }
        // Pages of which the real site shows pictures and links would be faults here.
        foreach (var page in new[] { "home.md", "about.md", $"courses/{Applicants.Course}.md" })
            File.WriteAllText(Path.Combine(Content, page), "---\ntitle: A page\nsummary: What it says.\n---\n\nSome words.\n");
    }

    SiteDb Open() => StoreServices.Open($"Data Source={Path.Combine(Data, "site.db")};Pooling=False");

    Process Start(out Uri address)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }
        var start = new ProcessStartInfo(
            program[0],
            [
                .. program[1..],
                "--urls",
                address.OriginalString,
                "--Data:Path=" + Data,
                "--Content:Path=" + Content,
                "--Serilog:MinimumLevel:Default=Fatal",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        // It lives for seconds: compiling better what it does often would only delay it.
        foreach (var better in new[] { "DOTNET_TieredPGO", "DOTNET_TC_CallCounting" })
            start.Environment[better] = "0";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task<TimeSpan> ReadyAsync(Uri address, Process process, CancellationToken cancel)
    {
        using var browser = new HttpClient { BaseAddress = address };
        while (!process.HasExited && DateTime.Now - process.StartTime < ComesUpWithin)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode)
                    return DateTime.Now - process.StartTime;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet. Another process tells in no other way that it is ready, as a load balancer knows too.
                await Task.Delay(10, cancel);
            }
        }
        throw new InvalidOperationException("The site did not come up.");
    }

    static async Task ApplyAsync(
        Uri address,
        IReadOnlyList<string> tokens,
        ConcurrentBag<string> acknowledged,
        (int Answers, TaskCompletionSource Told)? cut,
        CancellationToken cancel
    )
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = address };
        try
        {
            var form = await Applicants.OpenFormAsync(browser, tokens[0], cancel);
            if (cut is { Answers: 0 } none)
                none.Told.TrySetResult();
            await Parallel.ForEachAsync(
                tokens,
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel },
                async (token, stop) =>
                {
                    if (await Applicants.SendAsync(browser, form, token, stop))
                        acknowledged.Add(Secret.Hash(token));
                    if (cut is { } due && acknowledged.Count >= due.Answers)
                        due.Told.TrySetResult();
                }
            );
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The cut.
        }
    }
}
