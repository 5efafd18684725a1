using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>Stands in for every other website, so that nothing leaves this machine.</summary>
sealed class Elsewhere
{
    // Only a fault reaches it: a request that is made at all is made within milliseconds.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TaskCompletionSource<IRequest> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAsked => asked.Task.IsCompleted;

    /// <summary>The first request that left the site.</summary>
    public Task<IRequest> Asked() => asked.Task.WaitAsync(Patience);

    /// <param name="silent">
    /// Breaks the journey off, so that the page stays as it was while it waited for the other website, and can be looked at.
    /// (While a browser waits for an answer it shows the page to the reader, but not to a test.)
    /// </param>
    public static async Task<Elsewhere> For(IPage page, string site, bool silent = true)
    {
        var elsewhere = new Elsewhere();
        await page.Context.RouteAsync(
            address => !address.StartsWith(site + "/", StringComparison.Ordinal),
            async route =>
            {
                if (silent)
                    await route.AbortAsync("aborted");
                else
                    await route.FulfillAsync(
                        new() { ContentType = "text/html", Body = "<!DOCTYPE html><title>Weather</title><h1>Weather</h1>" }
                    );
                elsewhere.asked.TrySetResult(route.Request);
            }
        );
        return elsewhere;
    }
}
