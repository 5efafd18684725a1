using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Tests.Events;

/// <summary>The places that come with the program, and what is understood of what people type.</summary>
[OneStore("the gazetteer, which is in memory")]
public sealed class PlaceTests(RealSite site)
{
    [Fact]
    public void Every_district_has_a_place_inside_the_country_and_near_its_neighbours()
    {
        var table = Gazetteer.Default;
        Assert.Equal(124, table.Areas.Count);
        Assert.True(table.Districts.Count > 2900);
        Assert.All(table.Districts.Values, d =>
            Assert.True(d.Point.InUk && Postcode.IsOutward(d.Code) && d.Town.Length > 2 && d.Region != Region.None, d.ToString())
        );
        // The Highlands and islands are wide; everywhere else an area is a town and the country round it.
        string[] wide = ["IV", "PA", "PH", "HS", "KW", "ZE", "AB", "LL", "SY", "SA", "TD", "DG", "KA", "BT"];
        foreach (var district in table.Districts.Values)
        {
            var area = table.Areas[district.Code[..Postcode.AreaLength(district.Code)]];
            var km = district.Point.KmTo(area.Point);
            Assert.True(
                km < (wide.Contains(area.Code, StringComparer.Ordinal) ? 140 : 65)
                    || district.Code.StartsWith("TR2", StringComparison.Ordinal),
                $"{district} is {km:0} km from the middle of its area"
            );
        }
        Assert.True(table.Towns.Count > 1000);
    }

    [Theory]
    [InlineData("LS1", "Leeds, LS1", Exactness.District)]
    [InlineData("ls1 4ap", "Leeds, LS1 4", Exactness.Sector)]
    [InlineData("LS1 4", "Leeds, LS1 4", Exactness.Sector)]
    [InlineData("LS1 9ZZ", "Leeds, LS1", Exactness.District)]
    [InlineData("Kent", "the middle of Kent", Exactness.County)]
    [InlineData("HG", "Harrogate and around, HG", Exactness.Area)]
    [InlineData("  st. ANDREWS ", "St Andrews", Exactness.Town)]
    [InlineData("EC1A 1BB", "London, EC1A", Exactness.District)]
    [InlineData("bath", "Bath", Exactness.Town)]
    public async Task Part_of_a_postcode_or_a_town_is_understood(string typed, string name, Exactness exactness)
    {
        var place = await site.InStore(db => new PlaceFinder(db).FindAsync(typed, TestContext.Current.CancellationToken));
        Assert.Equal((name, exactness), (place!.Name, place.Exactness));
    }

    [Theory]
    [InlineData("ZZ9 9ZZ")]
    [InlineData("Paris")]
    [InlineData("'; drop table Events; --")]
    [InlineData("51.5, 200")]
    [InlineData("48.85,2.35")]
    public async Task What_is_no_place_here_is_not_guessed(string typed) =>
        Assert.Null(await site.InStore(db => new PlaceFinder(db).FindAsync(typed, TestContext.Current.CancellationToken)));
}
