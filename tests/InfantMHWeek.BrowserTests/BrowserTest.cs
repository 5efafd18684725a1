using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>
/// A test that visits the site as a British reader does. When it fails it leaves the page behind as it was, as a picture and as HTML; with
/// TRACE set, every step too.
/// </summary>
public abstract partial class BrowserTest(SiteUnderTest site, Chromium chromium) : IAsyncLifetime
{
    static readonly bool IsTraced = Environment.GetEnvironmentVariable("TRACE") is { Length: > 0 };
    readonly List<IBrowserContext> visits = [];

    protected SiteUnderTest Site => site;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser that has never been here: nothing stored, nothing cached.</summary>
    /// <param name="script">False for a reader whose browser runs no script.</param>
    protected async Task<IPage> Visit(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var visit = await chromium.Browser.NewContextAsync(
            new()
            {
                BaseURL = site.Start,
                Locale = "en-GB",
                TimezoneId = "Europe/London",
                ColorScheme = scheme,
                JavaScriptEnabled = script,
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        visits.Add(visit);
        if (IsTraced)
            await visit.Tracing.StartAsync(new() { Snapshots = true });
        return await visit.NewPageAsync();
    }

    /// <summary>Ends a visit before the test ends, with all that the browser remembers of it.</summary>
    protected async Task Forget(IPage page)
    {
        visits.Remove(page.Context);
        await page.Context.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (number, visit) in visits.Index())
        {
            if (failed)
                await Keep(visit, $"{FileName()}.{number + 1}");
            await visit.DisposeAsync();
        }
    }

    static async Task Keep(IBrowserContext visit, string name)
    {
        var evidence = Path.Combine(AppContext.BaseDirectory, "evidence");
        Directory.CreateDirectory(evidence);
        if (IsTraced)
            await visit.Tracing.StopAsync(new() { Path = Path.Combine(evidence, name + ".zip") });
        if (visit.Pages is not [var page, ..])
            return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(evidence, name + ".png"), FullPage = true });
        await File.WriteAllTextAsync(Path.Combine(evidence, name + ".html"), $"<!-- {page.Url} -->\n{await page.ContentAsync()}");
    }

    static string FileName() => NotForFileNames().Replace(TestContext.Current.Test?.TestDisplayName ?? "test", "-").Trim('-');

    [GeneratedRegex(@"[^A-Za-z0-9_.]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotForFileNames();
}
