using InfantMHWeek.Events;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Tests.Events;
using InfantMHWeek.Tests.Services;

namespace InfantMHWeek.Tests;

/// <summary>An event leads to the services of its organiser and they to the event, where it is sure that both are of one.</summary>
[BothStores]
public sealed class OfOneOrganisationTests : IAsyncDisposable
{
    const string Office = "office@families.example";
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Event EventOf(string contact, string organiser)
    {
        var (generated, now) = (new GeneratedEvents(1), TestSite.Start);
        var made = Event.Start(EmailAddress.Parse(contact, null), now, generated.Once("Songs in the park") with { Organiser = organiser });
        made.Confirm(now);
        made.Send(now);
        made.Approve("A colleague", made.Revision, now);
        return made;
    }

    static FamilyService ServiceOf(string contact, string organisation)
    {
        var (generated, now) = (new GeneratedServices(1), TestSite.Start);
        var details = generated.InLeeds("Parent-infant team") with { Organisation = organisation };
        var made = FamilyService.Start(EmailAddress.Parse(contact, null), now, details);
        made.Confirm(now);
        made.Send(now);
        made.Approve("A colleague", made.Revision, now);
        return made;
    }

    [Theory]
    [InlineData(Office, "Families Together", true)]
    [InlineData(Office, "families-together", true)]
    [InlineData("other@families.example", "Families Together", false)]
    [InlineData(Office, "Another name", false)]
    public async Task They_lead_to_each_other(string contact, string organisation, bool lead)
    {
        var (e, service) = (EventOf(Office, "Families Together"), ServiceOf(contact, organisation));
        await site.Write(db =>
        {
            db.AddRange(e, service);
            return Task.CompletedTask;
        });
        using var browser = site.Browser();

        var (onEvent, onService) = (await Page(browser, "/events/" + e.Slug), await Page(browser, "/services/" + service.Slug));

        Assert.Equal(lead, onEvent.Contains($"href=\"/services/{service.Slug}\"", StringComparison.Ordinal));
        Assert.Equal(lead, onService.Contains($"href=\"/events/{e.Slug}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(Office, onEvent, StringComparison.Ordinal);
        Assert.DoesNotContain(Office, onService, StringComparison.Ordinal);
    }

    static Task<string> Page(HttpClient browser, string path) => browser.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
}
