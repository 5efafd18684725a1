using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Campaign;

/// <summary>A mail leaves also where the content folder lacks its wording, or has a broken one.</summary>
[OneStore("the words of mails")]
public sealed class EmailWordingsTests : IDisposable
{
    readonly TestContentFolder content = new();

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData(null, "Your invitation")]
    [InlineData("---\nsubject: [\n---\n\nBroken.\n", "Your invitation")]
    // The control: a good wording in the folder is the one that is sent.
    [InlineData("---\nsubject: Come in\n---\n\nHere: {link}\n", "Come in")]
    public async Task A_form_that_sends_a_mail_works_without_its_wording(string? wording, string subject)
    {
        if (wording is not null)
            content.Write("emails/staff-invitation.md", wording);
        await using var site = new TestSite(content.Root);
        using var browser = await site.SignedIn(StaffRole.Administrator);
        using (var sent = await browser.Send("/staff/people", Fields(("Email", "ben@week.example"), ("Roles", StaffRole.Author))))
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var mail = await site.InStore(db =>
            db.Set<OutboxMail>().SingleAsync(m => m.Kind == "staff-invitation", TestContext.Current.CancellationToken)
        );
        Assert.StartsWith(subject, mail.Subject, StringComparison.Ordinal);
        Assert.Contains("https://week.example/staff/join/", mail.Text, StringComparison.Ordinal);
        Assert.Equal(
            subject != "Come in",
            site.Log.Any(l =>
                l.Contains("emails/staff-invitation.md", StringComparison.Ordinal) && l.StartsWith("Warning", StringComparison.Ordinal)
            )
        );
        Assert.Throws<KeyNotFoundException>(() => site.Services.GetRequiredService<IMailWordings>().Find("nonsense"));
    }

    [Fact]
    public async Task The_first_administrator_is_invited_with_a_folder_that_has_no_mails()
    {
        await using var site = new TestSite(content.Root);
        using var browser = site.Browser();
        var (code, output, errors) = await SiteProgram.Run(
            "staff",
            "invite",
            "ada@week.example",
            "--role",
            "administrator",
            $"--Content:Path={content.Root}",
            $"--Data:Path={site.DataPath}",
            $"--ConnectionStrings:Site={site.Store}",
            "--Site:BaseUrl=https://week.example"
        );
        Assert.True(code == 0, errors);
        Assert.Contains("https://week.example/staff/join/", output, StringComparison.Ordinal);
    }
}
