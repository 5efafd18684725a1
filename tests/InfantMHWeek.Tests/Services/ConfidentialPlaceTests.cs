using System.Globalization;
using System.Net;
using System.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Importing;
using Microsoft.EntityFrameworkCore;
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
                    "/services/embed?near=LS7&miles=2",
                    "/services/embed/how?near=LS7",
                    "/services/sitemap.xml",
                    "/services/" + service.Slug,
                    "/services/wrong/" + service.Slug,
                    "/search?q=quiet+lane",
                    "/openapi/v1.json",
                    "/api/open-referral/3.0/services",
                    "/api/open-referral/3.0/services?full=true",
                    "/api/open-referral/3.0/services?full=true&format=ndjson",
                    "/api/open-referral/3.0/services?minimal=true",
                    "/api/open-referral/3.0/services?modified_after=2020-01-01",
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
        Assert.Contains("The address is secret", seen, StringComparison.Ordinal);
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

    static readonly string[] StaffDoors =
    [
        "/staff/services",
        "/staff/services?words=safe",
        "/staff/services?stale=yorkshire",
        "/staff/services/export",
        "/staff/services/export?format=xlsx",
    ];

    /// <summary>
    /// On screens that a colleague has open, in tables that they send around, in what an import finds alike, before and after two are
    /// joined, and in the log.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Staff_read_it_on_the_one_screen_that_needs_it(bool confidential)
    {
        var first = await Plant(Place("LS7 3QQ", new(53.8291, -1.5288), confidential));
        var (generated, place) = (new GeneratedServices(2), Place("LS7 3QQ", new(53.8291, -1.5288), confidential));
        var twin = generated.Waiting(generated.InLeeds("A safe place to stay") with { Places = [place] });
        await site.Write(db =>
        {
            db.Add(twin);
            return Task.CompletedTask;
        });
        using var staff = await site.SignedIn(StaffRole.Events);
        var compare = $"/staff/services/compare?a={twin.Id}&b={first.Id}";
        var seen = new StringBuilder();
        foreach (var path in StaffDoors.Append(compare))
            seen.Append(await TextOf(staff, path));
        // Another source lists it too, as somebody guessed it; what is alike is told without saying more than that.
        seen.Append(
            await Preview(staff, "Id,Name,Organisation,Phone,Postcode\n1,A safe place to stay,Families together,0113 496 0000,LS6 1AA")
        );
        using (var joined = await staff.Send(compare, FormPosting.Fields(("Keep", first.Id.ToString())), "main form"))
            Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        foreach (var path in StaffDoors)
            seen.Append(await TextOf(staff, path));
        using var administrator = await site.SignedIn(StaffRole.Administrator);
        seen.Append(await TextOf(administrator, "/staff/audit")).AppendJoin('\n', site.Log);

        var found = Planted.Where(p => seen.ToString().Contains(p, StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(confidential, found.Count == 0);
        Assert.Contains("17 Quiet Lane", await TextOf(staff, "/staff/services/review?id=" + first.Id), StringComparison.Ordinal);
        using var author = await site.SignedIn(StaffRole.Author);
        foreach (var path in StaffDoors.Append("/staff/services/review?id=" + first.Id).Append(compare))
        {
            using var shut = await author.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            var text = await shut.Content.ReadAsStringAsync(Cancel);
            Assert.NotEqual(HttpStatusCode.OK, shut.StatusCode);
            Assert.DoesNotContain(Planted, p => text.Contains(p, StringComparison.Ordinal));
        }
    }

    /// <summary>What this site gives out of it and another takes in says no more there.</summary>
    [Fact]
    public async Task Another_site_that_takes_it_in_knows_its_town_and_no_more()
    {
        await Plant(Place("LS7 3QQ", new(53.8291, -1.5288)));
        using var browser = site.Browser();
        var export = await browser.GetByteArrayAsync(new Uri("/api/open-referral/3.0/services?full=true", UriKind.Relative), Cancel);
        await using var other = new TestSite();
        await using (var scope = other.Services.CreateAsyncScope())
        {
            var import = scope.ServiceProvider.GetRequiredService<ServiceImport>();
            var read = ServiceFile.Read(export, null, new("Another directory"), new DateOnly(2026, 6, 8));
            var outcome = await import.BringInAsync(
                await scope.ServiceProvider.GetRequiredService<ListingPlaces>().FindAsync(read, Cancel),
                "Another directory",
                new(null, Show: true, Part: false),
                _ => { },
                Cancel
            );
            Assert.Equal(1, outcome.New);
        }
        using var there = other.Browser();
        var seen = new StringBuilder();
        foreach (var path in new[] { "/services?near=Leeds", "/api/open-referral/3.0/services?full=true" })
            seen.Append(await there.GetStringAsync(new Uri(path, UriKind.Relative), Cancel));
        var held = await other.InStore(db => db.Set<FamilyService>().AsNoTracking().SingleAsync(Cancel));
        seen.Append(held.Latest.ToJson()).AppendJoin('\n', other.Log);

        Assert.True(Assert.Single(held.Latest.Places).Confidential);
        Assert.DoesNotContain(Planted, p => seen.ToString().Contains(p, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The words of a page, or the cells of a table.</summary>
    static async Task<string> TextOf(HttpClient who, string path)
    {
        using var answer = await who.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        return TableFile.IsSpreadsheet(bytes)
            ? string.Join('\n', TableFile.Read(bytes).Rows.SelectMany(r => r.Cells))
            : Encoding.UTF8.GetString(bytes);
    }

    static async Task<string> Preview(HttpClient staff, string csv)
    {
        using var opened = await staff.GetAsync(new Uri("/staff/services/import", UriKind.Relative), Cancel);
        var token = (await TestSite.Read(opened)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent("Another directory"), "Source" },
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "list.csv" },
        };
        using var answer = await staff.PostAsync(new Uri("/staff/services/import", UriKind.Relative), content, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Perhaps here already: 1", text, StringComparison.Ordinal);
        return text;
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
