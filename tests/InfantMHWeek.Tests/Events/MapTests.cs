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

    [Fact]
    public async Task Names_of_towns_stand_on_no_other_and_inside_the_drawing()
    {
        var generated = new GeneratedEvents(4);
        (string Town, GeoPoint At)[] places =
        [
            ("Edinburgh", new(55.95, -3.19)),
            ("Aberdeen", new(57.15, -2.10)),
            ("Newcastle upon Tyne", new(54.97, -1.61)),
            ("Leeds", new(53.80, -1.55)),
            ("Nottingham", new(52.95, -1.15)),
            ("London", new(51.51, -.12)),
            ("Brighton", new(50.83, -.14)),
            ("Norwich", new(52.63, 1.30)),
            ("Cardiff", new(51.48, -3.18)),
            ("Exeter", new(50.72, -3.53)),
        ];
        await site.Write(db =>
        {
            foreach (var (town, at) in places)
                db.Add(generated.Published(generated.Once("In " + town) with { Town = town, Point = at }));
            return db.SaveChangesAsync();
        });
        var page = await site.Open("/events?view=map");
        var part = Numbers(page.QuerySelector(".map svg")!.GetAttribute("viewBox")!);
        var boxes = page.QuerySelectorAll(".map svg text.town, .map svg text.place")
            .Where(t => t.TextContent.Length > 0)
            .Select(t =>
            {
                var at = Numbers(t.ParentElement!.GetAttribute("transform")!);
                // As large as the style sheet draws it; a letter is about half as wide as it is tall.
                var size = t.ClassName == "town" ? 3.8 : 3;
                var wide = t.TextContent.Length * size * .5 * at[2];
                var x = at[0] + Numbers(t.GetAttribute("x") ?? "0")[0] * at[2];
                var left = t.GetAttribute("text-anchor") switch
                {
                    "start" => x,
                    "end" => x - wide,
                    _ => x - wide / 2,
                };
                var y = at[1] + Numbers(t.GetAttribute("dy")!)[0] * at[2];
                return (Name: t.TextContent, Left: left, Right: left + wide, Top: y - size * .8 * at[2], Bottom: y);
            })
            .ToList();
        Assert.True(page.QuerySelectorAll(".map .town").Count(t => t.TextContent.Length > 0) >= places.Length - 2, "Most have room.");
        foreach (var (n, a) in boxes.Index())
        {
            Assert.True(a.Left >= part[0] && a.Right <= part[0] + part[2], a.Name + " is cut off.");
            foreach (var b in boxes.Skip(n + 1))
                Assert.False(a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom, $"{a.Name} stands on {b.Name}.");
        }

        static double[] Numbers(string text) =>
            [
                .. text.Split("translate() scale".ToCharArray(), StringSplitOptions.RemoveEmptyEntries)
                    .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
            ];
    }
}
