using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Tests.Platform.Places;

/// <summary>What parents type: town-spellings.txt says of each where it is, or that somebody who is careful asks back.</summary>
[OneStore("the gazetteer, which is in memory")]
public sealed class TownSpellingTests(RealSite site)
{
    const string Asks = "ask",
        County = "county";

    /// <summary>A town is known to be where its letters say when it is so near to one of the districts with them.</summary>
    const double Near = 12;

    static List<(string Typed, string[] Where)> Lines()
    {
        using var lines = new StreamReader(typeof(TownSpellingTests).Assembly.GetManifestResourceStream("town-spellings.txt")!);
        return
        [
            .. lines
                .ReadToEnd()
                .Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split('|'))
                .Select(parts => (parts[0].Trim(), parts[1].Trim().Split(' '))),
        ];
    }

    [Fact]
    public async Task Nearly_all_are_found_or_asked_back()
    {
        var (wrong, lines) = (new List<string>(), Lines());
        foreach (var (typed, where) in lines)
        {
            var place = await Find(typed);
            var suggested = PlaceFinder.Suggest(typed);
            var right =
                place is null ? suggested.Count > 0 && (where is [Asks or County] || await AnyIsThere(suggested, where))
                : where is [Asks] ? suggested.Count > 1
                : where is [County] ? place.Exactness == Exactness.County
                : IsThere(place, where);
            if (!right)
                wrong.Add($"{typed}: {place?.Name ?? "asked: " + string.Join("; ", suggested)}, expected {string.Join(' ', where)}");
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{lines.Count - wrong.Count} of {lines.Count}\n{string.Join('\n', wrong)}");
        Assert.Equal(400, lines.Count);
        Assert.True(wrong.Count <= 20, string.Join('\n', wrong));
        // The control: words that are no place at all are neither found nor guessed.
        foreach (var nonsense in new[] { "qqqqq", "my house", "www.example.org", "12345678" })
            Assert.True(await Find(nonsense) is null && PlaceFinder.Suggest(nonsense).Count == 0, nonsense);
    }

    Task<Place?> Find(string typed) => site.InStore(db => new PlaceFinder(db).FindAsync(typed, TestContext.Current.CancellationToken));

    async Task<bool> AnyIsThere(IReadOnlyList<string> names, string[] where)
    {
        foreach (var name in names)
            if (await Find(name) is { } place && IsThere(place, where))
                return true;
        return false;
    }

    static bool IsThere(Place place, string[] where) =>
        Gazetteer.Default.Districts.Values.Where(d => where.Any(w => Belongs(d.Code, w))).Any(d => d.Point.KmTo(place.Point) < Near);

    /// <summary>LS is every district that begins with these letters alone; LS21 is that one.</summary>
    static bool Belongs(string code, string where) => code == where || code[..Postcode.AreaLength(code)] == where;

    [Theory]
    [InlineData("Richmond", "More than one place is called “Richmond”. Choose the one you mean.", "Richmond, North Yorkshire")]
    [InlineData("Harrogatte", "We don’t know “Harrogatte”. Check it, or choose a town or a region.", "Harrogate")]
    public async Task What_is_not_clear_is_asked_with_links_that_keep_the_search(string typed, string words, string offered)
    {
        using var browser = site.Browser();
        var page = await TestSite.Read(
            await browser.GetAsync(new Uri($"/events?near={typed}&miles=20", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        Assert.Contains(words, page.QuerySelector("#near-error")!.TextContent, StringComparison.Ordinal);
        var link = page.QuerySelectorAll("ul.meant a").Single(a => a.TextContent == offered).GetAttribute("href")!;
        Assert.Contains("miles=20", link, StringComparison.Ordinal);
        var found = await TestSite.Read(await browser.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Contains($"within 20 miles of {offered}", found.QuerySelector("#found-title")!.TextContent, StringComparison.Ordinal);
    }
}
