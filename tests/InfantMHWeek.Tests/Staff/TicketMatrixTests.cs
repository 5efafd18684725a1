using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>
/// Every cookie that a browser ever held on the way in, and every link, shown again at every later stage: in the same browser, and in
/// another one. None opens anything. (Long version: <c>TICKET_MATRIX=all</c> looks after each stage, the short one after some.)
/// </summary>
[BothStores]
public sealed class TicketMatrixTests : IAsyncDisposable
{
    static readonly bool All = Environment.GetEnvironmentVariable("TICKET_MATRIX") == "all";
    static readonly string[] Places =
    [
        "/staff",
        "/staff/code",
        "/staff/set-up",
        "/staff/recovery-codes",
        "/staff/account",
        "/staff/account/code-app",
        "/staff/account/codes",
        "/staff/account/passkeys",
        "/staff/confirm",
    ];

    readonly AccountSite site = new();
    readonly Dictionary<string, (Cookie Cookie, string Since)> seen = new(StringComparer.Ordinal);
    readonly List<string> links = [],
        signed = [],
        openings = [];
    readonly Queue<string> paper = new();
    TestStaffBrowser browser = null!;
    string key = "";
    int looks;

    /// <summary>The control's: what happens before each try.</summary>
    Func<Task> before = () => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        browser?.Dispose();
        await site.DisposeAsync();
    }

    static string Told((HttpStatusCode, string Location, string) answer) => answer.Location;

    /// <summary>Notes what the browser holds, and tries all that it held before.</summary>
    async Task Stage(string name, bool look = false)
    {
        foreach (var cookie in browser.Cookies.Where(c => TestStaffBrowser.KindOf(c) is "step" or "staff" or "passkey" or "device"))
            seen.TryAdd(cookie.Name + cookie.Value, (cookie, name));
        if (look || All)
            await Look(name);
    }

    async Task Look(string stage)
    {
        looks++;
        var (now, device) = (browser.Cookies, browser.Cookies.Single(c => TestStaffBrowser.KindOf(c) == "device"));
        foreach (var (cookie, since) in seen.Values.Where(s => TestStaffBrowser.KindOf(s.Cookie) != "device"))
        {
            var lives = now.Any(c => c.Name == cookie.Name && c.Value == cookie.Value);
            // What lives now opens its own stage in its own browser; in another it opens nothing either.
            if (!lives)
                openings.AddRange(
                    (await Opened([device, cookie])).Select(o => $"{TestStaffBrowser.KindOf(cookie)} of “{since}”, at “{stage}”, here: {o}")
                );
            openings.AddRange(
                (await Opened([cookie])).Select(o => $"{TestStaffBrowser.KindOf(cookie)} of “{since}”, at “{stage}”, elsewhere: {o}")
            );
        }
        await before();
        foreach (var link in links)
            if (await StatusOf(browser.Client, link) != HttpStatusCode.NotFound)
                openings.Add($"{link} at “{stage}”");
    }

    /// <summary>What these cookies open, on every page and by every form.</summary>
    async Task<IReadOnlyList<string>> Opened(IReadOnlyList<Cookie> cookies)
    {
        await before();
        var opened = new List<string>();
        using var thief = new TestStaffBrowser(site, has: cookies);
        foreach (var place in Places)
            if ((await thief.Get(place)).Status == HttpStatusCode.OK)
                opened.Add(place);
        foreach (var credential in signed)
        {
            // An answer takes its question out of the browser, so each is tried in one of its own.
            using var another = new TestStaffBrowser(site, has: cookies);
            if (
                (await another.Post("/staff/sign-in?handler=Passkey", ("Credential", credential))).Location == "/staff"
                && (await another.Get("/staff")).Status == HttpStatusCode.OK
            )
                opened.Add("signed in by a passkey");
            if ((await thief.Post("/staff/set-up?handler=Passkey", ("Credential", credential))).Location == "/staff/recovery-codes")
                opened.Add("set-up by a passkey");
        }
        if ((await thief.Post("/staff/set-up?handler=PasskeyOptions")).Status == HttpStatusCode.OK)
            opened.Add("options for a passkey");
        await thief.Post("/staff/recovery-codes");
        if (
            key.Length > 0
            && (await thief.Post("/staff/set-up", ("Code", TestCodeApp.Code(key, step: -1)))).Location == "/staff/recovery-codes"
        )
            opened.Add("set-up by code");
        // A right proof, so that only the ticket decides.
        if (
            paper.TryPeek(out var code)
            && (await thief.Post("/staff/code", ("Code", code))).Location.StartsWith("/staff", StringComparison.Ordinal)
            && (await thief.Get("/staff")).Status == HttpStatusCode.OK
        )
            opened.Add("signed in by a code");
        if ((await thief.Get("/staff")).Status == HttpStatusCode.OK)
            opened.Add("signed in");
        return opened;
    }

    async Task Journey()
    {
        browser = new(site);
        var invitation = await site.Invite("ada@week.example", StaffRole.Administrator);
        Assert.Equal("/staff/set-up", Told(await browser.Post(invitation, ("Name", "Ada Jones"), ("Password", Password))));
        links.Add(invitation);
        await Stage("joining: set-up");
        key = await Key("/staff/set-up");
        Assert.Equal("/staff/recovery-codes", Told(await browser.Post("/staff/set-up", ("Code", TestCodeApp.Code(key)))));
        await Stage("joining: codes");
        foreach (var code in await Codes())
            paper.Enqueue(code);
        Assert.Equal("/staff", Told(await browser.Post("/staff/recovery-codes")));
        await Stage("joined", look: true);

        using var device = new TestPasskey();
        await browser.UseTokenOf("/staff/account");
        var made = device.Make((await browser.Post("/staff/account/passkeys?handler=Options")).Text);
        await Stage("a passkey is asked for");
        signed.Add(made);
        Assert.Equal("/staff/account/passkeys", Told(await browser.Post("/staff/account/passkeys?handler=Add", ("Credential", made))));
        var offered = await Key("/staff/account/code-app");
        await Stage("a new code app is offered");
        Assert.Equal(
            "/staff/account?done=app",
            Told(await browser.Post("/staff/account/code-app", ("Code", TestCodeApp.Code(offered, step: 1))))
        );
        key = offered;
        Assert.Equal("/staff/recovery-codes", Told(await browser.Post("/staff/account/codes")));
        await Stage("new codes are shown");
        paper.Clear();
        foreach (var code in await Codes())
            paper.Enqueue(code);
        await browser.Post("/staff/sign-out");
        await Stage("signed out while new codes were shown", look: true);

        await browser.UseTokenOf("/staff/sign-in");
        Assert.Equal("/staff/code", Told(await browser.Post("/staff/sign-in", ("Email", "ada@week.example"), ("Password", Password))));
        await Stage("the password was right");
        Assert.Equal("/staff/code", Told(await browser.Post("/staff/sign-in", ("Email", "ada@week.example"), ("Password", Password))));
        await Stage("and again");
        Assert.Equal("/staff", Told(await browser.Post("/staff/code", ("Code", paper.Dequeue()))));
        await Stage("signed in with a code", look: true);

        await browser.UseTokenOf("/staff/sign-in");
        var asked = (await browser.Post("/staff/sign-in?handler=PasskeyOptions")).Text;
        await Stage("a passkey is asked");
        signed.Add(device.Sign(asked));
        Assert.Equal("/staff", Told(await browser.Post("/staff/sign-in?handler=Passkey", ("Credential", signed[^1]))));
        await Stage("signed in anew with a passkey");
        await browser.UseTokenOf("/staff/account");
        Assert.Equal(
            "/staff/account?done=password",
            Told(await browser.Post("/staff/account/password", ("Current", Password), ("Password", "kettle under seven oaks")))
        );
        await Stage("the password was changed");
        await browser.Post("/staff/sign-out");
        await Stage("signed out after that");

        await browser.UseTokenOf("/staff/sign-in");
        await site.ForgottenPassword("ada@week.example");
        await site.ForgottenPassword("ada@week.example");
        links.AddRange((await site.Mails()).Where(m => m.Kind == "staff-reset").Select(m => m.Link()));
        Assert.Equal("/staff/code", Told(await browser.Post(links[^2], ("Password", "nine grey herons waiting"))));
        await Stage("a link by mail was used");
        Assert.Equal("/staff", Told(await browser.Post("/staff/code", ("Code", paper.Dequeue()))));
        await browser.UseTokenOf("/staff/account");
        Assert.Equal("/staff/recovery-codes", Told(await browser.Post("/staff/account/codes")));
        await Stage("new codes once more");
        paper.Clear();
        foreach (var code in await Codes())
            paper.Enqueue(code);
        await site.Write(db =>
            db.Set<StaffMember>()
                .ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.DisabledAt, site.Clock.GetUtcNow().UtcDateTime),
                    TestContext.Current.CancellationToken
                )
        );
        Assert.Equal(HttpStatusCode.Found, (await browser.Get("/staff")).Status);
        await Stage("disabled");
        await site.Write(db =>
            db.Set<StaffMember>()
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DisabledAt, (DateTime?)null), TestContext.Current.CancellationToken)
        );
    }

    async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(string page) =>
        await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(
            (await browser.Get(page)).Text,
            TestContext.Current.CancellationToken
        );

    async Task<string> Key(string page) => (await Page(page)).QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    async Task<IEnumerable<string>> Codes() =>
        (await Page("/staff/recovery-codes")).QuerySelectorAll(".codes code").Select(c => c.TextContent);

    [Fact]
    public async Task No_cookie_and_no_link_opens_anything_later()
    {
        await Journey();
        // Everything is over: also what lives in the browser, once its owner has signed out everywhere.
        await site.Write(async db =>
        {
            var now = site.Clock.GetUtcNow().UtcDateTime;
            await db.Set<StaffSession>().Where(s => s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now));
        });
        await Look("the end");
        Assert.True(openings.Count == 0, string.Join('\n', openings));
        Assert.True(seen.Count >= 14 && links.Count == 3 && looks >= 4, $"{seen.Count} cookies, {links.Count} links, {looks} looks");
    }

    /// <summary>The control: tickets and sessions that are kept by the browser only, because nobody notes that they are over.</summary>
    [Fact]
    public async Task Tickets_that_nobody_ends_are_noticed()
    {
        await Journey();
        before = () =>
            site.Write(async db =>
            {
                await db.Set<StaffTicket>()
                    .Where(t => t.Stage != StaffStage.Passkey)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, (DateTime?)null));
                await db.Set<StaffTicket>().Where(t => t.Stage == StaffStage.Passkey).ExecuteDeleteAsync();
                await db.Set<StaffSession>().ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, (DateTime?)null));
            });
        openings.Clear();
        await Look("the end");
        foreach (
            var kind in (string[])
                [
                    "staff of",
                    "step of",
                    "passkey of",
                    "/staff/join/",
                    "/staff/reset/",
                    "/staff/code",
                    "/staff/set-up",
                    "signed in by a code",
                ]
        )
            Assert.True(
                openings.Exists(o => o.Contains(kind, StringComparison.Ordinal)),
                $"no {kind} among\n{string.Join('\n', openings)}"
            );
    }
}
