using System.Net;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Staff;

/// <summary>The ways in, and the ways in which nobody gets in.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    readonly AccountSite site = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => site.DisposeAsync();

    static Dictionary<string, string?> Fields(params (string Name, string? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    static async Task<HttpStatusCode> Open(HttpClient browser, string path = "/staff")
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [Fact]
    public async Task An_invitation_leads_to_a_password_a_code_app_recovery_codes_and_the_staff_area()
    {
        var link = await site.Invite("ada@week.example", StaffRole.Administrator);
        using var browser = site.Browser();
        var (key, codes) = await AccountSite.Join(browser, link);

        Assert.Equal(HttpStatusCode.OK, await Open(browser, "/staff/people"));
        Assert.Equal(RecoveryCode.HowMany, codes.ToHashSet(StringComparer.Ordinal).Count);
        Assert.Equal(HttpStatusCode.NotFound, await Open(browser, link));
        Assert.Contains("Ada Jones signed in after joining", await site.AuditLines(), StringComparer.Ordinal);
        var mail = Assert.Single(await site.Mails());
        Assert.Contains(link, mail.Text, StringComparison.Ordinal);
        if (TestStore.OnPostgres) return;
        // Neither the link nor the key nor a recovery code lies in the store as it is.
        var store = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(site.DataPath, "site.db"), TestContext.Current.CancellationToken)) + System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(site.DataPath, "site.db-wal"), TestContext.Current.CancellationToken));
        Assert.All((string[])[key, .. codes], secret => Assert.DoesNotContain(secret, store, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Password_and_code_sign_in_and_neither_works_alone_or_twice()
    {
        using var first = site.Browser();
        var (key, codes) = await AccountSite.Join(first, await site.Invite("ada@week.example", StaffRole.Author));

        using var browser = site.Browser();
        using (var right = await AccountSite.TryPassword(browser, "ADA@week.example")) Assert.Equal("/staff/code", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await Open(browser));
        // The code that was used for setting up is spent.
        var used = CodeAppOfTests.Code(key);
        using (var again = await AccountSite.TryCode(browser, used)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using (var coded = await AccountSite.TryCode(browser, CodeAppOfTests.Code(key, step: 1))) Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await Open(browser));

        using var lost = site.Browser();
        using (await AccountSite.TryPassword(lost, "ada@week.example")) { }
        using (var paper = await AccountSite.TryCode(lost, codes[3].ToUpperInvariant().Replace('-', ' '))) Assert.Equal("/staff", paper.Headers.Location?.OriginalString);
        using var thief = site.Browser();
        using (await AccountSite.TryPassword(thief, "ada@week.example")) { }
        using (var paper = await AccountSite.TryCode(thief, codes[3])) Assert.Equal(HttpStatusCode.OK, paper.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await Open(thief));
    }

    /// <summary>Counted, not timed: comparing takes nearly all the time there is.</summary>
    [Fact]
    public async Task Who_exists_is_told_neither_by_words_nor_by_work()
    {
        using var first = site.Browser();
        await AccountSite.Join(first, await site.Invite("ada@week.example", StaffRole.Author));
        await site.Invite("invited@week.example", StaffRole.Author);
        var disabled = await site.AddStaff("gone@week.example", StaffRole.Author);
        await site.InStore(db => db.Set<StaffMember>().Where(m => m.Id == disabled.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DisabledAt, site.Clock.GetUtcNow().UtcDateTime)));

        var answers = new List<(int Compared, string Text, HttpStatusCode Status)>();
        foreach (var email in new[] { "ada@week.example", "invited@week.example", "gone@week.example", "nobody@week.example" })
        {
            using var browser = site.Browser();
            var before = site.Hasher.Compared;
            using var answer = await AccountSite.TryPassword(browser, email, "not the password");
            var page = await TestSite.Read(answer);
            answers.Add((site.Hasher.Compared - before, page.QuerySelector("main")!.TextContent.Replace(email, "", StringComparison.Ordinal), answer.StatusCode));
        }
        Assert.Equal(1, answers[0].Compared);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Attempts_of_strangers_run_out_and_a_known_browser_goes_on()
    {
        using var known = site.Browser();
        var (key, _) = await AccountSite.Join(known, await site.Invite("ada@week.example", StaffRole.Author));
        using (await known.Send("/staff/account", form: "form[action*='EndAll']")) { }
        Assert.Equal(HttpStatusCode.Found, await Open(known));

        using var stranger = site.Browser();
        for (var i = 0; i < 5; i++)
            using (var wrong = await AccountSite.TryPassword(stranger, "ada@week.example", "guess number " + i)) Assert.Contains(SignInModelRefused, await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var compared = site.Hasher.Compared;
        // Even the right password is no longer looked at.
        using (var late = await AccountSite.TryPassword(stranger, "ada@week.example")) Assert.Contains("too many attempts", await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(compared, site.Hasher.Compared);

        using (var colleague = await AccountSite.TryPassword(known, "ada@week.example")) Assert.Equal("/staff/code", colleague.Headers.Location?.OriginalString);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        using (var later = await AccountSite.TryPassword(stranger, "ada@week.example")) Assert.Equal("/staff/code", later.Headers.Location?.OriginalString);
        Assert.NotEmpty(key);
    }

    const string SignInModelRefused = InfantMHWeek.Staff.SignInModel.Refused;

    [Fact]
    public async Task A_session_ends_when_idle_when_old_when_ended_and_when_its_owner_is_disabled()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Author);
        using var idle = await site.SignedIn(member);
        site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await Open(idle));
        site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await Open(idle));
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Found, await Open(idle));

        using var old = await site.SignedIn(member);
        for (var i = 0; i < 12 * 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Open(old));
            site.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.Equal(HttpStatusCode.Found, await Open(old));

        using var here = await site.SignedIn(member);
        using var there = await site.SignedIn(member);
        using (await here.Send("/staff/account", form: "form[action*='handler=End']:not([action*='EndAll'])")) { }
        Assert.Equal(HttpStatusCode.Found, await Open(there));
        Assert.Equal(HttpStatusCode.OK, await Open(here));

        using var administrator = await site.SignedIn(StaffRole.Administrator);
        using (await administrator.Send($"/staff/people/{member.Id}", form: "form[action*='Disable']")) { }
        Assert.Equal(HttpStatusCode.Found, await Open(here));
    }

    [Fact]
    public async Task A_changed_role_counts_at_the_next_request()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Author);
        using var browser = await site.SignedIn(member);
        using var administrator = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal(HttpStatusCode.Forbidden, await Open(browser, "/staff/audit"));
        using (var saved = await administrator.Send($"/staff/people/{member.Id}", Fields(("Roles", StaffRole.Administrator)), "form[action*='Roles']")) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Open(browser, "/staff/audit"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_lost_and_an_unknown_role_is_refused()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Administrator);
        using var browser = await site.SignedIn(member);
        using (var disabled = await browser.Send($"/staff/people/{member.Id}", form: "form[action*='Disable']")) Assert.Contains("Nobody could look after", await disabled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var demoted = await browser.Send($"/staff/people/{member.Id}", Fields(("Roles", StaffRole.Author)), "form[action*='Roles']")) Assert.Equal(HttpStatusCode.OK, demoted.StatusCode);
        using (var unknown = await browser.Send($"/staff/people/{member.Id}", Fields(("Roles", "emperor")), "form[action*='Roles']")) Assert.Contains("Choose from the list", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([StaffRole.Administrator], (await site.InStore(db => db.Set<StaffMember>().SingleAsync(m => m.Id == member.Id))).Roles);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_and_the_second_proof_still_asked()
    {
        using var first = site.Browser();
        var (_, codes) = await AccountSite.Join(first, await site.Invite("ada@week.example", StaffRole.Author));
        using var browser = site.Browser();
        using (var unknown = await browser.Send("/staff/forgot", Fields(("Email", "nobody@week.example"))))
        using (var asked = await browser.Send("/staff/forgot", Fields(("Email", "ada@week.example")))) Assert.Equal(unknown.Headers.Location, asked.Headers.Location);
        // What is answered in its own time is answered once the service has stopped.
        await site.Services.GetRequiredService<ResetRequests>().StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await site.Mails()).Count);
        var link = new Uri((await site.Mails())[1].Text.Split('\n').First(l => l.StartsWith("https://", StringComparison.Ordinal))).AbsolutePath;
        using (var page = await browser.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken)) Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));

        using (var weak = await browser.Send(link, Fields(("Password", "Password123!")))) Assert.Contains("among the first", await weak.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var reset = await browser.Send(link, Fields(("Password", "kettle under seven oaks")))) Assert.Equal("/staff/code", reset.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await Open(first));
        Assert.Equal(HttpStatusCode.Found, await Open(browser));
        Assert.Equal(HttpStatusCode.NotFound, await Open(browser, link));
        using (var coded = await AccountSite.TryCode(browser, codes[0])) Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        using var old = site.Browser();
        using (var wrong = await AccountSite.TryPassword(old, "ada@week.example")) Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
    }

    [Fact]
    public async Task Changing_how_one_signs_in_asks_again_who_it_is()
    {
        using var browser = site.Browser();
        await AccountSite.Join(browser, await site.Invite("ada@week.example", StaffRole.Author));
        string[] places = ["/staff/account/code-app", "/staff/account/codes", "/staff/account/passkeys"];
        // Just signed in is proof enough.
        foreach (var place in places) Assert.Equal(HttpStatusCode.OK, await Open(browser, place));
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (var place in places)
        {
            using var asked = await browser.GetAsync(new Uri(place, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("/staff/confirm?to=" + Uri.EscapeDataString(place), asked.Headers.Location?.OriginalString);
        }
        var codes = await site.InStore(db => db.Set<RecoveryCode>().OrderBy(c => c.Id).Select(c => c.Hash).ToListAsync());
        var page = await TestSite.Read(await browser.GetAsync(new Uri("/staff/account/password", UriKind.Relative), TestContext.Current.CancellationToken));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("main form")!;
        foreach (var path in (string[])["/staff/account/codes", "/staff/account/code-app", "/staff/account/passkeys?handler=Options", "/staff/account/passkeys?handler=Add", "/staff/account/passkeys?handler=Remove"])
        {
            form.SetAttribute("action", path);
            using var posted = await browser.Send(form, "");
            Assert.StartsWith("/staff/confirm", posted.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }
        Assert.Equal(codes, await site.InStore(db => db.Set<RecoveryCode>().OrderBy(c => c.Id).Select(c => c.Hash).ToListAsync()));

        using (var wrong = await browser.Send("/staff/confirm?to=/staff/account/codes", Fields(("Password", "guess")), "form:has(#Password)")) Assert.Contains("not your password", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await Open(browser, places[0]));
        using (var away = await browser.Send("/staff/confirm?to=https://evil.example/", Fields(("Password", AccountSite.Password)), "form:has(#Password)")) Assert.Equal("/staff", away.Headers.Location?.OriginalString);
        foreach (var place in places) Assert.Equal(HttpStatusCode.OK, await Open(browser, place));
    }

    [Fact]
    public async Task A_new_telephone_takes_over_once_it_shows_a_right_code()
    {
        using var browser = site.Browser();
        var (old, _) = await AccountSite.Join(browser, await site.Invite("ada@week.example", StaffRole.Author));
        async Task<string> Offer() => (await TestSite.Read(await browser.GetAsync(new Uri("/staff/account/code-app", UriKind.Relative), TestContext.Current.CancellationToken))).QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.NotEqual(await Offer(), await Offer(), StringComparer.Ordinal);
        using (var wrong = await browser.Send("/staff/account/code-app", Fields(("Code", "000000")), "form:has(#Code)")) Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        using (var stillOld = site.Browser())
        {
            using (await AccountSite.TryPassword(stillOld, "ada@week.example")) { }
            using var coded = await AccountSite.TryCode(stillOld, CodeAppOfTests.Code(old, step: 1));
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        }
        var page = await TestSite.Read(await browser.GetAsync(new Uri("/staff/account/code-app", UriKind.Relative), TestContext.Current.CancellationToken));
        var fresh = page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using (var taken = await browser.Send((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form:has(#Code)")!, "/staff/account/code-app", Fields(("Code", CodeAppOfTests.Code(fresh))))) Assert.Equal("/staff/account?done=app", taken.Headers.Location?.OriginalString);

        using var later = site.Browser();
        using (await AccountSite.TryPassword(later, "ada@week.example")) { }
        using (var refused = await AccountSite.TryCode(later, CodeAppOfTests.Code(old, step: -1))) Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using (var coded = await AccountSite.TryCode(later, CodeAppOfTests.Code(fresh, step: 1))) Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_link_that_is_wrong_old_or_replaced_is_told_kindly_and_changes_nothing()
    {
        var older = await site.Invite("ada@week.example", StaffRole.Author);
        var link = await site.Invite("ada@week.example", StaffRole.Author);
        using var browser = site.Browser();
        foreach (var wrong in new[] { older, link[..^1], link + "x", link.ToUpperInvariant(), "/staff/reset" + link["/staff/join".Length..], "/staff/join/%20" })
            Assert.Equal(HttpStatusCode.NotFound, await Open(browser, wrong));
        using (var asked = await browser.SendAsync(new(HttpMethod.Head, link), TestContext.Current.CancellationToken)) Assert.True(asked.IsSuccessStatusCode);
        site.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.NotFound, await Open(browser, link));
    }

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
        var (_, codes) = await AccountSite.Join(first, await site.Invite("ada@week.example", StaffRole.Administrator));
        using var browser = site.Browser();
        var to = "?to=" + Uri.EscapeDataString(wish);
        using var password = await browser.Send("/staff/sign-in" + to, Fields(("Email", "ada@week.example"), ("Password", AccountSite.Password)), "form:has(#Email)");
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
        foreach (var part in new[] { "secure", "httponly", "samesite", "path=/" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);

        using var forged = await browser.Send("/staff/sign-in", Fields(("Email", "a@b.example"), ("Password", "x"), ("__RequestVerificationToken", "forged")), "form:has(#Email)");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Only_the_pages_with_passkeys_may_use_them()
    {
        using var browser = site.Browser();
        using var door = await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var other = await browser.GetAsync(new Uri("/staff/forgot", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("publickey-credentials-get=(self)", Assert.Single(door.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.Contains("publickey-credentials-get=()", Assert.Single(other.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.Contains("publickey-credentials-create=()", Assert.Single(other.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{}}")]
    public async Task A_passkey_that_is_none_is_refused(string credential)
    {
        using var browser = site.Browser();
        using (var unasked = await browser.Send("/staff/sign-in", Fields(("Credential", credential)), "form[data-passkey]")) Assert.Equal(HttpStatusCode.OK, unasked.StatusCode);
        var door = await TestSite.Read(await browser.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), TestContext.Current.CancellationToken));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)door.QuerySelector("form[data-passkey]")!;
        var action = form.GetAttribute("action");
        form.SetAttribute("action", form.GetAttribute("data-options")!);
        using (var options = await browser.Send(form, "")) Assert.Contains("\"challenge\"", await options.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        form.SetAttribute("action", action!);
        using (var answer = await browser.Send(form, "", Fields(("Credential", credential)))) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await Open(browser));
        using var asked = await browser.PostAsync(new Uri("/staff/sign-in?handler=PasskeyOptions", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
    }
}
