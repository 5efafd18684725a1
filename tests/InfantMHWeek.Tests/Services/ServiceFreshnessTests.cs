using System.Globalization;
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
    /// <summary><c>SERVICES=10000</c> tries so many.</summary>
    static readonly int Services = int.Parse(Environment.GetEnvironmentVariable("SERVICES") ?? "40", CultureInfo.InvariantCulture);
    const int Days = 3 * 365;
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

    /// <summary>What should be of one service, worked out beside the program.</summary>
    sealed class Expected(DateOnly checkedOn)
    {
        public DateOnly CheckedOn = checkedOn;
        public DateTime? Asked,
            Reminded,
            Doubted,
            Unlisted;
        public int Mails;
        public bool Closed;

        public void Pass(DateTime now)
        {
            if (Closed)
                return;
            if (Asked is { } asked)
            {
                if (Doubted is not null && Unlisted is null && now - asked >= TimeSpan.FromDays(365))
                    Unlisted = now;
                if (
                    Doubted is null
                    && Reminded is { } reminded
                    && now - asked >= TimeSpan.FromDays(30)
                    && now - reminded >= TimeSpan.FromDays(16)
                )
                    Doubted = now;
                if (Reminded is null && now - asked >= TimeSpan.FromDays(14))
                    (Reminded, Mails) = (now, Mails + 1);
            }
            else if (CheckedOn.AddDays(183) <= UkTime.DayOf(now))
                (Asked, Mails) = (now, Mails + 1);
        }
    }

    [Fact]
    public async Task Three_years_with_answers_at_random_and_the_site_away_at_times()
    {
        var (generated, random) = (new GeneratedServices(6), new Random(6));
        var services = Enumerable.Range(0, Services).Select(n => generated.Published(generated.InLeeds($"Service {n}"))).ToList();
        await site.Write(db =>
        {
            db.AddRange(services);
            return Task.CompletedTask;
        });
        var expected = services.ToDictionary(s => s.Id, s => new Expected(s.CheckedOn!.Value));
        var seen = new HashSet<ServiceState>();
        var answers = 0;
        for (var day = 0; day < Days; )
        {
            // Now and then nothing runs for weeks; afterwards nobody is doubted who had no time to answer.
            var step = random.Next(60) == 0 ? 35 : 1;
            day += step;
            site.Clock.Advance(TimeSpan.FromDays(step));
            var now = site.Clock.GetUtcNow();
            await Run();
            foreach (var one in expected.Values)
                one.Pass(now.UtcDateTime);
            if (random.Next(2) == 0)
            {
                var id = services[random.Next(services.Count)].Id;
                var closes = random.Next(40) == 0;
                answers += await Answer(id, expected[id], closes, now) ? 1 : 0;
            }
            if (day % 50 == 0 || step > 1)
                await Agree(expected, seen);
        }
        await Agree(expected, seen);
        Assert.True(answers > 100, $"{answers} answers prove little.");
        Assert.Superset(
            new HashSet<ServiceState> { ServiceState.Published, ServiceState.Unconfirmed, ServiceState.Unlisted, ServiceState.Closed },
            seen
        );
        var mails = await Mails();
        Assert.Equal(expected.Values.Sum(e => e.Mails), mails.Count);
        Assert.Equal(mails.Count, mails.Select(m => m.Kind + m.About).Distinct(StringComparer.Ordinal).Count());
    }

    async Task<bool> Answer(Guid id, Expected expected, bool closes, DateTimeOffset now)
    {
        var done = await site.Write(async db =>
        {
            var service = await db.Set<FamilyService>().Include(s => s.Points).SingleAsync(s => s.Id == id, Cancel);
            return closes ? service.Close("Organiser", "", now) : service.ConfirmRight(CheckedBy.Service, "Organiser", now);
        });
        if (!done)
            return false;
        if (closes)
            expected.Closed = true;
        else
            expected.CheckedOn = UkTime.DayOf(now.UtcDateTime);
        (expected.Asked, expected.Reminded) = (null, null);
        if (!closes)
            (expected.Doubted, expected.Unlisted) = (null, null);
        return true;
    }

    async Task Agree(Dictionary<Guid, Expected> expected, HashSet<ServiceState> seen)
    {
        foreach (var service in await All())
        {
            var should = expected[service.Id];
            seen.Add(service.State);
            Assert.Equal(
                (should.CheckedOn, should.Asked, should.Reminded, should.Doubted, should.Unlisted, should.Closed),
                (
                    service.CheckedOn!.Value,
                    service.QuestionedAt,
                    service.RemindedAt,
                    service.UnconfirmedAt,
                    service.UnlistedAt,
                    service.ClosedAt is not null
                )
            );
            Assert.Equal(should.Closed || should.Unlisted is not null, service.Points.Count == 0);
            Assert.All(service.Points, p => Assert.Equal(should.Doubted is null ? 0 : 1, p.Rank));
        }
    }

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
