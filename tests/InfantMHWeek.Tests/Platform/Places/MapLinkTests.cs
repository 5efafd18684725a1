using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Tests.Platform.Places;

public sealed class MapLinkTests
{
    [Theory]
    [InlineData("53.8008, -1.5491")]
    [InlineData(" 53.8008 -1.5491 ")]
    [InlineData("geo:53.8008,-1.5491?z=15")]
    [InlineData("https://www.google.com/maps/place/Library/@53.7,-1.4,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d53.8008!4d-1.5491!16s")]
    [InlineData("https://www.google.co.uk/maps/@53.8008,-1.5491,15z")]
    [InlineData("https://maps.google.com/?q=53.8008,-1.5491")]
    [InlineData("https://www.google.com/maps/search/?api=1&query=53.8008%2C-1.5491")]
    [InlineData("https://www.google.com/maps/search/53.8008,+-1.5491")]
    [InlineData("https://maps.apple.com/?ll=53.8008,-1.5491&q=Hall")]
    [InlineData("https://maps.apple.com/place?coordinate=53.8008,-1.5491&name=Hall")]
    [InlineData("https://www.openstreetmap.org/?mlat=53.8008&mlon=-1.5491#map=12/53.7/-1.4")]
    [InlineData("https://www.openstreetmap.org/#map=19/53.8008/-1.5491")]
    [InlineData("https://www.bing.com/maps?cp=53.8008~-1.5491&lvl=15")]
    public void A_point_is_read_from_what_maps_give(string link) => Assert.Equal(new GeoPoint(53.8008, -1.5491), MapLink.Read(link));

    [Theory]
    [InlineData("")]
    [InlineData("https://maps.app.goo.gl/abcdefgh")]
    [InlineData("https://www.google.com/maps/@48.8566,2.3522,15z")]
    [InlineData("///filled.count.soap")]
    [InlineData("99.9, 200")]
    [InlineData("LS1 4AP")]
    [InlineData("https://example.org/?q=%E2%80%AE53.8")]
    public void What_holds_no_point_here_is_not_guessed(string link) => Assert.Null(MapLink.Read(link));
}
