using System.Globalization;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Tests.Events;

/// <summary>The drawing near a town is the town, with room for a finger on each circle of a small phone.</summary>
[OneStore("the drawing of a map")]
public sealed class MapTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Events_of_one_town_are_circles_of_their_own_with_names()
    {
        var generated = new GeneratedEvents(4);
        (string Town, GeoPoint At)[] places =
        [
            ("Leeds", new(53.80, -1.55)),
            ("Bradford", new(53.79, -1.75)),
            ("Wakefield", new(53.68, -1.50)),
            ("Harrogate", new(53.99, -1.54)),
        ];
        await site.Write(db =>
        {
            foreach (var (town, at) in places)
                db.Add(generated.Published(generated.Once("In " + town) with { Town = town, Point = at }));
            return db.SaveChangesAsync();
        });
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(
            new Uri("/events?near=LS1&miles=20&view=map", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var page = await TestSite.Read(answer);
        Assert.Equal(
            places.Select(p => p.Town).Order(StringComparer.Ordinal),
            page.QuerySelectorAll(".map .town").Select(t => t.TextContent).Order(StringComparer.Ordinal)
        );
        // The list beside it says the same, number by number, and towns by which one knows where that is stand round them.
        Assert.Equal(
            page.QuerySelectorAll(".map svg a").Select(a => a.GetAttribute("href")),
            page.QuerySelectorAll(".map ol a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(["1", "2", "3", "4"], page.QuerySelectorAll(".map a text:not(.town)").Select(t => t.TextContent));
        Assert.NotEmpty(page.QuerySelectorAll(".map .place"));
        Assert.DoesNotContain("Leeds", page.QuerySelectorAll(".map .place").Select(t => t.TextContent));
        var part = page.QuerySelector(".map svg")!
            .GetAttribute("viewBox")!
            .Split(' ')
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))
            .ToList();
        // 328 pixels are what a phone of 360 has for it.
        var pixel = 328 / part[2];
        foreach (var circle in page.QuerySelectorAll(".map a g"))
        {
            var numbers = circle.GetAttribute("transform")!.Split("translate() scale".ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
            var (x, y, scale) = (Number(numbers[0]), Number(numbers[1]), Number(numbers[2]));
            Assert.True(2 * 4.4 * scale * pixel >= 24, "A circle is smaller than a finger.");
            Assert.InRange(x, part[0], part[0] + part[2]);
            Assert.InRange(y, part[1], part[1] + part[3]);
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
