using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Events;
using InfantMHWeek.Tests.Services;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>
/// A program that sends every public form with one stranger's address, as fast as it can: few mails reach that address, honest
/// visitors elsewhere are taken, and what was typed stays. <c>FORM_FLOOD=18000</c> sends so many of each.
/// </summary>
[BothStores]
public sealed class FloodTests : IAsyncDisposable
{
    const string Victim = "victim@home.example",
        Course = "/courses/" + CourseDesk.Slug,
        Flooding = "203.0.113.7",
        Honest = "198.51.100.9";
    const int OfNetwork = 20,
        MostMails = 3;
    static readonly int Posts = int.Parse(Environment.GetEnvironmentVariable("FORM_FLOOD") ?? "40", CultureInfo.InvariantCulture);
    readonly BehindProxy site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    sealed class BehindProxy : TestSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("ReverseProxy:KnownAddresses", "127.0.0.1");
            builder.UseSetting("Courses:FormsAtOnce", OfNetwork.ToString(CultureInfo.InvariantCulture));
            builder.UseSetting("Forms:InAllAtOnce", "30");
        }
    }

    HttpClient From(string network)
    {
        var browser = site.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", network);
        return browser;
    }

    async Task<IReadOnlyList<(string Path, Func<string, Dictionary<string, string?>> Fields, string EditedText)>> Forms()
    {
        await new CourseDesk(site).Open(places: 9);
        var generated = new GeneratedEvents(4);
        var slug = await site.Write(db =>
        {
            var e = generated.Published(generated.Once("Songs"));
            db.Add(e);
            return Task.FromResult(e.Slug);
        });
        var services = new GeneratedServices(4);
        var service = await site.Write(db =>
        {
            var made = services.Published(services.InLeeds("Help"));
            db.Add(made);
            return Task.FromResult(made.Slug);
        });
        return
        [
            (
                "/contact/write",
                email => Fields(("About", "message"), ("Text", "What a sentence."), ("Name", "Ann"), ("Email", email)),
                "What a sentence."
            ),
            ($"/events/concern/{slug}", _ => Fields(("Words", "What a worry.")), "What a worry."),
            ($"/services/wrong/{service}", _ => Fields(("What", "other"), ("Words", "What a mistake.")), "What a mistake."),
            (Course + "/interest", email => Fields(("Name", "Ann"), ("Email", email), ("Organisation", "Little Steps")), "Little Steps"),
            (Course + "/apply", _ => Fields(), ""),
            ("/events/offer", email => Fields(("Email", email)), "@home.example"),
            ("/services/offer", email => Fields(("Email", email)), "@home.example"),
            ("/staff/forgot", email => Fields(("Email", email)), "@home.example"),
        ];
    }

    static async Task<HttpResponseMessage> Send(HttpClient browser, string path, Dictionary<string, string?> fields)
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await browser.Send((IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!, path, fields);
    }

    Task<List<string>> MailsTo(string address) =>
        site.InStore(async db =>
            (await db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel))
                .Where(m => m.To.Text.Contains(address, StringComparison.Ordinal))
                .Select(m => m.Kind)
                .ToList()
        );

    [Fact]
    public async Task One_address_gets_few_mails_others_are_taken_and_what_was_typed_stays()
    {
        await site.AddStaff(Victim, StaffRole.Author);
        var forms = await Forms();
        foreach (var (number, (path, fields, typed)) in forms.Index())
        {
            var codes = new List<HttpStatusCode>();
            string? kept = null;
            for (var post = 0; post < Posts; post += 8)
            {
                // A fresh browser every eight: its own budget is never what stops it.
                using var program = From(Flooding);
                using var opened = await program.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
                for (var n = 0; n < 8; n++)
                {
                    using var answer = await program.Send(form, path, fields(Victim));
                    codes.Add(answer.StatusCode);
                    if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                        continue;
                    Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, path);
                    kept = await answer.Content.ReadAsStringAsync(Cancel);
                }
            }
            Assert.All(codes, c => Assert.True(c is HttpStatusCode.Found or HttpStatusCode.TooManyRequests, $"{path}: {c}"));
            Assert.True(
                kept?.Contains(typed, StringComparison.Ordinal) == true
                    && kept.Contains("What you typed is still there", StringComparison.Ordinal),
                path
            );

            // Somebody else, elsewhere, at the same moment; also after whoever throws a thousand networks at it.
            using var honest = From(Honest);
            using var taken = await Send(honest, path, fields($"ann{number}@elsewhere.example"));
            Assert.True(taken.StatusCode == HttpStatusCode.Found, $"{path}: {taken.StatusCode}");
        }
        await site.Services.GetRequiredService<ResetRequests>().AnswerAsync(Cancel);
        var mails = await MailsTo(Victim);
        Assert.True(mails.Count <= MostMails, string.Join(" ", mails));
        // A stranger's flood does not keep a colleague from the way in, nor a person from writing to us.
        Assert.Contains("staff-reset", mails, StringComparer.Ordinal);
        using var victim = From("192.0.2.44");
        using (
            var written = await Send(
                victim,
                "/contact/write",
                Fields(("About", "message"), ("Text", "It is really me."), ("Email", Victim))
            )
        )
            Assert.Equal(HttpStatusCode.Found, written.StatusCode);
        Assert.True(await site.InStore(db => db.Set<ContactMessage>().AnyAsync(m => m.Text == "It is really me.", Cancel)));
        using var told = await victim.GetAsync(new Uri("/contact/write", UriKind.Relative), Cancel);
        Assert.Contains(
            "We have not emailed it to you this time",
            (await TestSite.Read(told)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(mails, await MailsTo(Victim));
    }

    [Fact]
    public async Task Plus_signs_and_capitals_lead_to_the_same_mailbox()
    {
        var sent = 0;
        foreach (
            var address in new[]
            {
                "ann@home.example",
                "ANN@home.example",
                "ann+1@home.example",
                "ann+2@home.example",
                "Ann+3@HOME.example",
            }
        )
        {
            using var browser = From($"192.0.2.{++sent}");
            (await Send(browser, "/events/offer", Fields(("Email", address)))).Dispose();
        }
        Assert.Equal(2, await site.InStore(db => db.Set<OutboxMail>().CountAsync(Cancel)));
    }

    /// <summary>
    /// Many networks together use up what is taken in all; one that has sent nothing yet still gets in, and after the flood all do.
    /// </summary>
    [Fact]
    public async Task A_crowd_of_programs_does_not_shut_people_out()
    {
        var refused = 0;
        for (var network = 1; network <= 12; network++)
        {
            using var program = From($"203.0.113.{network}");
            var form = (IHtmlFormElement)
                (await TestSite.Read(await program.GetAsync(new Uri("/contact/write", UriKind.Relative), Cancel))).QuerySelector(
                    "main form[method=post]"
                )!;
            for (var n = 0; n < 9; n++)
            {
                using var answer = await program.Send(
                    form,
                    "/contact/write",
                    Fields(("About", "message"), ("Text", $"Flood {n}."), ("Email", $"p{network}.{n}@home.example"))
                );
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                    refused++;
            }
        }
        Assert.True(refused > 10, $"{refused}");
        using var honest = From(Honest);
        using var taken = await Send(
            honest,
            "/contact/write",
            Fields(("About", "message"), ("Text", "Hello."), ("Email", "ann@elsewhere.example"))
        );
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
    }

    /// <summary>Whoever is refused never reaches the store. The control: whoever is taken does.</summary>
    [Fact]
    public async Task A_refusal_costs_the_store_nothing()
    {
        async Task<int> Budgets() => await site.InStore(db => db.Set<UsedBudget>().CountAsync(Cancel));
        for (var n = 0; n < OfNetwork + 5; n++)
        {
            using var browser = From(Flooding);
            using var opened = await browser.GetAsync(new Uri(Course + "/interest", UriKind.Relative), Cancel);
            var page = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
            var before = await Budgets();
            using var answer = await browser.Send(page, Course + "/interest", Fields(("Name", "Ann"), ("Email", $"p{n}@home.example")));
            Assert.Equal(answer.StatusCode == HttpStatusCode.Found, await Budgets() > before);
        }
    }
}
