using System.Collections.Concurrent;
using System.Net;
using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;

namespace InfantMHWeek.Tests.Platform.Telemetry;

/// <summary>Every answer has a reference, and a reference leads to what became of the request.</summary>
[OneStore("the name of a request in the log")]
public sealed class RequestIdTests(RealSite real)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string IdOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues(RequestId.Header));

    [Fact]
    public async Task Every_answer_has_one_of_its_own_whatever_its_status_and_wherever_it_came_from()
    {
        using var browser = real.Browser();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? tag = null;
        foreach (
            var (path, status) in new[]
            {
                ("/", 200),
                ("/", 200),
                ("/nothing", 404),
                ("/nothing", 404),
                ("/themes/", 301),
                ("/search", 200),
                ("/site.css", 200),
                ("/health/live", 200),
                ("/contact/write", 200),
                ("/staff", 302),
                ("/", 304),
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (status == 304)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            request.Headers.TryAddWithoutValidation("Request-Id", "chosen-by-me");
            using var answer = await browser.SendAsync(request, Cancel);
            tag ??= answer.Headers.ETag?.ToString();
            Assert.Equal(status, (int)answer.StatusCode);
            var id = IdOf(answer);
            Assert.Equal(id, RequestId.Parse(id));
            Assert.True(seen.Add(id), path);
        }
        using var refused = await browser.DeleteAsync(new Uri("/sitemap.xml", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Contains(
            "give us this reference: " + IdOf(refused),
            await refused.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void They_do_not_repeat_and_are_read_however_they_are_typed()
    {
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(_ => RequestId.New()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("4TNW8Z2C7H", RequestId.Parse(" 4tnw-8z2c 7h "));
        Assert.All(["", null, "4TNW8Z2C7", "4TNW8Z2C7HH", "4TNW8Z2C7A", "<script>aa"], typed => Assert.Null(RequestId.Parse(typed)));
    }

    sealed class Lines : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> All { get; } = new();

        public void Emit(LogEvent logEvent) => All.Enqueue(logEvent);
    }

    [Fact]
    public async Task It_stands_on_the_lines_of_the_log()
    {
        var lines = new Lines();
        await using var site = new TestSite();
        await using var watched = site.WithWebHostBuilder(host =>
            host.ConfigureTestServices(services => services.AddSingleton<ILogEventSink>(lines))
        );
        using var browser = watched.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://week.example") });
        using var answer = await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), Cancel);
        Assert.Contains(lines.All, line =>
            line.Properties.TryGetValue("Request", out var id)
            && id.ToString(null, System.Globalization.CultureInfo.InvariantCulture) == $"\"{IdOf(answer)}\""
            && line.RenderMessage(System.Globalization.CultureInfo.InvariantCulture).Contains("answered 200", StringComparison.Ordinal)
        );
    }

    static async Task<string> Ask(HttpClient staff, string reference)
    {
        using var answer = await staff.Send(
            "/staff/health/reference",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Reference"] = reference }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await TestSite.Read(answer)).QuerySelector("main")!.TextContent;
    }

    [Fact]
    public async Task Staff_find_what_a_request_wrote_and_what_became_of_a_message()
    {
        await using var site = new TestSite();
        using var browser = site.Browser();
        using var sent = await browser.Send(
            "/contact/write",
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["About"] = "message",
                ["Text"] = "A question.",
                ["Name"] = "Ann",
                ["Email"] = "ann@home.example",
            }
        );
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var message = await site.InStore(db => db.Set<ContactMessage>().SingleAsync(Cancel));

        using var staff = await site.SignedIn(StaffRole.Administrator);
        foreach (var reference in new[] { IdOf(sent), message.Reference, IdOf(sent).ToLowerInvariant() })
        {
            var page = await Ask(staff, reference);
            Assert.Contains($"Message {message.Reference}.", page, StringComparison.Ordinal);
            Assert.Contains("contact-received", page, StringComparison.Ordinal);
            Assert.Contains("waiting", page, StringComparison.Ordinal);
            Assert.DoesNotContain("A question.", page, StringComparison.Ordinal);
        }
        Assert.Equal(
            3,
            await site.InStore(db =>
                db.Set<AuditEntry>().CountAsync(e => e.What == "looked up a reference" && e.About == message.Id.ToString(), Cancel)
            )
        );
        Assert.Contains("Nothing is known", await Ask(staff, RequestId.New()), StringComparison.Ordinal);

        using var other = await site.SignedIn(StaffRole.Author);
        using var shut = await other.GetAsync(new Uri("/staff/health/reference", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
    }

    [Fact]
    public async Task Staff_find_what_went_wrong()
    {
        await using var site = new TestSite();
        using var browser = site.Browser();
        using var content = new FormUrlEncodedContent([new("Text", "no token")]);
        using var refused = await browser.PostAsync(new Uri("/contact/write", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var staff = await site.SignedIn(StaffRole.Administrator);
        Assert.Contains("the site answered 400 to POST contact/write", await Ask(staff, IdOf(refused)), StringComparison.Ordinal);
    }
}
