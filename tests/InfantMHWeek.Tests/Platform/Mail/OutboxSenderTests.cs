using System.Globalization;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>Mails on their way through good and bad days of a mail server.</summary>
[BothStores]
public sealed class OutboxSenderTests : IAsyncLifetime
{
    readonly SmtpCatcher catcher = new();
    readonly MailSite site;

    public OutboxSenderTests() => site = new(catcher.Port);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await catcher.DisposeAsync();
    }

    static Task<Guid> Queue(
        MailSite site,
        string to = "ada@example.org",
        string about = "1",
        string time = "now",
        string? calendar = null
    ) => site.Queue(MailSite.Urgent, to, about, time, calendar);

    Task<int> Round() => site.Round();

    Task<OutboxMail> Find(Guid id) => site.Find(id);

    [Fact]
    public async Task A_mail_leaves_once_with_text_HTML_and_calendar_and_its_words_are_forgotten()
    {
        var id = await Queue(site, calendar: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
        Assert.Equal(1, await Round());
        Assert.Equal(0, await Round());

        var caught = Assert.Single(catcher.Letters);
        Assert.Equal(["ada@example.org"], caught.Readers);
        var letter = caught.Letter;
        Assert.Equal("ada@example.org", letter.To.ToString());
        Assert.Equal("week@week.example", letter.From.Mailboxes.Single().Address);
        Assert.Equal($"{id:N}@week.example", letter.MessageId);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        Assert.Contains("can send mail", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("<p>", letter.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", letter.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("text/calendar", Assert.Single(letter.Attachments).ContentType.MimeType);

        var mail = await Find(id);
        Assert.NotNull(mail.SentAt);
        Assert.Equal(("", "", null), (mail.Text, mail.Html, mail.Calendar));
    }

    [Fact]
    public async Task What_is_told_twice_is_queued_once()
    {
        Assert.Equal(await Queue(site), await Queue(site));
        await Round();
        Assert.Single(catcher.Letters);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_later_and_later()
    {
        catcher.Behaves = SmtpCatcher.Mood.Later;
        var id = await Queue(site);
        await Round();
        var mail = await Find(id);
        Assert.Equal((1, null, site.Clock.GetUtcNow().UtcDateTime.AddMinutes(1)), (mail.Attempts, mail.GivenUpAt, mail.NextAttemptAt));
        Assert.StartsWith("451", mail.LastProblem, StringComparison.Ordinal);
        await Round();
        Assert.Equal(1, (await Find(id)).Attempts);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Round();
        Assert.Equal(site.Clock.GetUtcNow().UtcDateTime.AddMinutes(2), (await Find(id)).NextAttemptAt);

        catcher.Behaves = SmtpCatcher.Mood.Accept;
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await Round());
        Assert.Null((await Find(id)).LastProblem);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up_and_can_be_sent_again_by_an_administrator()
    {
        catcher.Behaves = SmtpCatcher.Mood.Later;
        var id = await Queue(site);
        for (var i = 0; i < OutboxMail.MostAttempts; i++)
        {
            Assert.Null((await Find(id)).GivenUpAt);
            await Round();
            site.Clock.Advance(TimeSpan.FromHours(6));
        }
        Assert.NotNull((await Find(id)).GivenUpAt);
        Assert.Equal(0, await Round());

        using var browser = await site.SignedIn(StaffRole.Administrator);
        catcher.Behaves = SmtpCatcher.Mood.Accept;
        using (var again = await browser.Send("/staff/mail", form: "form[action*='Again']"))
            Assert.Equal(System.Net.HttpStatusCode.Found, again.StatusCode);
        Assert.Equal(1, await Round());
        Assert.Single(catcher.Letters);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_not_tried_again()
    {
        catcher.Behaves = SmtpCatcher.Mood.RefuseReader;
        var (refused, next) = (await Queue(site), await Queue(site, about: "2"));
        await Round();
        var mail = await Find(refused);
        Assert.NotNull(mail.GivenUpAt);
        Assert.StartsWith("550", mail.LastProblem, StringComparison.Ordinal);
        // One refused mail does not hold up the next.
        Assert.Equal(1, (await Find(next)).Attempts);
        site.Clock.Advance(TimeSpan.FromDays(1));
        catcher.Behaves = SmtpCatcher.Mood.Accept;
        Assert.Equal(0, await Round());
        Assert.DoesNotContain(site.Log, line => line.Contains("ada@example.org", StringComparison.Ordinal));
    }

    /// <summary>Whether it was us that were refused is known when another mail has left.</summary>
    [Fact]
    public async Task What_a_mail_says_may_be_refused_and_is_given_up_once_another_has_left()
    {
        catcher.ByReader = to => to.StartsWith("ada", StringComparison.Ordinal) ? SmtpCatcher.Mood.Refuse : null;
        var refused = await Queue(site);
        for (var n = 0; n < OutboxMail.MostAttempts + 3; n++)
        {
            await Round();
            site.Clock.Advance(TimeSpan.FromHours(6));
        }
        Assert.Null((await Find(refused)).GivenUpAt);

        await Queue(site, to: "ben@example.org", about: "2");
        await Round();
        site.Clock.Advance(TimeSpan.FromHours(6));
        await Round();
        var mail = await Find(refused);
        Assert.NotNull(mail.GivenUpAt);
        Assert.StartsWith("550", mail.LastProblem, StringComparison.Ordinal);
        Assert.Empty(await site.InStore(db => db.Set<RefusedRecipient>().ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_after_a_while_and_the_mail_kept()
    {
        catcher.Behaves = SmtpCatcher.Mood.Hang;
        var id = await Queue(site);
        var round = Round();
        await catcher.Hangs.WaitAsync(TestContext.Current.CancellationToken);
        // Another round, begun meanwhile, must not take the same mail.
        Assert.Equal(0, await Round());
        site.Clock.Advance(OutboxSender.Patience);
        Assert.Equal(0, await round);
        var mail = await Find(id);
        Assert.Equal((1, null, null), (mail.Attempts, mail.SentAt, mail.GivenUpAt));
        Assert.Empty(catcher.Letters);
    }

    [Fact]
    public async Task A_line_that_is_cut_gives_the_same_letter_again_under_the_same_name()
    {
        catcher.Behaves = SmtpCatcher.Mood.DropAfterLetter;
        await Queue(site);
        Assert.Equal(0, await Round());
        catcher.Behaves = SmtpCatcher.Mood.Accept;
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Round());
        Assert.Single(catcher.Letters.Select(l => l.Letter.MessageId).Distinct(StringComparer.Ordinal));
        Assert.Equal(2, catcher.Letters.Count);
    }

    [Fact]
    public async Task Two_rounds_at_once_send_each_mail_once()
    {
        for (var i = 0; i < 20; i++)
            await Queue(site, about: i.ToString(CultureInfo.InvariantCulture));
        var sent = await Task.WhenAll(Round(), site.RoundElsewhere(), site.RoundElsewhere());
        Assert.Equal(20, sent.Sum());
        Assert.Equal(20, catcher.Letters.Select(l => l.Letter.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(20, catcher.Letters.Count);
    }

    /// <summary>What a person typed stands in the wording; it must not become a header, a second reader, or markup.</summary>
    [Theory]
    [InlineData("x\r\nBcc: thief@evil.example\r\n\r\nHello")]
    [InlineData("x\nTo: thief@evil.example")]
    [InlineData("x\u2028Cc: thief@evil.example")]
    [InlineData("</p><script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("[press here](javascript:alert(1)) ![x](https://evil.example/pixel.png)")]
    [InlineData(".\r\n.\r\nMAIL FROM:<a@b.example>")]
    public async Task Nothing_that_was_typed_becomes_a_header_a_reader_or_markup(string typed)
    {
        await Queue(site, time: typed);
        Assert.Equal(1, await Round());
        var caught = Assert.Single(catcher.Letters);
        Assert.Equal(["ada@example.org"], caught.Readers);
        Assert.Equal(
            "Auto-Submitted Date From MIME-Version Message-Id Subject To X-Auto-Response-Suppress",
            string.Join(' ', caught.Letter.Headers.Select(h => h.Field).Order(StringComparer.Ordinal))
        );
        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(
            caught.Letter.HtmlBody!,
            TestContext.Current.CancellationToken
        );
        Assert.Empty(page.QuerySelectorAll("script, img, [onerror], a[href^='javascript']"));
    }

    [Theory]
    [InlineData("ada@example.org, thief@evil.example")]
    [InlineData("ada@example.org\r\nBcc: thief@evil.example")]
    [InlineData("<ada@example.org>")]
    [InlineData("Ada <ada@example.org>")]
    public void Two_readers_are_no_address(string typed) => Assert.False(EmailAddress.TryParse(typed, null, out _));

    [Fact]
    public async Task Without_a_server_staff_read_mail_in_the_data_folder()
    {
        await using var quiet = new MailSite(port: null);
        using var browser = await quiet.SignedIn(StaffRole.Administrator);
        using (var asked = await browser.Send("/staff/mail", form: "form[action*='Test']"))
            Assert.Equal(System.Net.HttpStatusCode.Found, asked.StatusCode);
        Assert.Equal(1, await quiet.Services.GetRequiredService<OutboxSender>().RunOnceAsync(TestContext.Current.CancellationToken));

        var list = await TestSite.Read(
            await browser.GetAsync(new Uri("/staff/mail", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var letter = list.QuerySelector("main a[href^='/staff/mail/2']")!.GetAttribute("href")!;
        var page = await TestSite.Read(await browser.GetAsync(new Uri(letter, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Contains("can send mail", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        var round = quiet.Services.GetRequiredService<OutboxRetention>();
        await round.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Single(Directory.GetFiles(Path.Combine(quiet.DataPath, "mail")));
        await quiet.RunsUntil(quiet.Clock.GetUtcNow().AddDays(RetentionPeriods.Mails.For.Days) + TimeSpan.FromMinutes(1));
        await round.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFiles(Path.Combine(quiet.DataPath, "mail")));
        Assert.False(await quiet.InStore(db => db.Set<OutboxMail>().AnyAsync()));
    }

    [Fact]
    public async Task A_letter_is_chosen_from_the_folder_and_never_by_a_path()
    {
        await using var quiet = new MailSite(port: null);
        using var browser = await quiet.SignedIn(StaffRole.Administrator);
        foreach (
            var wrong in new[] { "/staff/mail/nothing", "/staff/mail/..%2fsite", "/staff/mail/..%5csite.db", "/staff/mail/%2e%2e%2fkeys" }
        )
        {
            using var answer = await browser.GetAsync(new Uri(wrong, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("Mail:Host=mail.example.org", "Mail:From is needed too")]
    [InlineData("Mail:From=nobody at all", "write an address that mail can come from")]
    [InlineData("Mail:Port=many", "write a whole number from 1 to 65535")]
    [InlineData("Mail:Port=65536", "write a whole number from 1 to 65535")]
    [InlineData("Mail:Connections=0", "write a whole number from 1 to 50")]
    [InlineData("Mail:Password=secret", "Mail:User is needed too")]
    public async Task Settings_that_cannot_work_are_said_at_the_start(string setting, string message)
    {
        var (code, _, errors) = await SiteProgram.Run("--" + setting, $"--Data:Path={site.DataPath}", "--urls=http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
