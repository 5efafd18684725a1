using System.Globalization;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace InfantMHWeek.Tests.Services;

/// <summary>
/// Three years of the directory, with the clock in our hand: services answer at random, the site stands still and the mail server is
/// away at times. What should be of each is worked out beside the program.
/// </summary>
[BothStores]
public sealed class ServiceYearsTests : IAsyncDisposable
{
    /// <summary><c>SERVICES=10000</c> tries so many.</summary>
    static readonly int Services = int.Parse(Environment.GetEnvironmentVariable("SERVICES") ?? "40", CultureInfo.InvariantCulture);
    const int Days = 3 * 365,
        AtOnce = 500;
    readonly YearsSite site = new();
    readonly Random random = new(6);
    readonly Dictionary<Guid, ExpectedService> expected = [];

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Its mail goes to a server that is away when we say so.</summary>
    sealed class YearsSite : TestSite, IMailTransport
    {
        public bool MailIsAway { get; set; }

        /// <summary>How often each mail left, by the id that it keeps for ever.</summary>
        public Dictionary<string, int> Left { get; } = new(StringComparer.Ordinal);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IMailTransport>(this));
        }

        public Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel)
        {
            if (MailIsAway)
                return Task.FromResult(Delivery.Hold(MailTrouble.Unreachable, "Nobody answers."));
            lock (Left)
                Left[message.MessageId!] = Left.GetValueOrDefault(message.MessageId!) + 1;
            return Task.FromResult(Delivery.Done);
        }

        public Task CloseIdleConnectionsAsync() => Task.CompletedTask;
    }

    [Fact]
    public async Task Every_due_mail_leaves_once_and_no_state_is_without_its_reason()
    {
        await Fill();
        var (seen, answers, mailAway) = (new HashSet<ServiceState>(), 0, 0);
        for (var day = 0; day < Days; )
        {
            // Now and then nothing runs for weeks; afterwards nobody is doubted who had no time to answer.
            var step = random.Next(60) == 0 ? 35 : 1;
            day += step;
            site.Clock.Advance(TimeSpan.FromDays(step));
            site.MailIsAway = site.MailIsAway ? random.Next(4) != 0 : random.Next(25) == 0;
            mailAway += site.MailIsAway ? 1 : 0;
            await Run();
            foreach (var one in expected.Values)
                one.Pass(site.Clock.GetUtcNow().UtcDateTime);
            answers += await Answer(Services < 1000 ? random.Next(2) : Services / 300);
            if (day % 50 == 0 || step > 1)
                await Agree(seen);
        }
        site.MailIsAway = false;
        site.Clock.Advance(TimeSpan.FromHours(2));
        await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
        await Agree(seen);
        Assert.True(answers > 100 && mailAway > 20, $"{answers} answers and {mailAway} days without mail prove little.");
        Assert.Superset(
            new HashSet<ServiceState> { ServiceState.Published, ServiceState.Unconfirmed, ServiceState.Unlisted, ServiceState.Closed },
            seen
        );
        var mails = await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().Select(m => new { m.Kind, m.About }).ToListAsync(Cancel));
        Assert.Equal(expected.Values.Sum(e => e.Mails), mails.Count);
        Assert.Equal(mails.Count, mails.Distinct().Count());
        Assert.Equal(mails.Count, site.Left.Count);
        Assert.All(site.Left, mail => Assert.Equal(1, mail.Value));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{expected.Count} services, {answers} answers, {mailAway} days without a mail server, {mails.Count} mails, each left once; "
                + string.Join(", ", seen.Order())
        );
    }

    /// <summary>Every fifth is listed by others.</summary>
    async Task Fill()
    {
        var generated = new GeneratedServices(6);
        foreach (var some in Enumerable.Range(0, Services).Chunk(AtOnce))
        {
            var services = some.Select(n => n % 5 == 4 ? generated.Listed(n) : generated.PublishedOf(n)).ToList();
            foreach (var service in services)
                expected.Add(service.Id, new(service));
            await site.Write(db =>
            {
                db.AddRange(services);
                return Task.CompletedTask;
            });
        }
    }

    async Task Run()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ServiceChecks>().RunAsync(Cancel);
        await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
    }

    async Task<int> Answer(int count)
    {
        var (ids, now) = (expected.Keys.ToList(), site.Clock.GetUtcNow());
        var wishes = Enumerable
            .Range(0, count)
            .Select(_ => (Id: ids[random.Next(ids.Count)], Closes: random.Next(40) == 0, Reopens: random.Next(2) == 0))
            .DistinctBy(w => w.Id)
            .ToDictionary(w => w.Id);
        var asked = wishes.Keys.ToList();
        var done = await site.Write(async db =>
        {
            var services = await db.Set<FamilyService>().Include(s => s.Points).Where(s => asked.Contains(s.Id)).ToListAsync(Cancel);
            return services.ConvertAll(s =>
            {
                var wish = wishes[s.Id];
                s.Claim(now);
                return (
                    s.Id,
                    What: s.ClosedAt is not null
                        ? wish.Reopens && s.Reopen(FamilyService.Organiser, now)
                            ? 'o'
                            : ' '
                        : wish.Closes
                            ? s.Close(FamilyService.Organiser, "", now)
                                ? 'c'
                                : ' '
                            : s.ConfirmRight(CheckedBy.Service, FamilyService.Organiser, now)
                                ? 'r'
                                : ' '
                );
            });
        });
        foreach (var (id, what) in done)
            expected[id].Answer(what, now.UtcDateTime);
        return done.Count(d => d.What != ' ');
    }

    async Task Agree(HashSet<ServiceState> seen)
    {
        for (var from = 0; from < expected.Count; from += AtOnce)
        {
            var services = await site.InStore(db =>
                db.Set<FamilyService>()
                    .Include(s => s.Points)
                    .Include(s => s.Steps)
                    .AsNoTracking()
                    .AsSplitQuery()
                    .OrderBy(s => s.Id)
                    .Skip(from)
                    .Take(AtOnce)
                    .ToListAsync(Cancel)
            );
            foreach (var service in services)
            {
                seen.Add(service.State);
                expected[service.Id].Agrees(service);
            }
        }
    }
}
