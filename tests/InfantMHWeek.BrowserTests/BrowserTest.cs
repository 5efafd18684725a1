using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>A test that visits the site as a British reader does, and leaves a picture and a trace behind when it fails.</summary>
public abstract partial class BrowserTest(SiteUnderTest site, Chromium chromium) : IAsyncLifetime
{
    readonly List<IBrowserContext> visits = [];

    protected SiteUnderTest Site => site;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser that has never been here: nothing stored, nothing cached.</summary>
    /// <param name="script">False for a reader whose browser runs no script.</param>
    /// <param name="pictures">Keep the page at every step in the trace; costly, so not for tests with hundreds of steps.</param>
    protected async Task<IPage> Visit(
        int width = 1280,
        int height = 800,
        ColorScheme scheme = ColorScheme.Light,
        bool script = true,
        bool pictures = true
    )
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
        await visit.Tracing.StartAsync(new() { Snapshots = pictures });
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
        await visit.Tracing.StopAsync(new() { Path = Path.Combine(evidence, name + ".zip") });
        if (visit.Pages is [var page, ..])
            await page.ScreenshotAsync(new() { Path = Path.Combine(evidence, name + ".png"), FullPage = true });
    }

    static string FileName() => NotForFileNames().Replace(TestContext.Current.Test?.TestDisplayName ?? "test", "-").Trim('-');

    [GeneratedRegex(@"[^A-Za-z0-9_.]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotForFileNames();
}
