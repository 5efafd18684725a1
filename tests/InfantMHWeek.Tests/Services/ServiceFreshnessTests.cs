using System.Net;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>Whether the directory is kept true: years of it, with the clock in our hand.</summary>
[BothStores]
public sealed partial class ServiceFreshnessTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task Run()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ServiceChecks>().RunAsync(Cancel);
    }

    Task<List<OutboxMail>> Mails() => site.InStore(db => db.Set<OutboxMail>().AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancel));

    Task<List<FamilyService>> All() =>
        site.InStore(db => db.Set<FamilyService>().Include(s => s.Points).AsNoTracking().OrderBy(s => s.Id).ToListAsync(Cancel));

    [Fact]
    public async Task The_mailed_question_is_answered_with_one_press_and_by_nobody_else()
    {
        var generated = new GeneratedServices(2);
        var service = generated.Published(generated.InLeeds("Parents and babies"));
        await site.Write(db =>
        {
            db.Add(service);
            return Task.CompletedTask;
        });
        site.Clock.Advance(TimeSpan.FromDays(200));
        await Run();
        await Run();
        var mail = Assert.Single(await Mails());
        Assert.Equal("service-check", mail.Kind);
        var path = Path().Match(mail.Text).Value;
        using var browser = site.Browser();

        // A scanner that follows the link answers nothing.
        using (var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(new DateOnly(2026, 6, 8), Assert.Single(await All()).CheckedOn);

        site.Clock.Advance(TimeSpan.FromDays(15));
        await Run();
        Assert.Equal("service-check-again", (await Mails())[^1].Kind);
        site.Clock.Advance(TimeSpan.FromDays(17));
        await Run();
        var page = "/services/" + service.Slug;
        Assert.Contains("Not confirmed since 8 June 2026", (await site.Open(page)).Body!.TextContent, StringComparison.Ordinal);

        for (var press = 0; press < 2; press++)
        {
            using var sent = await browser.Send(path, Fields(("Do", "right")), "form:has([value=right])");
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }
        Assert.Contains(
            $"Checked on {site.Clock.Today().InWords()} by the service itself",
            (await site.Open(page)).Body!.TextContent,
            StringComparison.Ordinal
        );
        using (var closed = await browser.Send(path, Fields(("Do", "close")), "form:has([value=close])"))
            Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.Contains("This service has closed.", (await site.Open(page)).Body!.TextContent, StringComparison.Ordinal);

        using var forged = await browser.GetAsync(new Uri("/services/check/" + LinkToken.New(), UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [GeneratedRegex(@"/services/check/[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
