using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Courses.Apply;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// People apply while the mail server refuses, falls silent and hangs up at random: everybody gets their mail, or the staff
/// see why not. <c>COURSE_MAILS=1000</c> lets as many apply.
/// </summary>
[BothStores]
public sealed class MailByForceTests : IAsyncDisposable
{
    static readonly int People = int.Parse(Environment.GetEnvironmentVariable("COURSE_MAILS") ?? "60", CultureInfo.InvariantCulture);
    readonly SmtpCatcher catcher = new();

    public ValueTask DisposeAsync() => catcher.DisposeAsync();

    static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(10);
    int turns;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    static string InOrder => string.Join(' ', Enumerable.Range(0, 30).Select(AddressOf));

    static string AddressOf(int person) => $"p{person}@charity.example";

    [Fact]
    public async Task Whatever_the_mail_server_does_everybody_gets_their_mail_or_the_staff_see_why_not()
    {
        // One at a time: the clock is turned for one that hangs, and would cut off all that are under way beside it.
        await using var site = new MailSite(catcher.Port) { Connections = 1 };
        var came = await ApplyInBadWeather(site);
        TestContext.Current.SendDiagnosticMessage(
            "{0} applications: {1} connections, {2} letters taken, {3} refused for good, {4} without mail, {5} twice",
            People,
            came.Connections,
            catcher.Letters.Count,
            came.Refused.Count,
            came.Without.Count,
            came.Twice
        );

        Assert.Empty(came.Without);
        Assert.NotEmpty(came.Refused);
        // Twice only where the line was cut after the server had taken the letter and before it said so: once by the server, and
        // where the clock was
        // turned while letters were under way, of which there are at most four beside one that hangs; and then under the same name.
        Assert.True(came.Twice <= 1 + 4 * turns, $"{came.Twice} twice, the clock was turned {turns} times");
        Assert.Equal(0, came.Renamed);

        using var browser = await site.SignedIn(StaffRole.Administrator);
        var rows = (await TestSite.Read(await browser.GetAsync(new Uri("/staff/mail?state=given-up", UriKind.Relative), Cancel)))
            .QuerySelectorAll("tbody tr")
            .Select(r => r.TextContent)
            .ToList();
        Assert.Equal(came.Refused.Count, rows.Count);
        Assert.All(came.Refused, to =>
            Assert.Contains(rows, row => row.Contains(to, StringComparison.Ordinal) && row.Contains("550", StringComparison.Ordinal))
        );
    }

    /// <summary>The control: a site that believes a mail to be sent, whatever the server says, leaves people without one.</summary>
    [Fact]
    public async Task A_site_that_takes_every_attempt_for_a_success_leaves_people_without_mail()
    {
        await using var site = new MailSite(catcher.Port) { Between = real => new Believing(real) };
        Assert.NotEmpty((await ApplyInBadWeather(site)).Without);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_for_a_day_gets_everything_afterwards_in_order()
    {
        await using var site = new MailSite(catcher.Port) { Connections = 1 };
        Assert.Equal(InOrder, await ArrivedAfterADay(site));
        Assert.Single(site.Log, line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    /// <summary>The control: where the server's absence is held against each mail, the latest arrive first.</summary>
    [Fact]
    public async Task Where_an_absent_server_is_held_against_each_mail_their_order_is_lost()
    {
        await using var site = new MailSite(catcher.Port) { Between = real => new Blaming(real), Connections = 1 };
        Assert.NotEqual(InOrder, await ArrivedAfterADay(site), StringComparer.Ordinal);
    }

    sealed class Believing(IMailTransport real) : IMailTransport
    {
        public async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel)
        {
            await real.SendAsync(message, cancel);
            return Delivery.Done;
        }

        public Task CloseIdleConnectionsAsync() => real.CloseIdleConnectionsAsync();
    }

    sealed class Blaming(IMailTransport real) : IMailTransport
    {
        public async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel)
        {
            var delivery = await real.SendAsync(message, cancel);
            return delivery.Outcome == DeliveryOutcome.Held ? delivery with { Outcome = DeliveryOutcome.Later } : delivery;
        }

        public Task CloseIdleConnectionsAsync() => real.CloseIdleConnectionsAsync();
    }

    sealed record Weather(int Connections, IReadOnlySet<string> Refused, IReadOnlyList<string> Without, int Twice, int Renamed);

    async Task<Weather> ApplyInBadWeather(MailSite site)
    {
        var (desk, random, connections) = (new CourseDesk(site), new Random(20260608), 0);
        catcher.Chooses = () =>
            ++connections == 30
                ? SmtpCatcher.Mood.DropAfterLetter
                : random.Next(100) switch
                {
                    < 8 => SmtpCatcher.Mood.Later,
                    < 10 => SmtpCatcher.Mood.Refuse,
                    < 12 => SmtpCatcher.Mood.RefuseReader,
                    < 14 => SmtpCatcher.Mood.Hang,
                    < 19 => SmtpCatcher.Mood.CloseAtOnce,
                    < 24 => SmtpCatcher.Mood.DropBeforeLetter,
                    < 29 => SmtpCatcher.Mood.DropInLetter,
                    _ => SmtpCatcher.Mood.Accept,
                };
        var cohort = await desk.Open(places: People / 2);
        var applying = Task.Run(() => ApplyAll(site, desk, cohort), Cancel);
        while (!applying.IsCompleted)
            await Deliver(site);
        var accepted = await applying;
        while (await site.InStore(db => db.Set<OutboxMail>().AnyAsync(m => m.SentAt == null && m.GivenUpAt == null, Cancel)))
        {
            if (await Deliver(site) == 0)
                site.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        var arrived = catcher
            .Letters.Select(l => (To: l.Readers.Single(), l.Letter.MessageId))
            .ToLookup(l => l.To, l => l.MessageId, StringComparer.Ordinal);
        var refused = (await desk.Mails()).Where(m => m.GivenUpAt is not null).Select(m => m.To.Text).ToHashSet(StringComparer.Ordinal);
        return new(
            connections,
            refused,
            [.. accepted.Where(to => !arrived.Contains(to) && !refused.Contains(to))],
            arrived.Count(a => a.Count() > 1),
            arrived.Count(a => a.Distinct(StringComparer.Ordinal).Count() > 1)
        );
    }

    static async Task<IReadOnlyList<string>> ApplyAll(MailSite site, CourseDesk desk, Guid cohort)
    {
        using var browser = site.Browser();
        LastStep? form = null;
        var accepted = new List<string>();
        for (var person = 0; person < People; person++)
        {
            var draft = await desk.DraftToken(cohort, AddressOf(person), $"Group {person}");
            form ??= await LastStep.Open(browser, draft);
            using var answer = await form.Send(draft);
            Assert.True(LastStep.Acknowledges(answer), $"{person}: {answer.StatusCode}");
            accepted.Add(AddressOf(person));
        }
        return accepted;
    }

    /// <summary>A round of the post; where the server falls silent, the site's patience is turned to its end.</summary>
    async Task<int> Deliver(MailSite site)
    {
        var round = site.Round();
        while (!round.IsCompleted)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var silence = catcher.Hangs.WaitAsync(over.Token);
            // A server may fall silent where nobody notes it, too: then the clock is turned after a while.
            if (await Task.WhenAny(round, silence, Task.Delay(Unnoticed, over.Token)) != round)
            {
                turns++;
                site.Clock.Advance(OutboxSender.Patience);
            }
            await over.CancelAsync();
        }
        return await round;
    }

    async Task<string> ArrivedAfterADay(MailSite site)
    {
        var desk = new CourseDesk(site);
        var cohort = await desk.Open(places: 20);
        catcher.Behaves = SmtpCatcher.Mood.CloseAtOnce;
        using var browser = site.Browser();
        for (var person = 0; person < 30; person++)
        {
            var draft = await desk.DraftToken(cohort, AddressOf(person), $"Group {person}");
            using var answer = await (await LastStep.Open(browser, draft)).Send(draft);
            Assert.True(LastStep.Acknowledges(answer));
            for (var tenth = 0; tenth < 5; tenth++)
            {
                await site.Round();
                site.Clock.Advance(TimeSpan.FromMinutes(10));
            }
        }
        catcher.Behaves = SmtpCatcher.Mood.Accept;
        while (await site.InStore(db => db.Set<OutboxMail>().AnyAsync(m => m.SentAt == null && m.GivenUpAt == null, Cancel)))
        {
            if (await site.Round() == 0)
                site.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        return string.Join(' ', catcher.Letters.Select(l => l.Readers.Single()));
    }
}
