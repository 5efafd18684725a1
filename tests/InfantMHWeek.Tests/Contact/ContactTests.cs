using System.Net;
using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Contact;

/// <summary>A message, a concern or a complaint: acknowledged at once, seen by staff, forgotten in time.</summary>
[BothStores]
public sealed class ContactTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly Dictionary<string, string?> Complaint = new(StringComparer.Ordinal)
    {
        ["About"] = "data-protection",
        ["Text"] = "You wrote to me <script>twice</script>.",
        ["Name"] = "Ann",
        ["Email"] = "ann@home.example",
    };

    [Fact]
    public async Task A_complaint_is_acknowledged_at_once_and_has_a_day_by_which_staff_answer()
    {
        using var browser = site.Browser();
        using (var opened = await browser.GetAsync(new Uri("/contact/write?about=data-protection", UriKind.Relative), Cancel))
        {
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form")!;
            foreach (var _ in Enumerable.Range(0, 3))
            {
                using var sent = await browser.Send(form, "/contact/write", Complaint);
                Assert.Equal("/contact/write", sent.Headers.Location!.OriginalString);
            }
        }
        var message = await site.InStore(db => db.Set<ContactMessage>().SingleAsync(Cancel));
        Assert.Equal(new DateOnly(2026, 7, 8), message.DueOn);
        using (var shown = await browser.GetAsync(new Uri("/contact/write", UriKind.Relative), Cancel))
            Assert.Equal(message.Reference, (await TestSite.Read(shown)).QuerySelector(".reference")!.TextContent);
        var mail = await site.InStore(db => db.Set<OutboxMail>().SingleAsync(Cancel));
        Assert.Contains("8 July 2026", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("twice", mail.Subject + mail.Text, StringComparison.Ordinal);

        using var staff = await site.SignedIn(StaffRole.Administrator);
        using (var list = await staff.GetAsync(new Uri("/staff/contact", UriKind.Relative), Cancel))
        {
            var page = await TestSite.Read(list);
            Assert.Contains("Answer by 8 July 2026", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main script"));
        }
        using (var answered = await staff.Send("/staff/contact"))
            Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        Assert.NotNull((await site.InStore(db => db.Set<ContactMessage>().SingleAsync(Cancel))).AnsweredBy);

        await site.RunsUntil(site.Clock.GetUtcNow().AddDays(366));
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContactRetention>().ForgetAsync(Cancel);
        Assert.Equal(
            0,
            await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel))
                + await site.InStore(db => db.Set<OutboxMail>().CountAsync(Cancel))
        );
    }

    [Theory]
    [InlineData("Text", "", "Write your message.")]
    [InlineData("Email", "ann@", "in the usual form")]
    [InlineData("About", "other", "Choose what it is about.")]
    public async Task What_is_wrong_is_said_and_what_was_written_stays(string field, string value, string words)
    {
        using var browser = site.Browser();
        using var answer = await browser.Send(
            "/contact/write",
            new Dictionary<string, string?>(Complaint, StringComparer.Ordinal) { [field] = value }
        );
        var page = await TestSite.Read(answer);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ann", page.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.Equal(0, await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task The_contact_page_says_how_to_write_and_holds_no_form()
    {
        var page = await site.Open("/contact");
        Assert.Equal(5, page.QuerySelectorAll("main a[href^='/contact/write']").Length);
        Assert.Null(page.QuerySelector("main form"));
    }
}
