using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Mood = InfantMHWeek.Tests.Platform.Mail.SmtpCatcher.Mood;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>
/// The sender runs by itself against a mail server in every kind of trouble. Nothing is lost, nothing is given up that was our own fault,
/// staff see what is wrong, and when it is over all leaves by itself, each once, in the order of the lanes.
/// </summary>
[BothStores]
public sealed class MailTroubleTests : IAsyncDisposable
{
    const int OfEachLane = 4;
    readonly SmtpCatcher catcher = new();

    public ValueTask DisposeAsync() => catcher.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="Trouble">What all mail is held for; null when each mail waits for itself.</param>
    /// <param name="AtOnce">Whether it is known before the reader is named, so that no mail loses an attempt by it.</param>
    sealed record Case(Mood? Mood, MailTrouble? Trouble, bool AtOnce = true, bool Twice = false);

    static readonly Case[] Cases =
    [
        // Nobody listens at the port.
        new(null, MailTrouble.Unreachable),
        new(Mood.CloseAtOnce, MailTrouble.Unreachable),
        new(Mood.Silent, MailTrouble.Unreachable),
        new(Mood.Garbage, MailTrouble.Unreachable),
        new(Mood.Closing, MailTrouble.Unreachable),
        new(Mood.BadCertificate, MailTrouble.Encryption),
        new(Mood.RefusePassword, MailTrouble.Password),
        new(Mood.RefuseSender, MailTrouble.Sender),
        new(Mood.Policy, MailTrouble.Policy, AtOnce: false),
        new(Mood.Relaying, MailTrouble.WantsPassword, AtOnce: false),
        new(Mood.Refuse, MailTrouble.Policy, AtOnce: false),
        new(Mood.DropBeforeLetter, MailTrouble.Unreachable, AtOnce: false),
        new(Mood.DropMidLetter, MailTrouble.Unreachable, AtOnce: false),
        new(Mood.DropInLetter, MailTrouble.Unreachable, AtOnce: false),
        new(Mood.DropAfterLetter, MailTrouble.Unreachable, AtOnce: false, Twice: true),
        new(Mood.Hang, MailTrouble.Unreachable, AtOnce: false),
        new(Mood.Greylist, null, AtOnce: false),
        new(Mood.Later, null, AtOnce: false),
    ];

    [Fact]
    public async Task Whatever_troubles_the_mail_server_nothing_is_lost_and_all_leaves_when_it_is_over()
    {
        await using var site = new MailSite(catcher.Port)
        {
            Runs = true,
            Connections = 1,
            WithPassword = true,
        };
        await GoThrough(site, Cases);
    }

    [Fact]
    public async Task A_server_that_wants_a_password_when_none_is_set_holds_all_mail()
    {
        await using var site = new MailSite(catcher.Port) { Runs = true, Connections = 1 };
        await GoThrough(site, [new(Mood.WantPassword, MailTrouble.WantsPassword)]);
    }

    /// <summary>The control: where our own fault is taken for the reader's, mails are given up.</summary>
    [Fact]
    public async Task Where_our_fault_is_taken_for_the_readers_mails_are_lost()
    {
        await using var site = new MailSite(catcher.Port) { Between = real => new Blaming(real) };
        catcher.Behaves = Mood.RefuseSender;
        await site.Queue(MailSite.Ordinary, 3, "x");
        await site.Round();
        Assert.Equal(3, (await site.Mails()).Count(m => m.GivenUpAt is not null));
    }

    sealed class Blaming(IMailTransport real) : IMailTransport
    {
        public async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel) =>
            await real.SendAsync(message, cancel) is { Outcome: DeliveryOutcome.Held } held
                ? new(DeliveryOutcome.ReaderRefused, held.Words)
                : Delivery.Done;

        public Task CloseIdleConnectionsAsync() => real.CloseIdleConnectionsAsync();
    }

    async Task GoThrough(MailSite site, IReadOnlyList<Case> cases)
    {
        using var browser = await site.SignedIn(StaffRole.Administrator);
        for (var n = 0; n < cases.Count; n++)
        {
            var of = cases[n];
            TestContext.Current.SendDiagnosticMessage("{0}", of);
            catcher.Letters.Clear();
            await Begin(of);
            foreach (var (kind, lane) in new[] { (MailSite.Bulk, "c"), (MailSite.Ordinary, "b"), (MailSite.Urgent, "a") })
                await site.Queue(kind, OfEachLane, $"{lane}{n}x");
            await site.Until($"{of} shows", () => Shows(site, of));
            Assert.DoesNotContain(await site.Mails(), m => m.GivenUpAt is not null);
            if (of.Trouble is not null)
                await StaffSee(browser);

            await End(of);
            await site.UntilAllSent();
            Check(of);
        }
        // Nobody's address or the server's words in the log.
        Assert.DoesNotContain(site.Log, line =>
            line.Contains(".example>", StringComparison.Ordinal) || line.Contains("x0@", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(site.Log, line => line.StartsWith("Fatal", StringComparison.Ordinal));
    }

    async Task Begin(Case of)
    {
        if (of.Mood is { } mood)
            catcher.Behaves = mood;
        else
            await catcher.Stop();
        catcher.DropAll();
    }

    async Task End(Case of)
    {
        catcher.Behaves = Mood.Accept;
        catcher.Chooses = null;
        if (of.Mood is null)
            catcher.Resume();
        // Those that hang get no answer.
        catcher.DropAll();
        while (await catcher.Hangs.WaitAsync(0, Cancel)) { }
    }

    /// <summary>Staff are told, or each mail has been tried; and nothing is under way.</summary>
    async Task<bool> Shows(MailSite site, Case of)
    {
        if (catcher.Hangs.CurrentCount > 0)
        {
            await catcher.Hangs.WaitAsync(Cancel);
            site.Clock.Advance(OutboxSender.Patience);
        }
        return await site.InStore(async db =>
        {
            if (of.Trouble is not { } trouble)
                return !await db.Set<OutboxMail>().AnyAsync(m => m.SentAt == null && (m.Attempts == 0 || m.LeasedUntil != null), Cancel);
            return await db.Set<MailHold>().AnyAsync(h => h.Trouble == trouble, Cancel)
                && !await db.Set<OutboxMail>()
                    .AnyAsync(m => m.SentAt == null && (m.LeasedUntil != null || (of.AtOnce && m.Attempts > 0)), Cancel);
        });
    }

    static async Task StaffSee(HttpClient browser)
    {
        using var mail = await browser.GetAsync(new Uri("/staff/mail", UriKind.Relative), Cancel);
        var page = await TestSite.Read(mail);
        var held = page.QuerySelector("section.warning");
        Assert.True(held is not null, "Staff are not told.");
        Assert.Contains("Nothing is lost: ", held.TextContent, StringComparison.Ordinal);
        Assert.NotEqual("", held.QuerySelector("q")!.TextContent.Trim());
        using var health = await browser.GetAsync(new Uri("/staff/health", UriKind.Relative), Cancel);
        Assert.Contains(
            "All mail is held",
            (await TestSite.Read(health)).QuerySelector("section.warning")!.TextContent,
            StringComparison.Ordinal
        );
    }

    void Check(Case of)
    {
        var arrived = catcher.Letters.Select(l => (To: l.Readers.Single(), l.Letter.MessageId)).ToList();
        Assert.Equal(3 * OfEachLane, arrived.Select(a => a.MessageId).Distinct(StringComparer.Ordinal).Count());
        if (!of.Twice)
            Assert.True(arrived.Count == 3 * OfEachLane, $"{of}: {arrived.Count} letters");
        if (!of.AtOnce)
            return;
        var lanes = string.Concat(arrived.Select(a => a.To[0]));
        // Several are under way at once, so neighbours may overtake each other on the last stretch; a lane as a whole does not.
        double Middle(char lane) => lanes.Index().Where(l => l.Item == lane).Average(l => l.Index);
        Assert.True(Middle('a') < Middle('b') && Middle('b') < Middle('c'), $"{of}: {lanes}");
    }
}
