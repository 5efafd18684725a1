using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>How a colleague comes in for the first time and comes back, looked at by axe on every page.</summary>
public sealed class StaffJourneyTests(SiteUnderTest site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    const string Password = "teapot-violin-gravel-9";

    async Task<string> Invite(string email)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var (_, link) = await scope
            .ServiceProvider.GetRequiredService<StaffRoster>()
            .InviteAsync(EmailAddress.Parse(email, null), [StaffRole.Administrator], by: null, TestContext.Current.CancellationToken);
        return new Uri(link!).AbsolutePath;
    }

    static async Task NobodyIsShutOutHere(IPage page, string where)
    {
        await page.EvaluateAsync(Axe);
        var found = await BarriersOn(page, where);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    [Theory]
    [InlineData(true, 1280, ColorScheme.Light)]
    [InlineData(true, 320, ColorScheme.Dark)]
    [InlineData(false, 1280, ColorScheme.Light)]
    public async Task From_an_invitation_to_being_signed_in_with_a_code_app_and_back_again(bool script, int width, ColorScheme scheme)
    {
        var email = $"ada-{Guid.NewGuid():N}@week.example";
        var page = await Visit(width: width, scheme: scheme, script: script);
        async Task Look(string where)
        {
            // axe is script too.
            if (script)
                await NobodyIsShutOutHere(page, $"{where}, {width} px");
        }

        await page.GotoAsync(await Invite(email));
        await Look("the invitation");
        await page.GetByLabel("Your name").FillAsync("Ada Jones");
        await page.GetByLabel("Password").FillAsync("Password123");
        await Button(page, "Continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Look("the invitation with a poor password");
        await Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Ada Jones");
        await page.GetByLabel("Password").FillAsync(Password);
        await Button(page, "Continue").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "A square that holds the key" })).ToBeVisibleAsync();
        await Look("setting up");
        var key = (await page.Locator(".key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(TestCodeApp.Code(key));
        await Button(page, "Continue").ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(RecoveryCode.HowMany);
        await Look("the recovery codes");
        var paper = await page.Locator(".codes code").First.InnerTextAsync();
        await Button(page, "I have kept them").ClickAsync();
        await Expect(page).ToHaveURLAsync(Site.Start + "/staff");
        await Look("the start");

        foreach (
            var place in new[]
            {
                "/staff/people",
                "/staff/audit",
                "/staff/mail",
                "/staff/account",
                "/staff/account/password",
                "/staff/account/passkeys",
                "/staff/account/codes",
                "/staff/account/code-app",
                "/staff/confirm",
            }
        )
        {
            await page.GotoAsync(place);
            await Look(place);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        await Look("the door");

        await page.GotoAsync("/staff/people");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await Button(page, "Sign in").First.ClickAsync();
        await Look("the code");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(paper);
        await Button(page, "Continue").ClickAsync();
        await Expect(page).ToHaveURLAsync(Site.Start + "/staff/people");
    }

    [Fact]
    public async Task A_passkey_is_made_and_signs_in_without_a_password()
    {
        // A passkey belongs to a name; an address of numbers has none.
        var start = Site.Start.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var page = await Visit();
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );

        await page.GotoAsync(start + await Invite($"ben-{Guid.NewGuid():N}@week.example"));
        await page.GetByLabel("Your name").FillAsync("Ben Okafor");
        await Button(page, "I use a passkey only").ClickAsync();
        await Expect(Button(page, "Make a passkey")).ToBeVisibleAsync();
        await NobodyIsShutOutHere(page, "making a passkey");
        await Button(page, "Make a passkey").ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(RecoveryCode.HowMany);
        await Button(page, "I have kept them").ClickAsync();
        await Expect(page).ToHaveURLAsync(start + "/staff");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await page.GotoAsync(start + "/staff/account/passkeys");
        await Button(page, "Sign in with a passkey").ClickAsync();
        await Expect(page).ToHaveURLAsync(start + "/staff/account/passkeys");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        // The only way in stays.
        await Button(page, "Remove").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("only way in");

        // What no device has signed opens nothing.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await device.SendAsync("WebAuthn.disable");
        await page.GotoAsync(start + "/staff/sign-in");
        await page.EvaluateAsync(
            "document.querySelector('form[data-passkey] input[name=Credential]').value = '{\"id\":\"AAAA\"}'; "
                + "HTMLFormElement.prototype.submit.call(document.querySelector('form[data-passkey]'))"
        );
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("does not open an account");
    }
}
