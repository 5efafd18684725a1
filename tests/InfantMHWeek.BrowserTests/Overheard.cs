using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>
/// Everything a visit says that a good page leaves unsaid: policy violations, errors, failed requests, requests to others.
/// </summary>
sealed class Overheard
{
    readonly ConcurrentQueue<string> said = new();

    Overheard(IBrowserContext visit, string site)
    {
        visit.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                said.Enqueue($"console {message.Type} on {message.Page?.Url}: {message.Text}");
        };
        visit.WebError += (_, error) => said.Enqueue($"script error: {error.Error}");
        visit.RequestFailed += (_, request) => said.Enqueue($"request failed: {request.Url} {request.Failure}");
        visit.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site + "/", StringComparison.Ordinal))
                said.Enqueue($"request to another host: {request.Url}");
        };
        visit.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
                said.Enqueue(string.Create(CultureInfo.InvariantCulture, $"answer {answer.Status}: {answer.Url}"));
        };
    }

    public IReadOnlyCollection<string> Said => said;

    public static async Task<Overheard> On(IBrowserContext visit, string site)
    {
        await visit.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error(`content policy: ${e.violatedDirective} against "
                + "${e.blockedURI} ${e.sample}`))"
        );
        return new(visit, site);
    }

    /// <summary>What a page has left in the browser, as a sentence; empty when it left nothing.</summary>
    public static async Task<string> LeftBehind(IPage page)
    {
        var stored = await page.EvaluateAsync<string>(
            """
            async () => [
              ['local storage', localStorage.length], ['session storage', sessionStorage.length],
              ['databases', (await indexedDB.databases()).length], ['caches', (await caches.keys()).length],
              ['service workers', (await navigator.serviceWorker.getRegistrations()).length],
            ].filter(([, number]) => number > 0).map(([what, number]) => `${what}: ${number}`).join(', ')
            """
        );
        var cookies = await page.Context.CookiesAsync();
        return cookies.Count == 0 ? stored : $"cookies: {string.Join(", ", cookies.Select(c => c.Name))} {stored}".Trim();
    }
}
