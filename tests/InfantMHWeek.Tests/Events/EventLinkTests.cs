using InfantMHWeek.Events;

namespace InfantMHWeek.Tests.Events;

/// <summary>Where the links of an event lead, whatever the store holds.</summary>
[OneStore("who may open a link; ModerationTests tries its rows")]
public sealed class EventLinkTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("https://families.example/book", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,<script>alert(1)</script>", false)]
    [InlineData("//families.example", false)]
    public async Task Only_an_address_on_the_web_is_followed(string link, bool followed)
    {
        var events = new GeneratedEvents(1);
        var e = events.Published(
            events.Details() with
            {
                Attendance = Attendance.Online,
                OnlineLink = link,
                Booking = Booking.Needed,
                BookingLink = link,
                OrganiserLink = link,
            }
        );
        await site.Write(async db =>
        {
            db.Add(e);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var page = await TestSite.Read(
            await site.Browser().GetAsync(new Uri("/events/" + e.Slug, UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var shown = page.QuerySelectorAll("main a").Where(a => a.TextContent == link).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, a => Assert.Equal(followed ? link : null, a.GetAttribute("href")));
    }
}
