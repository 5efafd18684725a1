using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>Changing how one signs in, and beginning anew when it is lost.</summary>
[BothStores]
public sealed class OwnAccountTests : IAsyncDisposable
{
    readonly AccountSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_and_the_second_proof_still_asked()
    {
        using var first = site.Browser();
        var (_, codes) = await Join(first, await site.Invite("ada@week.example", StaffRole.Author));
        using var browser = site.Browser();
        using (var unknown = await browser.Send("/staff/forgot", Fields(("Email", "nobody@week.example"))))
        using (var asked = await browser.Send("/staff/forgot", Fields(("Email", "ada@week.example"))))
            Assert.Equal(unknown.Headers.Location, asked.Headers.Location);
        await site.Services.GetRequiredService<ResetRequests>().AnswerAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await site.Mails()).Count);
        var link = new Uri(
            (await site.Mails())[1].Text.Split('\n').First(l => l.StartsWith("https://", StringComparison.Ordinal))
        ).AbsolutePath;
        using (var page = await browser.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));

        using (var weak = await browser.Send(link, Fields(("Password", "Password123!"))))
            Assert.Contains(
                "among the first",
                await weak.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        using (var reset = await browser.Send(link, Fields(("Password", "kettle under seven oaks"))))
            Assert.Equal("/staff/code", reset.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await StatusOf(first));
        Assert.Equal(HttpStatusCode.Found, await StatusOf(browser));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(browser, link));
        using (var coded = await TryCode(browser, codes[0]))
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        using var old = site.Browser();
        using (var wrong = await TryPassword(old, "ada@week.example"))
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
    }

    [Fact]
    public async Task Changing_how_one_signs_in_asks_again_who_it_is()
    {
        using var browser = site.Browser();
        await Join(browser, await site.Invite("ada@week.example", StaffRole.Author));
        string[] places = ["/staff/account/code-app", "/staff/account/codes", "/staff/account/passkeys"];
        // Just signed in is proof enough.
        foreach (var place in places)
            Assert.Equal(HttpStatusCode.OK, await StatusOf(browser, place));
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (var place in places)
        {
            using var asked = await browser.GetAsync(new Uri(place, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("/staff/confirm?to=" + Uri.EscapeDataString(place), asked.Headers.Location?.OriginalString);
        }
        var codes = await site.InStore(db => db.Set<RecoveryCode>().OrderBy(c => c.Id).Select(c => c.Hash).ToListAsync());
        var page = await TestSite.Read(
            await browser.GetAsync(new Uri("/staff/account/password", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("main form")!;
        foreach (
            var path in (string[])
                [
                    "/staff/account/codes",
                    "/staff/account/code-app",
                    "/staff/account/passkeys?handler=Options",
                    "/staff/account/passkeys?handler=Add",
                    "/staff/account/passkeys?handler=Remove",
                ]
        )
        {
            form.SetAttribute("action", path);
            using var posted = await browser.Send(form, "");
            Assert.StartsWith("/staff/confirm", posted.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }
        Assert.Equal(codes, await site.InStore(db => db.Set<RecoveryCode>().OrderBy(c => c.Id).Select(c => c.Hash).ToListAsync()));

        using (
            var wrong = await browser.Send("/staff/confirm?to=/staff/account/codes", Fields(("Password", "guess")), "form:has(#Password)")
        )
            Assert.Contains(
                "not your password",
                await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        Assert.Equal(HttpStatusCode.Found, await StatusOf(browser, places[0]));
        using (
            var away = await browser.Send("/staff/confirm?to=https://evil.example/", Fields(("Password", Password)), "form:has(#Password)")
        )
            Assert.Equal("/staff", away.Headers.Location?.OriginalString);
        foreach (var place in places)
            Assert.Equal(HttpStatusCode.OK, await StatusOf(browser, place));
    }

    [Fact]
    public async Task A_new_telephone_takes_over_once_it_shows_a_right_code()
    {
        using var browser = site.Browser();
        var (old, _) = await Join(browser, await site.Invite("ada@week.example", StaffRole.Author));
        async Task<string> Offer() =>
            (
                await TestSite.Read(
                    await browser.GetAsync(new Uri("/staff/account/code-app", UriKind.Relative), TestContext.Current.CancellationToken)
                )
            )
                .QuerySelector(".key")!
                .TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.NotEqual(await Offer(), await Offer(), StringComparer.Ordinal);
        using (var wrong = await browser.Send("/staff/account/code-app", Fields(("Code", "000000")), "form:has(#Code)"))
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        using (var stillOld = site.Browser())
        {
            using (await TryPassword(stillOld, "ada@week.example")) { }
            using var coded = await TryCode(stillOld, TestCodeApp.Code(old, step: 1));
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        }
        var page = await TestSite.Read(
            await browser.GetAsync(new Uri("/staff/account/code-app", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var fresh = page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using (
            var taken = await browser.Send(
                (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form:has(#Code)")!,
                "/staff/account/code-app",
                Fields(("Code", TestCodeApp.Code(fresh)))
            )
        )
            Assert.Equal("/staff/account?done=app", taken.Headers.Location?.OriginalString);

        using var later = site.Browser();
        using (await TryPassword(later, "ada@week.example")) { }
        using (var refused = await TryCode(later, TestCodeApp.Code(old, step: -1)))
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using (var coded = await TryCode(later, TestCodeApp.Code(fresh, step: 1)))
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_link_that_is_wrong_old_or_replaced_is_told_kindly_and_changes_nothing()
    {
        var older = await site.Invite("ada@week.example", StaffRole.Author);
        var link = await site.Invite("ada@week.example", StaffRole.Author);
        using var browser = site.Browser();
        foreach (
            var wrong in new[]
            {
                older,
                link[..^1],
                link + "x",
                link.ToUpperInvariant(),
                "/staff/reset" + link["/staff/join".Length..],
                "/staff/join/%20",
            }
        )
            Assert.Equal(HttpStatusCode.NotFound, await StatusOf(browser, wrong));
        using (var asked = await browser.SendAsync(new(HttpMethod.Head, link), TestContext.Current.CancellationToken))
            Assert.True(asked.IsSuccessStatusCode);
        site.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(browser, link));
    }
}
