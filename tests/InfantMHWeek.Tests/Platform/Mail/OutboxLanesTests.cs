using System.Globalization;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Mood = InfantMHWeek.Tests.Platform.Mail.SmtpCatcher.Mood;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>What leaves before what, who may be slow without holding up others, and what comes back after a crash.</summary>
[BothStores]
public sealed class OutboxLanesTests : IAsyncLifetime
{
    const int Many = 150,
        Settled = 80;
    readonly SmtpCatcher catcher = new();
    readonly MailSite site;

    public OutboxLanesTests() => site = new(catcher.Port);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await catcher.DisposeAsync();
    }

    string[] Readers => [.. catcher.Letters.Select(l => l.Readers.Single())];

    /// <summary>The clock stands still: whoever arrives does so without waiting for it.</summary>
    Task Arrived(int count) => Eventually.IsTrue(() => Task.FromResult(catcher.Letters.Count >= count), "letters that arrived");

    /// <summary>Turns the clock until the run has ended, and lets go of what hangs.</summary>
    async Task<int> Ended(Task<int> round)
    {
        await Eventually.IsTrue(() =>
        {
            catcher.Release();
            site.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(round.IsCompleted);
        });
        return await round;
    }

    /// <summary>One mail shows that the server takes them; until then they go one by one.</summary>
    async Task Begin()
    {
        await site.Queue(MailSite.Ordinary, "first@week.example", "first");
        Assert.Equal(1, await site.Round());
        catcher.Letters.Clear();
    }

    /// <summary>The control: where the urgent mail is in the lane of the others, it arrives after them.</summary>
    [Theory]
    [InlineData(MailSite.Urgent, true)]
    [InlineData(MailSite.Bulk, false)]
    public async Task An_urgent_mail_overtakes_what_is_sent_to_many(string kind, bool overtakes)
    {
        await site.Queue(MailSite.Bulk, Many, "many");
        var round = site.Round();
        await Arrived(20);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.Queue(kind, "reset@staff.example");
        await round;
        Assert.Equal(Many + 1, catcher.Letters.Count);
        Assert.Equal(overtakes, Array.IndexOf(Readers, "reset@staff.example") < 20 + Settled);
    }

    [Fact]
    public async Task Each_lane_leaves_before_the_next()
    {
        await using var one = new MailSite(catcher.Port) { Connections = 1 };
        foreach (var (kind, name) in new[] { (MailSite.Bulk, "c"), (MailSite.Ordinary, "b"), (MailSite.Urgent, "a") })
            await one.Queue(kind, 5, name);
        Assert.Equal(15, await one.Round());
        Assert.Equal("aaaaabbbbbccccc", string.Concat(Readers.Select(r => r[0])));
    }

    /// <summary>As many readers' servers do not answer as ordinary mails may be under way at once.</summary>
    [Fact]
    public async Task Servers_that_hang_after_the_letter_hold_up_nobody_else()
    {
        await Begin();
        catcher.ByReader = to => to.StartsWith("slow", StringComparison.Ordinal) ? Mood.Hang : null;
        await site.Queue(MailSite.Ordinary, 5, "slow");
        var round = site.Round();
        for (var n = 0; n < 5; n++)
            await catcher.Hangs.WaitAsync(Cancel);
        await site.Queue(MailSite.Urgent, 1, "urgent");
        await site.Queue(MailSite.Ordinary, 20, "quick");
        // They are slow once three seconds have passed.
        for (var second = 0; second < 5; second++)
            site.Clock.Advance(TimeSpan.FromSeconds(1));
        await Arrived(21);

        // They answer after a minute; meanwhile nobody else may have taken their mails, and each arrives once.
        for (var part = 0; part < 8; part++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(15));
            // The run that has them says so again in its own time.
            var soon = site.Clock.GetUtcNow().UtcDateTime.AddSeconds(30);
            await Eventually.IsTrue(() =>
                site.InStore(async db => await db.Set<OutboxMail>().CountAsync(m => m.SentAt == null && m.LeasedUntil > soon, Cancel) >= 5)
            );
            Assert.Equal(0, await site.RoundElsewhere());
        }
        await Ended(round);
        Assert.Equal(26, Readers.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(26, catcher.Letters.Count);
    }

    /// <summary>A reader whose server hangs has 30 mails; it gets one place, and the others go on.</summary>
    [Fact]
    public async Task A_reader_who_is_slow_takes_one_place_only()
    {
        await Begin();
        catcher.ByReader = to => to.StartsWith("slow", StringComparison.Ordinal) ? Mood.Hang : null;
        for (var n = 0; n < 15; n++)
            await site.Queue(MailSite.Ordinary, "slow@home.example", n.ToString(CultureInfo.InvariantCulture));
        await site.Queue(MailSite.Ordinary, 30, "quick");
        var round = site.Round();
        await Arrived(30);
        Assert.Equal(1, catcher.Hangs.CurrentCount);
        catcher.ByReader = null;
        await Ended(round);
        Assert.Equal(45, catcher.Letters.Count);
    }

    [Fact]
    public async Task What_a_process_had_in_hand_when_it_was_killed_comes_back()
    {
        await site.Queue(MailSite.Ordinary, 3, "x");
        var dead = ActivatorUtilities.CreateInstance<OutboxLeases>(site.Services);
        Assert.Equal(3, (await dead.WriteAsync(Ask(), Cancel)).Mails.Count);
        Assert.Equal(0, await site.Round());
        site.Clock.Advance(OutboxLeases.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(3, await site.Round());
        Assert.Equal(3, catcher.Letters.Count);
    }

    static OutboxBatch Ask(params IEnumerable<Guid> inHand) => new([], [.. inHand], Renew: false, Most: 10, null, [], [], false, null);

    /// <summary>
    /// A machine that slept, or a store that was away for minutes: the leases have run out, and the mails are still in hand.
    /// </summary>
    [Fact]
    public async Task What_is_still_in_hand_is_not_taken_twice_by_the_same_process_and_let_go_when_another_took_it()
    {
        await site.Queue(MailSite.Ordinary, 3, "x");
        var slept = ActivatorUtilities.CreateInstance<OutboxLeases>(site.Services);
        var inHand = (await slept.WriteAsync(Ask(), Cancel)).Mails.Select(m => m.Id).ToList();
        site.Clock.Advance(OutboxLeases.Lease + TimeSpan.FromSeconds(1));

        // The control: who does not say what is in hand gets it again.
        Assert.True(await slept.IsAnyDueAsync(Ask(inHand.Skip(1)), Cancel));
        Assert.False(await slept.IsAnyDueAsync(Ask(inHand), Cancel));
        Assert.Empty((await slept.WriteAsync(Ask(inHand), Cancel)).Mails);
        Assert.Empty((await slept.WriteAsync(Ask(inHand) with { Renew = true }, Cancel)).Lost);

        site.Clock.Advance(OutboxLeases.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(3, await site.Round());
        Assert.Equal(inHand.Order(), (await slept.WriteAsync(Ask(inHand) with { Renew = true }, Cancel)).Lost.Order());
        Assert.Equal(3, catcher.Letters.Count);
    }

    [Fact]
    public async Task One_address_is_not_flooded_and_what_is_urgent_goes_all_the_same()
    {
        for (var n = 0; n < 25; n++)
            await site.Queue(MailSite.Ordinary, n % 2 == 0 ? "ada@example.org" : "Ada@Example.org", $"o{n}");
        await site.Queue(MailSite.Urgent, "ada@example.org", "u");
        await site.Queue(MailSite.Ordinary, "ben@example.org", "b");
        Assert.Equal(22, await site.Round());
        Assert.Contains("enough", (await site.Mails()).First(m => m.SentAt is null).LastProblem, StringComparison.Ordinal);
        Assert.Equal(0, await site.Round());
        site.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(5, await site.Round());
        Assert.All(await site.Mails(), m => Assert.Equal(0, m.SentAt is null ? 1 : 0));

        for (var n = 0; n < 100; n++)
            await site.Queue(MailSite.Urgent, "eve@example.org", $"v{n}");
        Assert.Equal(60, await site.Round());
    }

    [Fact]
    public async Task A_refused_address_is_remembered_and_forgotten_when_urgent_mail_arrives()
    {
        catcher.ByReader = to => to.StartsWith("ada", StringComparison.OrdinalIgnoreCase) ? Mood.RefuseReader : null;
        await site.Queue(MailSite.Ordinary, "ada@example.org", "1");
        await site.Round();
        var later = await site.Queue(MailSite.Ordinary, "Ada@example.org", "2");
        catcher.ByReader = null;
        Assert.Equal(0, await site.Round());
        var mail = await site.Find(later);
        Assert.Equal((0, true), (mail.Attempts, mail.GivenUpAt is not null));
        Assert.StartsWith("Not tried: on 8 June 2026 this address was refused. 550", mail.LastProblem, StringComparison.Ordinal);

        await site.Queue(MailSite.Urgent, "ada@example.org", "3");
        Assert.Equal(1, await site.Round());
        await site.Queue(MailSite.Ordinary, "ada@example.org", "4");
        Assert.Equal(1, await site.Round());
    }

    [Fact]
    public async Task A_server_that_takes_few_connections_gets_all_mail_over_those()
    {
        catcher.MostConnections = 2;
        await site.Queue(MailSite.Ordinary, 60, "x");
        Assert.Equal(60, await site.Round());
        Assert.Equal(60, catcher.Letters.Count);
        Assert.All(await site.Mails(), m => Assert.Equal(1, m.Attempts));
        Assert.True(catcher.Connections < 20, $"{catcher.Connections} connections");
    }

    [Fact]
    public async Task Connections_are_kept_and_closed_when_idle()
    {
        await site.Queue(MailSite.Ordinary, 40, "x");
        await site.Round();
        Assert.InRange(catcher.Connections, 1, 6);
        // The server has closed them meanwhile; nothing is lost or blamed on a mail.
        catcher.DropAll();
        var next = await site.Queue(MailSite.Ordinary, "y@y.example");
        Assert.Equal(1, await site.Round());
        Assert.Equal(1, (await site.Find(next)).Attempts);
    }

    /// <summary>The loop itself: a transport that throws whatever it likes, and a store that goes away and returns.</summary>
    [Fact]
    public async Task The_loop_survives_what_nobody_thought_of_and_a_store_that_goes_away()
    {
        var odd = new Odd();
        await using var running = new MailSite(catcher.Port) { Runs = true, Between = real => odd.On(real) };
        await running.Queue(MailSite.Ordinary, 5, "x");
        odd.Throws = () => new InvalidOperationException("nobody thought of this");
        await running.Until("tried", () =>
            running.InStore(db => db.Set<OutboxMail>().AnyAsync(m => m.LastProblem != null && m.LeasedUntil == null, Cancel))
        );
        odd.Throws = null;
        await running.UntilAllSent();

        await running.Write(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"OutboxMails\" RENAME TO \"Away\"", Cancel));
        await running.Until("noticed", () =>
            Task.FromResult(running.Log.Any(l => l.Contains("Mail could not be sent; it is tried again", StringComparison.Ordinal)))
        );
        await running.Write(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"OutboxMails\"", Cancel));
        await running.Queue(MailSite.Urgent, 3, "y");
        await running.UntilAllSent();
        Assert.Equal(8, catcher.Letters.Count);
        Assert.Equal(8, Readers.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>
    /// Mails are on their way when the store goes: what became of them is written down when it is back, and none is sent twice.
    /// </summary>
    [Fact]
    public async Task What_left_while_the_store_was_away_is_not_sent_again()
    {
        catcher.ByReader = _ => Mood.Hang;
        await site.Queue(MailSite.Ordinary, 3, "x");
        var round = site.Round();
        // The first alone shows that the server takes mail.
        await catcher.Hangs.WaitAsync(Cancel);
        await site.Write(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"OutboxMails\" RENAME TO \"Away\"", Cancel));
        catcher.ByReader = null;
        catcher.Release();
        await Arrived(1);
        for (var n = 0; n < 30; n++)
        {
            site.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await site.InStore(db => db.Set<MailHold>().CountAsync(Cancel));
        }
        await site.Write(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"OutboxMails\"", Cancel));
        Assert.Equal(3, await Ended(round));
        Assert.Equal(3, catcher.Letters.Count);
    }

    sealed class Odd
    {
        public Func<Exception>? Throws { get; set; }

        public IMailTransport On(IMailTransport real) => new Transport(this, real);

        sealed class Transport(Odd odd, IMailTransport real) : IMailTransport
        {
            public Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel) =>
                odd.Throws is { } thrown ? throw thrown() : real.SendAsync(message, cancel);

            public Task CloseIdleConnectionsAsync() => odd.Throws is { } thrown ? throw thrown() : real.CloseIdleConnectionsAsync();
        }
    }
}
