using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>The system's own Chromium, started once; every visit gets a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The one without windows first: the same engine, for little more than half the work.</summary>
    static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var program = Find();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = program,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    // No name of the outside world is ever looked up, whatever a page asks for.
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                ],
            }
        );
    }

    static string Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named)
                ? named
                : throw new BrowserMissingException($"CHROMIUM names {named}, and there is no such file. Set it to the path of Chromium.");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new BrowserMissingException(
                "There is no Chromium on this machine. Install it (Debian: apt-get install chromium-headless-shell), or set CHROMIUM to "
                    + "its path."
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>Without a browser these tests fail: a skipped test proves nothing.</summary>
public sealed class BrowserMissingException(string message) : Exception(message);
