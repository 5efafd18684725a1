using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>A mail greets whoever looks like a person, and nothing else that was typed as a name.</summary>
[OneStore("the words of mails")]
public sealed class GreetingTests(RealSite shared)
{
    static readonly string[] Names =
    [
        "Ann",
        "ann smith",
        "Siân O’Neill",
        "Ŵyn O'Neill",
        "Jean-Luc",
        "Dr. Ruth Jones",
        "J. R. Smith",
        "Ludwig van der Berg",
        "María del Carmen",
        "Ngọc Ánh Trần",
        "Łukasz Żółć",
        "李小龍",
        "Мария Петрова",
        "نور الهدى",
        "Sam",
    ];

    public static readonly string[] NoNames =
    [
        "https://evil.example",
        "evil.example",
        "www.evil.example",
        "evil dot com",
        "ann@evil.example",
        "You have won a prize",
        "Click here now",
        "Your account is closed",
        "call 0900 123456",
        "Ann123",
        "Ann <b>Smith</b>",
        "Ann\u202Egro.live",
        "Ann\u200B Smith",
        "Ann 🎁",
        "💰",
        "Ann\nBcc: x@evil.example",
        "[Ann](https://evil.example)",
        "{link}",
        "Ann; DROP TABLE",
        "free money for you",
        new('a', 100),
        "Ann " + new string('b', 99),
        "A\u0301\u0301\u0301\u0301\u0301",
        "-",
        "'",
        "   ",
        "we moved the whole meeting to monday",
        "\uD83D",
        "Ann/Smith",
        "Ann\\Smith",
        "ａｎｎ．ｃｏｍ",
        "Ann。com",
        "(Ann)",
        "Ann!",
        "“Ann”",
        "Ann\u2066Smith",
    ];

    [Fact]
    public void Names_are_names()
    {
        foreach (var name in Names)
            Assert.Equal(name.Normalize(), PersonName.Of(name));
        foreach (var typed in NoNames)
            Assert.True(PersonName.Of(typed) is null, typed);
    }

    /// <summary>Over all mails that the site can send. The control: another placeholder shows what it is given.</summary>
    [Fact]
    public void No_mail_greets_what_is_no_name()
    {
        var wordings = shared.Services.GetRequiredService<IMailWordings>().Starting("");
        Assert.Contains(wordings, w => w.Kind == "contact-received");
        foreach (var (kind, wording) in wordings)
        {
            foreach (var typed in NoNames.Where(t => t.Trim().Length > 3 && t != "{link}"))
            {
                var (subject, text, html) = MailText.Compose(
                    wording,
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = typed, ["from"] = typed }
                );
                Assert.DoesNotContain(typed, subject + text + html, StringComparison.Ordinal);
            }
            if (wording.Markdown.Contains("{name}", StringComparison.Ordinal))
                Assert.Contains(
                    "Hello Siân O’Neill,",
                    MailText.Compose(wording, new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Siân O’Neill" }).Text,
                    StringComparison.Ordinal
                );
            if (wording.Markdown.Contains("{words}", StringComparison.Ordinal))
                Assert.Contains(
                    "You have won a prize",
                    MailText
                        .Compose(wording, new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = "You have won a prize" })
                        .Text,
                    StringComparison.Ordinal
                );
        }
    }

    /// <summary>
    /// Through the front door: whatever a stranger types, the first mail to an address that nobody has confirmed holds none of it.
    /// </summary>
    [Fact]
    public async Task The_first_mail_to_an_address_holds_no_word_of_a_stranger()
    {
        const string Bait = "You have won at www evil example";
        await using var site = new TestSite();
        async Task Send(string path, params (string Name, string? Value)[] fields)
        {
            using var browser = site.Browser();
            using var answer = await browser.Send(path, fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal));
            Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        }
        await Send("/contact/write", ("About", "message"), ("Text", Bait), ("Name", Bait), ("Email", "a@victim.example"));
        await Send("/contact/write", ("About", "data-protection"), ("Text", Bait), ("Name", Bait), ("Email", "b@victim.example"));
        await Send(
            "/courses/infant-mental-health-introduction/interest",
            ("Name", Bait),
            ("Email", "c@victim.example"),
            ("Organisation", Bait)
        );
        await Send("/events/offer", ("Email", "d@victim.example"));
        await Send("/services/offer", ("Email", "e@victim.example"));
        var mails = await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(5, mails.Count);
        Assert.All(mails, m => Assert.DoesNotContain("won at", m.Subject + m.Text + m.Html, StringComparison.Ordinal));
        Assert.All(mails, m => Assert.Contains("Hello there,", m.Text, StringComparison.Ordinal));
    }
}
