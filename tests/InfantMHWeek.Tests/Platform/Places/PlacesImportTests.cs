using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Places;

[BothStores]
public sealed class PlacesImportTests : IAsyncDisposable
{
    const string Ons =
        "pcd,pcd2,pcds,dointr,doterm,oseast1m,lat,long\n\"LS14AP\",\"LS1  4AP\",\"LS1 4AP\",198001,,429000,53.7970,-1.5500\nX,X,\"LS1 "
        + "4AQ\",198001,199001,1,53.8,-1.55\nX,X,\"BT1 1AA\",198001,,1,54.6,-5.93\nX,X,\"GY1 1AA\",198001,,1,99.999999,0\n";
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<int> Import(string text, bool irish = false)
    {
        var file = Path.Combine(site.DataPath, "postcodes.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return await new PlacesImport(
            StoreServices.ConnectionString(site.Services.GetRequiredService<IConfiguration>()),
            TestSite.Start.UtcDateTime,
            TextWriter.Null
        ).RunAsync(file, irish);
    }

    [Fact]
    public async Task A_file_of_the_statistics_office_is_read_once_or_twice_with_the_same_result()
    {
        Assert.Equal(1, await Import(Ons));
        Assert.Equal(1, await Import(Ons));
        Assert.Equal(2, await Import(Ons, irish: true));
        var place = await site.InStore(db => new PlaceFinder(db).FindAsync("ls1 4ap", TestContext.Current.CancellationToken));
        Assert.Equal((Exactness.Postcode, "Leeds, LS1", 53.797), (place!.Exactness, place.Name, place.Point.Latitude));
        // Another of the same sector is not in the file: the sector is said.
        Assert.Equal(
            Exactness.Sector,
            (await site.InStore(db => new PlaceFinder(db).FindAsync("LS1 4ZZ", TestContext.Current.CancellationToken)))!.Exactness
        );
        Assert.Contains(
            "Open Government Licence",
            await site.InStore(db => db.Set<PlaceSource>().Select(s => s.Attribution).SingleAsync()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("postcode,lat,long\nnothing,here,at all\n")]
    [InlineData("")]
    public async Task A_file_that_says_nothing_is_refused_and_what_was_there_stays(string text)
    {
        await Import("postcode,lat,long\nHG1 1AA,53.99,-1.54\n");
        await Assert.ThrowsAsync<FormatException>(() => Import(text));
        Assert.Equal(1, await site.InStore(db => db.Set<PostcodePlace>().CountAsync()));
    }

    /// <summary>The worked example of Ordnance Survey's guide, and places whose both coordinates are well known.</summary>
    [Theory]
    [InlineData(651409.903, 313177.270, 52.6580, 1.7160)]
    [InlineData(530047, 180422, 51.5074, -.1278)]
    [InlineData(325904, 673958, 55.9533, -3.1883)]
    public void The_national_grid_is_turned_into_degrees(double east, double north, double latitude, double longitude) =>
        Assert.True(NationalGrid.ToPoint(east, north).KmTo(new(latitude, longitude)) < .2, NationalGrid.ToPoint(east, north).ToString());

    [Fact]
    public async Task A_file_of_code_point_open_is_read_without_a_header()
    {
        Assert.Equal(
            1,
            await Import("\"SW1A 2AA\",10,530047,180422,\"E92000001\",\"E19000003\",\"E18000007\",\"\",\"E09000033\",\"E05013806\"\n")
        );
        Assert.Equal(
            Exactness.Postcode,
            (await site.InStore(db => new PlaceFinder(db).FindAsync("SW1A2AA", TestContext.Current.CancellationToken)))!.Exactness
        );
    }
}
