using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>The same act, pressed twice at the same moment, for every state of a service and everything that can be done with it.</summary>
[BothStores]
public sealed class ServiceTogetherTests : IAsyncDisposable
{
    static readonly string[] Acts = ["confirm", "send", "right", "pause", "reopen", "close", "withdraw"];
    readonly TogetherSite site = new();
    readonly GeneratedServices generated = new(11);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    IEnumerable<FamilyService> States()
    {
        var (now, details) = (GeneratedServices.Now, generated.InLeeds("Help"));
        yield return FamilyService.Start(EmailAddress.Parse("a@example.org", null), now, details);
        yield return generated.Waiting(details);
        yield return generated.Published(details);
        var changed = generated.Published(details);
        changed.Propose(details with { Title = "Changed" }, now);
        yield return changed;
        var paused = generated.Published(details);
        paused.Pause("Organiser", now);
        yield return paused;
        var closed = generated.Published(details);
        closed.Close("Organiser", "", now);
        yield return closed;
    }

    [Fact]
    public async Task Every_act_is_done_once()
    {
        using var browser = site.Browser();
        var token = await TogetherSite.TokenOf(browser, "/services/offer");
        var acted = 0;
        foreach (var act in Acts)
        foreach (var service in States())
        {
            var link = await site.Write(db =>
            {
                db.Add(service);
                return Task.FromResult(db.NewServiceLink(service, mailed: true, GeneratedServices.Now.UtcDateTime));
            });
            var before = service.Steps.Count;
            var path = $"/services/manage/{link}/{service.Id}";
            var press = (
                browser,
                token,
                path,
                (IReadOnlyDictionary<string, string?>)Fields(("Do", act), ("Declared", "true"), ("Sure", "true"))
            );
            foreach (var answer in await site.Together(press, press))
            {
                Assert.True((int)answer.StatusCode is 302 or 200, $"{act} in {service.State}: {answer.StatusCode}");
                answer.Dispose();
            }
            var steps = await site.InStore(db =>
                db.Set<ServiceStep>().Where(s => s.ServiceId == service.Id).OrderBy(s => s.Id).Select(s => s.What).ToListAsync(Cancel)
            );
            var done = steps.Count - before;
            Assert.True(
                done == steps.Skip(before).Distinct(StringComparer.Ordinal).Count(),
                $"{act} in {service.State}: {string.Join("; ", steps)}"
            );
            acted += done;
        }
        Assert.True(acted > 15, $"Only {acted} acts were done, which proves little.");
        var mails = await site.InStore(db => db.Set<OutboxMail>().Select(m => m.Kind + m.About).ToListAsync(Cancel));
        Assert.Equal(mails.Distinct(StringComparer.Ordinal).Count(), mails.Count);
    }

    [Fact]
    public async Task Another_service_asked_for_twice_at_once_is_begun_once()
    {
        using var browser = site.Browser();
        var token = await TogetherSite.TokenOf(browser, "/services/offer");
        var first = generated.Published(generated.InLeeds("Help"));
        var link = await site.Write(db =>
        {
            db.Add(first);
            return Task.FromResult(db.NewServiceLink(first, mailed: true, GeneratedServices.Now.UtcDateTime));
        });
        var press = (browser, token, "/services/manage/" + link, (IReadOnlyDictionary<string, string?>)Fields());

        foreach (var answer in await site.Together(press, press))
            answer.Dispose();

        Assert.Equal(2, await site.InStore(db => db.Set<FamilyService>().CountAsync(Cancel)));
    }
}
