using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>An organiser of several events, behind one mailed link; and the member of staff who reads who they are.</summary>
public sealed class OrganiserHomeTests(EventSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    static Task Heading(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_link_leads_to_all_events_and_to_who_the_organiser_is()
    {
        var email = $"home-{Guid.NewGuid():N}@example.org";
        await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                db =>
                {
                    db.AddRange(Events(EmailAddress.Parse(email, null)));
                    return Task.CompletedTask;
                },
                Cancel
            );
        var page = await Visit(width: 320, height: 640, script: false);
        await page.GotoAsync("/events/offer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Get one link" }).ClickAsync();
        await Heading(page, "Your events and services");
        await Button(page, "Send me the link").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter an email address");
        await page.GetByLabel("Your email address").FillAsync(email);
        await Button(page, "Send me the link").ClickAsync();
        await Heading(page, "Check your email");
        var home = await Link(email);
        await page.GotoAsync(home);
        await page.GetByRole(AriaRole.Link, new() { Name = "Songs on the website" }).ClickAsync();
        await Heading(page, "Your event is on the website");
        await page.GetByRole(AriaRole.Link, new() { Name = "All your events and services" }).ClickAsync();
        await Button(page, "Make a copy of Songs on the website").ClickAsync();
        await Heading(page, "Your event");
        await page.GetByRole(AriaRole.Link, new() { Name = "All your events and services" }).ClickAsync();
        await Button(page, "Offer another event").ClickAsync();
        await Heading(page, "Your event");

        page = await Visit();
        foreach (var path in new[] { "/organiser", "/organiser/sent", home, home + "/profile", "/organiser/" + LinkToken.New() })
        {
            await page.GotoAsync(path);
            await LookAtWidths(page, path.Length > 40 ? "behind the link" : path);
        }
        await page.GotoAsync(home + "/profile");
        await Button(page, "Send it to be read").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAtWidths(page, "a profile with an error");
        await page.GetByLabel("About you").FillAsync("We sing with babies in Leeds.\n\nCome as you are.");
        await Button(page, "Send it to be read").ClickAsync();
        await Heading(page, "Your events and services");

        var staff = await Visit();
        await site.SignIn(staff.Context, "Ruth", StaffRole.Events);
        await staff.GotoAsync("/staff/events");
        await staff.Locator("#profiles ~ ul a").First.ClickAsync();
        await LookAtWidths(staff, "a profile before staff");
        await Button(staff, "Approve").ClickAsync();
        await Heading(staff, "Events");

        await page.GotoAsync(home);
        // Its copy has the same name, and is a draft.
        await page.Locator("section:has(> #shown)").GetByRole(AriaRole.Link, new() { Name = "Songs on the website" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See it on the website" }).ClickAsync();
        await Expect(page.GetByText("We sing with babies in Leeds.")).ToBeVisibleAsync();
        await LookAtWidths(page, "an event with its organiser");
        NobodyWasShutOut();
    }

    static IEnumerable<Event> Events(EmailAddress email)
    {
        var now = DateTimeOffset.UtcNow;
        Event Of(int n, string title)
        {
            var made = EventSite.Made(n, DateOnly.FromDateTime(now.UtcDateTime).AddDays(9), now);
            var e = Event.Start(email, now, made.Latest with { Title = title });
            e.Confirm(now);
            return e;
        }
        var (draft, asked, shown, other) = (
            Of(1, "Songs as a draft"),
            Of(2, "Songs asked about"),
            Of(5, "Songs on the website"),
            Of(8, "Tea")
        );
        asked.Send(now);
        asked.Ask("Ruth", asked.Revision, "Where is the door?", now);
        foreach (var e in new[] { shown, other })
        {
            e.Send(now);
            e.Approve("Ruth", e.Revision, now);
        }
        return [draft, asked, shown, other];
    }

    async Task<string> Link(string email)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var mails = await scope
            .ServiceProvider.GetRequiredService<SiteDb>()
            .Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == "organiser-link")
            .ToListAsync(Cancel);
        var text = mails.Single(m => m.To.Text == email).Text;
        return text[text.IndexOf("/organiser/", StringComparison.Ordinal)..].Split('\n', ' ')[0];
    }
}
