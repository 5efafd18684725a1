using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>Staff show a service as closed or take it away: its organisation is told once; what it does itself, it knows.</summary>
[BothStores]
public sealed class ServiceToldTests : IAsyncDisposable
{
    readonly TogetherSite site = new();
    readonly GeneratedServices generated = new(8);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<OutboxMail>> MailsAbout(FamilyService service)
    {
        var about = service.Id.ToString("N");
        return await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().Where(m => m.About.StartsWith(about)).ToListAsync(Cancel));
    }

    Task<string> Keep(FamilyService service) =>
        site.Write(db =>
        {
            db.Add(service);
            return Task.FromResult(db.NewServiceLink(service, mailed: true, GeneratedServices.Now.UtcDateTime));
        });

    async Task PressTwice(HttpClient browser, string token, string path, FamilyService service, string act)
    {
        var press = (
            browser,
            token,
            path,
            (IReadOnlyDictionary<string, string?>)
                Fields(("Do", act), ("Sure", "true"), ("Words", "The centre told us."), ("Revision", $"{service.Revision}"))
        );
        foreach (var answer in await site.Together(press, press))
        {
            Assert.True((int)answer.StatusCode is 302 or 200, $"{act} at {path}: {answer.StatusCode}");
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("close", "service-closed")]
    [InlineData("withdraw", "service-withdrawn")]
    public async Task Staff_end_it_and_its_organisation_is_told_once(string act, string kind)
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var token = await TogetherSite.TokenOf(staff);
        foreach (var onTheirScreen in new[] { true, false })
        {
            var service = generated.Published(generated.InLeeds("Parents together"));
            var link = await Keep(service);
            var path = onTheirScreen
                ? $"/staff/services/review?id={service.Id}"
                : $"/services/manage/{ActingKeys.StaffName(service.Id)}/{service.Id}";
            await PressTwice(staff, token, path, service, act);
            var mail = Assert.Single(await MailsAbout(service));
            Assert.Equal((kind, service.Contact), (mail.Kind, mail.To));
            Assert.Contains("Parents together", mail.Text, StringComparison.Ordinal);
            Assert.Equal(onTheirScreen, mail.Text.Contains("The centre told us.", StringComparison.Ordinal));
            Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
            var words = await Explained(link, service);
            Assert.Contains("Our staff", words, StringComparison.Ordinal);
            Assert.DoesNotContain("Thank you", words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("close")]
    [InlineData("withdraw")]
    public async Task What_it_ends_itself_it_is_not_told(string act)
    {
        using var browser = site.Browser();
        var service = generated.Published(generated.InLeeds("Parents together"));
        var link = await Keep(service);
        await PressTwice(browser, await TogetherSite.TokenOf(browser), $"/services/manage/{link}/{service.Id}", service, act);
        var now = await site.InStore(db => db.Set<FamilyService>().AsNoTracking().SingleAsync(s => s.Id == service.Id, Cancel));
        Assert.True(now.ClosedAt is not null || now.WithdrawnAt is not null);
        Assert.Empty(await MailsAbout(service));
        var words = await Explained(link, service);
        Assert.DoesNotContain("Our staff", words, StringComparison.Ordinal);
        Assert.Contains(act == "close" ? "Thank you for telling us" : "You took it down", words, StringComparison.Ordinal);
    }

    async Task<string> Explained(string link, FamilyService service) =>
        (await site.Open($"/services/manage/{link}/{service.Id}")).QuerySelector(".page-head")!.TextContent;

    /// <summary>Its address may be of somebody who never heard of it; whoever was listed by others had the one mail about that.</summary>
    [Fact]
    public async Task What_was_never_shown_or_is_listed_by_others_ends_without_a_word()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var token = await TogetherSite.TokenOf(staff);
        foreach (var service in new[] { generated.Waiting(), generated.Listed(1) })
        {
            await Keep(service);
            await PressTwice(staff, token, $"/staff/services/review?id={service.Id}", service, "withdraw");
            var now = await site.InStore(db => db.Set<FamilyService>().AsNoTracking().SingleAsync(s => s.Id == service.Id, Cancel));
            Assert.NotNull(now.WithdrawnAt);
            Assert.Empty(await MailsAbout(service));
        }
    }
}
