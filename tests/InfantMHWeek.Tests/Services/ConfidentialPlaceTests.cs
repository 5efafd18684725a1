using System.Globalization;
using System.Net;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Services;

/// <summary>The address of a refuge: nowhere in the open, and not to be worked out by asking again and again.</summary>
[BothStores]
public sealed class ConfidentialPlaceTests : IAsyncDisposable
{
    static readonly string[] Planted = ["Hidden House", "17 Quiet Lane", "LS7 3QQ", "LS73QQ", "LS7+3QQ", "53.8291", "1.5288", "-1.52"];
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static ServicePlace Place(string postcode, GeoPoint point, bool confidential = true) =>
        new(Guid.NewGuid(), "Hidden House", "17 Quiet Lane", "Leeds", postcode, point, Region.Yorkshire, confidential);

    async Task<FamilyService> Plant(ServicePlace place)
    {
        var generated = new GeneratedServices(1);
        var service = generated.Published(generated.InLeeds("A safe place to stay") with { Places = [place] });
        await site.Write(db =>
        {
            db.Add(service);
            return Task.CompletedTask;
        });
        return service;
    }

    async Task<string> Everywhere(FamilyService service)
    {
        using var browser = site.Browser();
        var all = new List<string>();
        foreach (
            var path in (string[])
                [
                    "/services",
                    "/services?near=LS7&miles=2",
                    "/services?near=LS7+3QQ",
                    "/services?region=yorkshire",
                    "/services/print?near=Leeds",
                    "/services/sitemap.xml",
                    "/services/" + service.Slug,
                    "/services/wrong/" + service.Slug,
                    "/search?q=quiet+lane",
                    "/openapi/v1.json",
                    "/api/open-referral/3.0/services",
                    "/api/open-referral/3.0/services/" + service.Id,
                    "/api/open-referral/3.0/service_at_locations",
                    "/api/open-referral/3.0/service_at_locations?postcode=LS7&proximity=3000",
                ]
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // What whoever asks has typed comes back to them; that is no trace of the place.
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            all.Add(path.Contains("3QQ", StringComparison.Ordinal) ? text.Replace("LS7 3QQ", "", StringComparison.Ordinal) : text);
        }
        all.AddRange(site.Log);
        return string.Join('\n', all).Replace("near=LS7%203QQ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_it_stands_anywhere_in_the_open()
    {
        var service = await Plant(Place("LS7 3QQ", new(53.8291, -1.5288)));

        var seen = await Everywhere(service);

        Assert.Contains("A safe place to stay", seen, StringComparison.Ordinal);
        Assert.Contains("The address is kept secret", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, p => seen.Contains(p, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The control: of a place that is not confidential all of it is shown.</summary>
    [Fact]
    public async Task Of_another_place_it_stands_there()
    {
        var service = await Plant(Place("LS7 3QQ", new(53.8291, -1.5288), confidential: false));

        var seen = await Everywhere(service);

        Assert.All((string[])["Hidden House", "17 Quiet Lane", "LS7 3QQ", "53.8291"], p =>
            Assert.Contains(p, seen, StringComparison.Ordinal)
        );
    }

    /// <summary>Two refuges at two ends of one district answer every search alike, so no search can tell where either is.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 20)]
    public async Task Five_hundred_searches_place_it_no_better_than_its_district(bool confidential, int leastTold)
    {
        var middle = Gazetteer.Default.Districts["LS7"].Point;
        var (one, other) = (
            await Plant(Place("LS7 3QQ", new(middle.Latitude + .015, middle.Longitude + .02), confidential)),
            await Plant(Place("LS7 4AA", new(middle.Latitude - .015, middle.Longitude - .02), confidential))
        );
        await using var scope = site.Services.CreateAsyncScope();
        var finder = scope.ServiceProvider.GetRequiredService<ServiceFinder>();
        var (random, told, found) = (new Random(3), 0, 0);
        for (var search = 0; search < 500; search++)
        {
            var query = new ServiceQuery
            {
                Near = new(middle.Latitude + (random.NextDouble() - .5) * .2, middle.Longitude + (random.NextDouble() - .5) * .3),
                Miles = ServiceSearch.MilesOffered[random.Next(3)],
            };
            var rows = (await finder.FindAsync(query, Cancel)).ToDictionary(r => r.ServiceId, r => r.Miles);
            found += rows.Count;
            if (
                rows.ContainsKey(one.Id) != rows.ContainsKey(other.Id)
                || rows.GetValueOrDefault(one.Id) != rows.GetValueOrDefault(other.Id)
            )
                told++;
        }
        Assert.True(found > 200, found.ToString(CultureInfo.InvariantCulture));
        Assert.True(confidential ? told == 0 : told > leastTold, $"{told} of 500 searches told them apart.");
    }
}
