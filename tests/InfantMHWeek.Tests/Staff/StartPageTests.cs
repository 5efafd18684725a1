using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Events;
using InfantMHWeek.Tests.Services;

namespace InfantMHWeek.Tests.Staff;

/// <summary>Where staff arrive they see what waits for them, and nothing that they may not open.</summary>
[BothStores]
public sealed class StartPageTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<List<(string Path, string Words)>> Waiting(string role)
    {
        using var browser = await site.SignedIn(role);
        using var answer = await browser.GetAsync(new Uri("/staff", UriKind.Relative), TestContext.Current.CancellationToken);
        return
        [
            .. (await TestSite.Read(answer))
                .QuerySelectorAll("section[aria-labelledby=waiting] li")
                .Select(l => (l.QuerySelector("a")!.GetAttribute("href")!, l.TextContent)),
        ];
    }

    [Fact]
    public async Task It_says_how_much_waits_and_since_when_to_those_who_may_see_it()
    {
        Assert.Equal([("/staff/events", "No events"), ("/staff/services", "No services")], await Waiting(StaffRole.Events));
        var events = new GeneratedEvents(5);
        await site.Write(db =>
        {
            db.AddRange(events.Waiting(), events.Waiting(), events.Published(), new GeneratedServices(5).Waiting());
            db.Add(
                new ContactMessage
                {
                    Id = Guid.CreateVersion7(),
                    Form = Guid.NewGuid(),
                    Reference = "2345-6789",
                    Kind = ContactKind.Message,
                    Email = EmailAddress.Parse("ann@example.org", null),
                    Text = "Hello.",
                    At = TestSite.Start.UtcDateTime,
                }
            );
            return Task.CompletedTask;
        });

        (string, string)[] read =
        [
            ("/staff/events", "2 events, the oldest since 8 June 2026"),
            ("/staff/services", "1 service, the oldest since 8 June 2026"),
        ];
        Assert.Equal(read, await Waiting(StaffRole.Events));
        Assert.Equal([.. read, ("/staff/contact", "1 message, the oldest since 8 June 2026")], await Waiting(StaffRole.Administrator));
        Assert.Empty(await Waiting(StaffRole.Author));
    }
}
