using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>The same proof shown four times at the same moment: one session, whichever way in it is.</summary>
[BothStores]
public sealed class AtOnceTests : IAsyncDisposable
{
    const int Times = 4;
    readonly AccountSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    Task<int> Sessions() => site.InStore(db => db.Set<StaffSession>().CountAsync(s => s.EndedAt == null));

    /// <summary>Opens the page in each browser, and only then sends all forms.</summary>
    static async Task<IReadOnlyList<string>> AtOnce(
        IReadOnlyList<HttpClient> browsers,
        string path,
        params (string Name, string? Value)[] fields
    )
    {
        var forms = new List<(HttpClient Browser, IHtmlFormElement Form)>();
        foreach (var browser in browsers)
        {
            using var page = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            forms.Add(
                (
                    browser,
                    (await TestSite.Read(page))
                        .QuerySelectorAll("main form")
                        .OfType<IHtmlFormElement>()
                        .First(f => fields.Length == 0 || f.QuerySelector($"[name={fields[0].Name}]") is not null)
                )
            );
        }
        return await Task.WhenAll(
            forms.Select(async f =>
            {
                using var answer = await f.Browser.Send(f.Form, path, Fields(fields));
                Assert.True((int)answer.StatusCode < 500, answer.StatusCode.ToString());
                return answer.Headers.Location?.OriginalString ?? "";
            })
        );
    }

    async Task<(string Key, string[] Codes)> Joined()
    {
        using var first = site.Browser();
        var proofs = await Join(first, await site.Invite("ada@week.example", StaffRole.Author));
        using (await first.Send("/staff/account", form: "form[action*='EndAll']")) { }
        Assert.Equal(0, await Sessions());
        return proofs;
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task A_code_counts_once(bool fromApp, bool sameBrowser)
    {
        var (key, codes) = await Joined();
        var browsers = sameBrowser
            ? [.. Enumerable.Repeat(site.Browser(), Times)]
            : Enumerable.Range(0, Times).Select(_ => site.Browser()).ToArray();
        foreach (var browser in browsers.Distinct())
            using (await TryPassword(browser, "ada@week.example")) { }
        var answers = await AtOnce(browsers, "/staff/code", ("Code", fromApp ? TestCodeApp.Code(key, step: 1) : codes[5]));
        Assert.Equal(1, await Sessions());
        Assert.Equal(1, answers.Count(a => a == "/staff"));
        if (!fromApp)
            Assert.Equal(1, await site.InStore(db => db.Set<RecoveryCode>().CountAsync(c => c.UsedAt != null)));
        foreach (var browser in browsers.Distinct())
            browser.Dispose();
    }

    /// <summary>
    /// An app's codes of several half minutes are right at a time: none of them comes back when another was used between.
    /// </summary>
    [Fact]
    public async Task A_code_does_not_count_again_after_another()
    {
        var (key, _) = await Joined();
        foreach (var (step, lands) in new[] { (1, "/staff"), (-1, "/staff"), (1, ""), (-1, ""), (0, "") })
        {
            using var browser = site.Browser();
            using (await TryPassword(browser, "ada@week.example")) { }
            using var answer = await TryCode(browser, TestCodeApp.Code(key, step));
            Assert.Equal(lands, answer.Headers.Location?.OriginalString ?? "");
        }
    }

    [Fact]
    public async Task An_invitation_a_set_up_and_shown_codes_count_once()
    {
        var link = await site.Invite("ada@week.example", StaffRole.Author);
        var browsers = Enumerable.Range(0, Times).Select(_ => site.Browser()).ToArray();
        var answers = await AtOnce(browsers, link, ("Name", "Ada"), ("Password", Password));
        var in1 = browsers[answers.Index().Single(a => a.Item == "/staff/set-up").Index];
        Assert.Equal(1, await site.InStore(db => db.Set<StaffTicket>().CountAsync(t => t.Stage == StaffStage.SetUp)));

        using var setUp = await in1.GetAsync(new Uri("/staff/set-up", UriKind.Relative), TestContext.Current.CancellationToken);
        var key = (await TestSite.Read(setUp)).QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(
            1,
            (await AtOnce([in1, in1, in1, in1], "/staff/set-up", ("Code", TestCodeApp.Code(key)))).Count(a => a == "/staff/recovery-codes")
        );
        Assert.Equal(RecoveryCode.HowMany, await site.InStore(db => db.Set<RecoveryCode>().CountAsync()));

        await AtOnce([in1, in1, in1, in1], "/staff/recovery-codes");
        Assert.Equal(1, await Sessions());
        Assert.Equal(HttpStatusCode.OK, await StatusOf(in1));
        foreach (var browser in browsers)
            browser.Dispose();
    }

    [Fact]
    public async Task A_link_for_a_new_password_counts_once()
    {
        var (_, codes) = await Joined();
        await site.ForgottenPassword("ada@week.example");
        var link = (await site.Mails()).Single(m => m.Kind == "staff-reset").Link();
        var browsers = Enumerable.Range(0, Times).Select(_ => site.Browser()).ToArray();
        var answers = await AtOnce(browsers, link, ("Password", "kettle under seven oaks"));
        Assert.Equal(1, answers.Count(a => a == "/staff/code"));
        Assert.Single(await site.Mails(), m => m.Text.Contains("A new password was chosen", StringComparison.Ordinal));
        using (var coded = await TryCode(browsers[answers.Index().Single(a => a.Item == "/staff/code").Index], codes[0]))
            Assert.Equal("/staff", coded.Headers.Location?.OriginalString);
        Assert.Equal(1, await Sessions());
        foreach (var browser in browsers)
            browser.Dispose();
    }
}
