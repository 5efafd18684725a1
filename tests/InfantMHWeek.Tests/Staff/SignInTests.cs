using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>The ways in, and the ways in which nobody gets in.</summary>
[BothStores]
public sealed class SignInTests : IAsyncDisposable
{
    readonly AccountSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task An_invitation_leads_to_a_password_a_code_app_recovery_codes_and_the_staff_area()
    {
        var link = await site.Invite("ada@week.example", StaffRole.Administrator);
        using var browser = site.Browser();
        var (key, codes) = await Join(browser, link);

        Assert.Equal(HttpStatusCode.OK, await StatusOf(browser, "/staff/people"));
        Assert.Equal(RecoveryCode.HowMany, codes.ToHashSet(StringComparer.Ordinal).Count);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(browser, link));
        Assert.Contains("Ada Jones signed in after joining", await site.AuditLines(), StringComparer.Ordinal);
        var mail = Assert.Single(await site.Mails());
        Assert.Contains(link, mail.Text, StringComparison.Ordinal);
    }

    [Fact, StoreFile]
    public async Task Neither_the_key_nor_a_recovery_code_lies_in_the_store_as_it_is()
    {
        using var browser = site.Browser();
        var (key, codes) = await Join(browser, await site.Invite("ada@week.example", StaffRole.Administrator));
        var store =
            System.Text.Encoding.Latin1.GetString(
                await File.ReadAllBytesAsync(Path.Combine(site.DataPath, "site.db"), TestContext.Current.CancellationToken)
            )
            + System.Text.Encoding.Latin1.GetString(
                await File.ReadAllBytesAsync(Path.Combine(site.DataPath, "site.db-wal"), TestContext.Current.CancellationToken)
            );
        Assert.All((string[])[key, .. codes], secret => Assert.DoesNotContain(secret, store, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Password_and_code_sign_in_and_neither_works_alone_or_twice()
    {
        using var first = site.Browser();
        var (key, codes) = await Join(first, await site.Invite("ada@week.example", StaffRole.Author));

        using var browser = site.Browser();
        using (var right = await TryPassword(browser, "ADA@week.example"))
            Assert.Equal("/staff/code", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await StatusOf(browser));
        // The code that was used for setting up is spent.
        var used = TestCodeApp.Code(key);
        using (var again = await TryCode(browser, used))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using (var coded = await TryCode(browser, TestCodeApp.Code(key, step: 1)))
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(browser));

        using var lost = site.Browser();
        using (await TryPassword(lost, "ada@week.example")) { }
        using (var paper = await TryCode(lost, codes[3].ToUpperInvariant().Replace('-', ' ')))
            Assert.Equal("/staff", paper.Headers.Location?.OriginalString);
        using var thief = site.Browser();
        using (await TryPassword(thief, "ada@week.example")) { }
        using (var paper = await TryCode(thief, codes[3]))
            Assert.Equal(HttpStatusCode.OK, paper.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await StatusOf(thief));
    }

    /// <summary>Counted, not timed: comparing takes nearly all the time there is.</summary>
    [Fact]
    public async Task Who_exists_is_told_neither_by_words_nor_by_work()
    {
        using var first = site.Browser();
        await Join(first, await site.Invite("ada@week.example", StaffRole.Author));
        await site.Invite("invited@week.example", StaffRole.Author);
        var disabled = await site.AddStaff("gone@week.example", StaffRole.Author);
        await site.Write(db =>
            db.Set<StaffMember>()
                .Where(m => m.Id == disabled.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DisabledAt, site.Clock.GetUtcNow().UtcDateTime))
        );

        var answers = new List<(int Compared, string Text, HttpStatusCode Status)>();
        foreach (var email in new[] { "ada@week.example", "invited@week.example", "gone@week.example", "nobody@week.example" })
        {
            using var browser = site.Browser();
            var before = site.Hasher.Compared;
            using var answer = await TryPassword(browser, email, "not the password");
            var page = await TestSite.Read(answer);
            answers.Add(
                (
                    site.Hasher.Compared - before,
                    page.QuerySelector("main")!.TextContent.Replace(email, "", StringComparison.Ordinal),
                    answer.StatusCode
                )
            );
        }
        Assert.Equal(1, answers[0].Compared);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Attempts_of_strangers_run_out_and_a_known_browser_goes_on()
    {
        using var known = site.Browser();
        var (key, _) = await Join(known, await site.Invite("ada@week.example", StaffRole.Author));
        using (await known.Send("/staff/account", form: "form[action*='EndAll']")) { }
        Assert.Equal(HttpStatusCode.Found, await StatusOf(known));

        using var stranger = site.Browser();
        for (var i = 0; i < 5; i++)
            using (var wrong = await TryPassword(stranger, "ada@week.example", "guess number " + i))
                Assert.Contains(
                    SignInModelRefused,
                    await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                    StringComparison.Ordinal
                );
        var compared = site.Hasher.Compared;
        // Even the right password is no longer looked at.
        using (var late = await TryPassword(stranger, "ada@week.example"))
            Assert.Contains(
                "too many attempts",
                await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        Assert.Equal(compared, site.Hasher.Compared);

        using (var colleague = await TryPassword(known, "ada@week.example"))
            Assert.Equal("/staff/code", colleague.Headers.Location?.OriginalString);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        using (var later = await TryPassword(stranger, "ada@week.example"))
            Assert.Equal("/staff/code", later.Headers.Location?.OriginalString);
        Assert.NotEmpty(key);
    }

    const string SignInModelRefused = InfantMHWeek.Staff.SigningIn.SignInModel.Refused;

    [Theory]
    [InlineData("/staff/people", "/staff/people")]
    [InlineData("https://evil.example/", "/staff")]
    [InlineData("//evil.example", "/staff")]
    [InlineData("/\\evil.example", "/staff")]
    [InlineData("/staff/../evil", "/staff")]
    [InlineData("/staffed", "/staff")]
    [InlineData("\t//evil.example", "/staff")]
    public async Task After_signing_in_one_lands_in_the_staff_area_only(string wish, string lands)
    {
        using var first = site.Browser();
        var (_, codes) = await Join(first, await site.Invite("ada@week.example", StaffRole.Administrator));
        using var browser = site.Browser();
        var to = "?to=" + Uri.EscapeDataString(wish);
        using var password = await browser.Send(
            "/staff/sign-in" + to,
            Fields(("Email", "ada@week.example"), ("Password", Password)),
            "form:has(#Email)"
        );
        using var coded = await browser.Send(password.Headers.Location!.OriginalString, Fields(("Code", codes[0])));
        Assert.Equal(lands, coded.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Cookies_are_shut_and_a_forged_or_missing_token_is_refused()
    {
        using var browser = site.Browser();
        using var page = await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "secure", "httponly", "samesite", "path=/" })
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);

        using var forged = await browser.Send(
            "/staff/sign-in",
            Fields(("Email", "a@b.example"), ("Password", "x"), ("__RequestVerificationToken", "forged")),
            "form:has(#Email)"
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Only_the_pages_with_passkeys_may_use_them()
    {
        using var browser = site.Browser();
        using var door = await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var other = await browser.GetAsync(new Uri("/staff/forgot", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(
            "publickey-credentials-get=(self)",
            Assert.Single(door.Headers.GetValues("Permissions-Policy")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "publickey-credentials-get=()",
            Assert.Single(other.Headers.GetValues("Permissions-Policy")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "publickey-credentials-create=()",
            Assert.Single(other.Headers.GetValues("Permissions-Policy")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{}}")]
    public async Task A_passkey_that_is_none_is_refused(string credential)
    {
        using var browser = site.Browser();
        using (var unasked = await browser.Send("/staff/sign-in", Fields(("Credential", credential)), "form[data-passkey]"))
            Assert.Equal(HttpStatusCode.OK, unasked.StatusCode);
        var door = await TestSite.Read(
            await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)door.QuerySelector("form[data-passkey]")!;
        var action = form.GetAttribute("action");
        form.SetAttribute("action", form.GetAttribute("data-options")!);
        using (var options = await browser.Send(form, ""))
            Assert.Contains(
                "\"challenge\"",
                await options.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        form.SetAttribute("action", action!);
        using (var answer = await browser.Send(form, "", Fields(("Credential", credential))))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await StatusOf(browser));
        using var asked = await browser.PostAsync(
            new Uri("/staff/sign-in?handler=PasskeyOptions", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
    }
}
