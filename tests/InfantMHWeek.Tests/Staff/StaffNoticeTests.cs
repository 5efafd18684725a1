using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>Whatever changes how somebody signs in is told to them, in plain words; and signing out is true.</summary>
[BothStores]
public sealed class StaffNoticeTests : IAsyncDisposable
{
    const string Email = "ada@week.example";
    readonly AccountSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<OutboxMail> Notice(string says)
    {
        var mail = Assert.Single(await site.Mails(), m => m.Kind == StaffNotices.Kind && m.Text.Contains(says, StringComparison.Ordinal));
        Assert.Equal((Email, "About your staff account"), (mail.To.Text, mail.Subject));
        foreach (var part in (string[])["8 June 2026, 10:00 (UK time)", "https://week.example/staff/forgot", "Grace"])
            Assert.Contains(part, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", mail.Text, StringComparison.Ordinal);
        return mail;
    }

    Task<int> Count() => site.InStore(db => db.Set<OutboxMail>().CountAsync(m => m.Kind == StaffNotices.Kind));

    [Fact]
    public async Task Every_change_is_told_once()
    {
        await site.AddStaff("Grace@week.example", StaffRole.Administrator);
        using var first = new TestStaffBrowser(site);
        first.Client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0");
        var (key, codes) = await Join(first.Client, await site.Invite(Email, StaffRole.Author));
        // Joining is no news to who joins.
        Assert.Equal(0, await Count());

        using var second = new TestStaffBrowser(site);
        using (await TryPassword(second.Client, Email)) { }
        using (await TryCode(second.Client, TestCodeApp.Code(key, step: 1))) { }
        await Notice("signed in with your account on a browser where you had not signed in before");
        using (await TryPassword(second.Client, Email)) { }
        using (await TryCode(second.Client, codes[0])) { }
        await Notice("One of your recovery codes was used to sign in. 9 remain.");
        // The second time on the same browser is no news.
        Assert.Equal(2, await Count());

        await first.UseTokenOf("/staff/account");
        using var device = new TestPasskey();
        await first.Post(
            "/staff/account/passkeys?handler=Add",
            ("Credential", device.Make((await first.Post("/staff/account/passkeys?handler=Options")).Text))
        );
        Assert.Contains("Firefox on Windows", (await Notice("A passkey was added")).Text, StringComparison.Ordinal);
        await first.Post("/staff/account/passkeys?handler=Remove", ("id", device.Id));
        await Notice("was removed from your account");
        await first.Post("/staff/account/codes");
        await Notice("New recovery codes were made");
        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(
            (await first.Get("/staff/account/code-app")).Text,
            TestContext.Current.CancellationToken
        );
        await first.Post(
            "/staff/account/code-app",
            ("Code", TestCodeApp.Code(page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal), step: -1))
        );
        await Notice("A new code app was set up");
        await first.Post("/staff/account/password", ("Current", Password), ("Password", "kettle under seven oaks"));
        await Notice("The password of your account was changed");
        Assert.Equal(HttpStatusCode.Found, (await second.Get("/staff")).Status);
        await site.ForgottenPassword(Email);
        await first.UseTokenOf("/staff/sign-in");
        using (
            await first.Client.Send(
                (await site.Mails()).Single(m => m.Kind == "staff-reset").Link(),
                Fields(("Password", "nine grey herons waiting"))
            )
        ) { }
        await Notice("with a link by mail");

        using var administrator = await site.SignedIn(StaffRole.Administrator);
        var ada = await site.InStore(db => db.Set<StaffMember>().Where(m => m.Email == Email).Select(m => m.Id).SingleAsync());
        using (await administrator.Send($"/staff/people/{ada}", Fields(("Roles", StaffRole.Events)), "form[action*='Roles']")) { }
        Assert.Contains("did it", (await Notice("Your roles are now: events.")).Text, StringComparison.Ordinal);
        // Saved again as it is, it is no change.
        using (await administrator.Send($"/staff/people/{ada}", Fields(("Roles", StaffRole.Events)), "form[action*='Roles']")) { }
        using (await administrator.Send($"/staff/people/{ada}", form: "form[action*='Invite']")) { }
        using (
            await first.Client.Send(
                (await site.Mails()).Last(m => m.Kind == "staff-invitation").Link(),
                Fields(("Name", "Ada"), ("Password", "seven oaks under kettles"))
            )
        ) { }
        await Notice("begun anew with an invitation");
        Assert.Equal(10, await Count());
    }

    [Fact]
    public async Task Signing_out_says_what_is_true_when_the_store_is_away()
    {
        using var browser = new TestStaffBrowser(site);
        await Join(browser.Client, await site.Invite(Email, StaffRole.Author));
        await browser.UseTokenOf("/staff/account");
        var kept = browser.Cookies;
        using (StoreOutage.Of(site))
        {
            var gone = await browser.Post("/staff/sign-out");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, gone.Status);
            Assert.Contains("You are signed out in this browser", gone.Text, StringComparison.Ordinal);
            Assert.Contains("could not store it", gone.Text, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Found, (await browser.Get("/staff")).Status);
        // What it says of a copy is true.
        using var copy = new TestStaffBrowser(site, has: kept);
        Assert.Equal(HttpStatusCode.OK, (await copy.Get("/staff")).Status);
        await copy.UseTokenOf("/staff/account");
        Assert.Equal(SignInPaths.SignIn, (await copy.Post("/staff/sign-out")).Location);
        using var again = new TestStaffBrowser(site, has: kept);
        Assert.Equal(HttpStatusCode.Found, (await again.Get("/staff")).Status);
    }

    /// <summary>That somebody was here cannot be written, and the page comes all the same.</summary>
    [Fact]
    public async Task A_page_is_read_while_the_store_cannot_write()
    {
        var member = await site.AddStaff(Email, StaffRole.Author);
        using var browser = await site.SignedIn(member);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        using (await site.Service<InfantMHWeek.Platform.Store.WriteLock>().EnterAsync(TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, await StatusOf(browser));
        site.Clock.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(browser));
    }

    /// <summary>Two administrators on their own screens: each takes the other's role, and one remains.</summary>
    [Fact]
    public async Task Two_administrators_who_take_each_others_role_at_once_leave_one()
    {
        var (a, b) = (
            await site.AddStaff("a@week.example", StaffRole.Administrator),
            await site.AddStaff("b@week.example", StaffRole.Administrator)
        );
        using var first = await site.SignedIn(a);
        using var second = await site.SignedIn(b);
        async Task Take(HttpClient browser, Guid from)
        {
            using var saved = await browser.Send($"/staff/people/{from}", Fields(("Roles", StaffRole.Author)), "form[action*='Roles']");
            Assert.True((int)saved.StatusCode < 500);
        }
        await Task.WhenAll(Take(first, b.Id), Take(second, a.Id));
        Assert.Single(await site.InStore(db => db.Set<StaffMember>().ToListAsync()), m => m.Roles.Contains(StaffRole.Administrator));
    }
}
