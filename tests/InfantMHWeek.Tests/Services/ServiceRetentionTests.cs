using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Services;

/// <summary>What the form promises about whoever fills it in.</summary>
[BothStores]
public sealed class ServiceRetentionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_year_after_its_end_nobody_knows_who_listed_it_and_a_living_one_is_left_alone()
    {
        await using var site = new TestSite();
        var (generated, now) = (new GeneratedServices(5), GeneratedServices.Now);
        var (closed, living) = (generated.Published(generated.InLeeds("Closed")), generated.Published(generated.InLeeds("Living")));
        var draft = FamilyService.Start(EmailAddress.Parse("draft@example.org", null), now);
        (closed.ContactName, living.ContactName) = ("Sam", "Pat");
        closed.Close("Organiser", "", now);
        await site.Write(db =>
        {
            db.AddRange(closed, living, draft);
            db.NewServiceLink(closed, mailed: true, now.UtcDateTime);
            db.NewServiceLink(living, mailed: true, now.UtcDateTime);
            return Task.CompletedTask;
        });

        await site.RunsUntil(now.AddDays(364));
        await Forget();
        Assert.Equal(3, await site.InStore(db => db.Set<FamilyService>().CountAsync(Cancel)));
        await site.RunsUntil(now.AddDays(367));
        await Forget();

        var kept = await site.InStore(db => db.Set<FamilyService>().AsNoTracking().ToDictionaryAsync(s => s.Latest.Title, Cancel));
        Assert.Equal(("", "deleted@organiser.invalid"), (kept["Closed"].ContactName, kept["Closed"].Contact.Text));
        Assert.Equal(("Pat", "service@example.org"), (kept["Living"].ContactName, kept["Living"].Contact.Text));
        Assert.Equal([living.Id], await site.InStore(db => db.Set<ServiceLink>().Select(l => l.ServiceId).ToListAsync(Cancel)));
        Assert.Equal(2, kept.Count);

        async Task Forget()
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ServiceRetention>().ForgetAsync(Cancel);
        }
    }
}
