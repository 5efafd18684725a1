using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>Strangers in a crowd try, and nobody but themselves is shut out.</summary>
[BothStores]
public sealed class SignInLimitTests : IAsyncDisposable
{
    const string Email = "ada@week.example",
        Wait = "too many attempts";
    readonly AccountSite site = new();
    int networks;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    TestStaffBrowser Stranger() => new(site, $"198.51.{networks / 250}.{networks++ % 250 + 1}");

    static Task<(HttpStatusCode Status, string Location, string Text)> Password(
        TestStaffBrowser browser,
        string password = AccountSite.Password
    ) => browser.Post("/staff/sign-in", ("Email", Email), ("Password", password));

    async Task<(TestStaffBrowser Browser, string[] Codes)> Joined()
    {
        var browser = new TestStaffBrowser(site, "203.0.113.7");
        var (_, codes) = await Join(browser.Client, await site.Invite(Email, StaffRole.Author));
        using (await browser.Client.Send("/staff/account", form: "form[action*='EndAll']")) { }
        return (browser, codes);
    }

    [Fact]
    public async Task A_crowd_that_guesses_a_password_shuts_its_owner_out_of_neither_a_known_browser_nor_a_new_one()
    {
        var (known, codes) = await Joined();
        using var hers = known;
        var text = "";
        for (var i = 0; i < 40 && !text.Contains(Wait, StringComparison.Ordinal); i++)
        {
            using var stranger = Stranger();
            text = (await Password(stranger, "guess number " + i)).Text;
        }
        // The crowd has used up what strangers have for this account.
        Assert.Contains(Wait, text, StringComparison.Ordinal);
        Assert.Equal("/staff/code", (await Password(known)).Location);
        Assert.Equal("/staff", (await known.Post("/staff/code", ("Code", codes[0]))).Location);

        // A new browser must wait as strangers must, is told a way, and the way leads in.
        using var fresh = new TestStaffBrowser(site, "203.0.113.99");
        var told = await Password(fresh);
        Assert.Contains(Wait, told.Text, StringComparison.Ordinal);
        Assert.Contains("a link by mail lets you in at once", told.Text, StringComparison.Ordinal);
        Assert.Equal("/staff/forgot?asked=true", (await fresh.Post("/staff/forgot", ("Email", Email))).Location);
        await site.AnswerRequests();
        Assert.Equal(
            "/staff/code",
            (
                await fresh.Post((await site.Mails()).Single(m => m.Kind == "staff-reset").Link(), ("Password", "kettle under seven oaks"))
            ).Location
        );
        Assert.Equal("/staff", (await fresh.Post("/staff/code", ("Code", codes[1]))).Location);
    }

    [Fact]
    public async Task Empty_and_made_up_passkeys_cost_nobody_anything_and_write_nothing()
    {
        var (known, codes) = await Joined();
        using var hers = known;
        using var device = new TestPasskey();
        await Password(known);
        await known.Post("/staff/code", ("Code", codes[0]));
        await known.UseTokenOf("/staff/account");
        Assert.Equal(
            "/staff/account/passkeys",
            (
                await known.Post(
                    "/staff/account/passkeys?handler=Add",
                    ("Credential", device.Make((await known.Post("/staff/account/passkeys?handler=Options")).Text))
                )
            ).Location
        );
        var lines = (await site.AuditLines()).Count;

        // Also from her own network, with and without a question.
        foreach (var network in (string[])["203.0.113.99", "198.51.100.1"])
        {
            using var stranger = new TestStaffBrowser(site, network);
            for (var i = 0; i < 60; i++)
            {
                if (i == 20)
                    await stranger.Post("/staff/sign-in?handler=PasskeyOptions");
                var made = new[] { "", "{}", "not json", "{\"id\":\"AAAA\",\"type\":\"public-key\"}", "[1]", "{\"id\":7}" }[i % 6];
                Assert.Contains(
                    "does not open an account",
                    (await stranger.Post("/staff/sign-in?handler=Passkey", ("Credential", made))).Text,
                    StringComparison.Ordinal
                );
            }
        }
        Assert.Equal(lines, (await site.AuditLines()).Count);

        async Task<(HttpStatusCode Status, string Location, string Text)> Sign(TestStaffBrowser browser, bool forged = false) =>
            await browser.Post(
                "/staff/sign-in?handler=Passkey",
                ("Credential", device.Sign((await browser.Post("/staff/sign-in?handler=PasskeyOptions")).Text, forged))
            );
        using (var fresh = new TestStaffBrowser(site, "203.0.113.99"))
            Assert.Equal("/staff", (await Sign(fresh)).Location);

        // The control: whoever has learnt the name of a real key is counted, by network, and shuts out nobody elsewhere and no known
        // browser.
        var text = "";
        using (var thief = new TestStaffBrowser(site, "203.0.113.99"))
            for (var i = 0; i < 40 && !text.Contains(Wait, StringComparison.Ordinal); i++)
                text = (await Sign(thief, forged: true)).Text;
        Assert.Contains(Wait, text, StringComparison.Ordinal);
        using (var elsewhere = new TestStaffBrowser(site, "203.0.113.5"))
            Assert.Equal("/staff", (await Sign(elsewhere)).Location);
        using var there = new TestStaffBrowser(site, "203.0.113.99", known.Cookies.Where(c => TestStaffBrowser.KindOf(c) == "device"));
        Assert.Equal("/staff", (await Sign(there)).Location);
    }

    [Fact]
    public async Task Strangers_who_ask_for_links_stop_no_link_and_drop_no_request()
    {
        var (known, _) = await Joined();
        using var hers = known;
        Assert.Equal("/staff/forgot?asked=true", (await known.Post("/staff/forgot", ("Email", Email))).Location);
        await site.AnswerRequests();
        for (var i = 0; i < 12; i++)
        {
            using var stranger = Stranger();
            Assert.Equal("/staff/forgot?asked=true", (await stranger.Post("/staff/forgot", ("Email", Email))).Location);
            // Past the guard of forms too, which lets fewer mails through.
            await site.ForgottenPassword(Email);
        }
        var mails = (await site.Mails()).Where(m => m.Kind == "staff-reset").ToList();
        Assert.Equal(StaffLinks.MostResets, mails.Count);
        // Her own, the first one, still works; and when it is used, no other does.
        Assert.Equal(HttpStatusCode.OK, (await known.Get(mails[0].Link())).Status);
        Assert.Equal("/staff/code", (await known.Post(mails[0].Link(), ("Password", "kettle under seven oaks"))).Location);
        foreach (var mail in mails)
            Assert.Equal(HttpStatusCode.NotFound, (await known.Get(mail.Link())).Status);
    }

    [Fact]
    public async Task Of_three_hundred_requests_none_is_dropped_and_none_is_lost_with_the_process()
    {
        var (known, _) = await Joined();
        known.Dispose();
        var requests = site.Service<ResetRequests>();
        // Written by a process that died before it answered any.
        await site.Write(db =>
        {
            foreach (var i in Enumerable.Range(0, 300))
                db.Add(
                    new ResetRequest
                    {
                        Key = $"s{i}@elsewhere.example",
                        Email = InfantMHWeek.Platform.Text.EmailAddress.Parse($"s{i}@elsewhere.example", null),
                        AskedAt = site.Clock.GetUtcNow().UtcDateTime,
                    }
                );
            return Task.CompletedTask;
        });
        await requests.AskAsync(
            InfantMHWeek.Platform.Text.EmailAddress.Parse("Ada@Week.example", null),
            TestContext.Current.CancellationToken
        );
        await site.AnswerRequests();
        Assert.Single(await site.Mails(), m => m.Kind == "staff-reset");
        Assert.Equal(0, await site.InStore(db => db.Set<ResetRequest>().CountAsync()));
    }

    /// <summary>A network that asks for many is told so; the answer says nothing about any address.</summary>
    [Fact]
    public async Task Whoever_asks_for_very_many_links_is_told_to_wait()
    {
        using var stranger = Stranger();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 35; i++)
            answers.Add((await stranger.Post("/staff/forgot", ("Email", $"x{i}@week.example"))).Status);
        Assert.Equal(HttpStatusCode.Found, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        using var elsewhere = Stranger();
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.Post("/staff/forgot", ("Email", "x@week.example"))).Status);
    }
}
