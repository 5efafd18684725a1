using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>What a first visit costs a reader with little data: counted, not timed.</summary>
public sealed class FirstVisitTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    const int MostRequests = 7,
        MostBytes = 55 * 1024,
        MostForThePage = 14 * 1024;

    [Fact]
    public async Task A_first_visit_is_small()
    {
        var costs = new List<Cost>();
        foreach (var path in SiteUnderTest.PagesAndAnswers)
        {
            var page = await Visit();
            costs.Add(await Open(page, path));
            await Forget(page);
        }
        var largest = string.Join('\n', costs.OrderByDescending(c => c.Bytes).Take(5));
        TestContext.Current.TestOutputHelper?.WriteLine(largest);

        Assert.True(
            costs.TrueForAll(c => c.Requests <= MostRequests && c.Bytes <= MostBytes && c.ForThePage <= MostForThePage),
            "The largest first visits:\n" + largest
        );
        // The control: a page without its words or without its style sheet would be small, too.
        Assert.All(costs, c => Assert.True(c.ForThePage > 1024 && c.Bytes - c.ForThePage > 4 * 1024, c.ToString()));
    }

    static async Task<Cost> Open(IPage page, string path)
    {
        var requests = new ConcurrentQueue<IRequest>();
        page.Request += (_, request) => requests.Enqueue(request);
        await page.GotoAsync(path);
        // The browser asks for the icon by itself, but not always before we have finished looking.
        await page.EvaluateAsync(
            "fetch(document.querySelector('link[rel=icon]').href).then(answer => answer.arrayBuffer()).then(() => {})"
        );

        var sizes = await Task.WhenAll(
            requests
                .DistinctBy(r => r.Url, StringComparer.Ordinal)
                .Select(async r => (Bytes: await OnTheWire(r), Page: r.IsNavigationRequest))
        );
        return new(path, sizes.Length, sizes.Sum(s => s.Bytes), sizes.Single(s => s.Page).Bytes);
    }

    static async Task<int> OnTheWire(IRequest request)
    {
        var sizes = await request.SizesAsync();
        return sizes.ResponseHeadersSize + sizes.ResponseBodySize;
    }

    sealed record Cost(string Path, int Requests, int Bytes, int ForThePage)
    {
        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path}: {Requests} requests, {Bytes} bytes, {ForThePage} of them for the page itself"
            );
    }
}
