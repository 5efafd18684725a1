using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>A small charity lets families book its baby group; a parent on an old phone books, and another one waits.</summary>
public sealed class BookingJourneyTests(EventSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name });

    static Task Heading(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_gives_one_place_and_another_family_waits_for_it()
    {
        var (slug, token) = await Group();
        var (ann, bea) = ($"ann-{Guid.NewGuid():N}@example.org", $"bea-{Guid.NewGuid():N}@example.org");
        var organiser = await Visit(width: 320, height: 640, script: false);
        await organiser.GotoAsync($"/events/manage/{token}");
        await Link(organiser, "Places that families book here").ClickAsync();
        await Heading(organiser, "Places");
        await organiser.GetByLabel("Yes, each family books a place").CheckAsync();
        await Button(organiser, "Save").ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Alert)).ToContainTextAsync("from 1 to 500");
        await organiser.GetByLabel("How many places").FillAsync("1");
        await Button(organiser, "Save").ClickAsync();
        await Heading(organiser, "Your event is on the website");

        var phone = await Visit(width: 320, height: 640, script: false);
        await phone.GotoAsync("/events/" + slug);
        await Expect(phone.GetByText("1 place left").First).ToBeVisibleAsync();
        var page = await Visit();
        await page.GotoAsync("/events/" + slug);
        await LookAtWidths(page, "an event with places");
        await Link(phone, "Book a place").First.ClickAsync();
        await Heading(phone, "Book a place");
        await Button(phone, "Book a place").ClickAsync();
        await Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter your name");
        await page.GotoAsync(phone.Url);
        await Button(page, "Book a place").ClickAsync();
        await LookAtWidths(page, "booking with errors");
        await Book(phone, "Ann Lee", ann);
        await LookAtWidths(page, "booking");

        var hers = await Mailed("event-place-held", ann);
        await phone.GotoAsync(hers);
        await page.GotoAsync(hers);
        await LookAtWidths(page, "a place that is kept");
        await Button(phone, "Yes, we will come").ClickAsync();
        await Heading(phone, "Your place is booked");

        await phone.GotoAsync("/events/" + slug);
        await Link(phone, "Join the waiting list").First.ClickAsync();
        await page.GotoAsync(phone.Url);
        await LookAtWidths(page, "joining the list");
        await phone.GetByLabel("Your name").FillAsync("Bea Ng");
        await phone.GetByLabel("Email address").FillAsync(bea);
        await phone.GetByLabel("How many babies").FillAsync("2");
        await Button(phone, "Join the waiting list").ClickAsync();
        await Heading(phone, "Check your email");
        await page.GotoAsync(phone.Url);
        await LookAtWidths(page, "check your email");
        await page.GotoAsync(await Mailed("event-place-waiting", bea));
        await LookAtWidths(page, "who waits");

        await organiser.GotoAsync($"/events/manage/{token}");
        await Link(organiser, "Who has booked").ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Row, new() { Name = "Ann Lee" })).ToContainTextAsync("booked");
        await page.GotoAsync(organiser.Url);
        await LookAtWidths(page, "who has booked");
        await page.GotoAsync($"/events/manage/{token}/places");
        await LookAtWidths(page, "places of an organiser");
        await page.GotoAsync($"/events/manage/{token}");
        await LookAtWidths(page, "an organiser with places");

        await phone.GotoAsync(hers);
        await Button(phone, "Cancel our place").ClickAsync();
        await Heading(phone, "You have no place");
        await phone.GotoAsync(await Mailed("event-place-free", bea));
        await Heading(phone, "We are keeping a place for you");
        await phone.GetByLabel("Cancel, and delete it now").CheckAsync();
        await Button(phone, "Delete it now").ClickAsync();
        await Heading(phone, "It is deleted");
        await page.GotoAsync(phone.Url);
        await LookAtWidths(page, "a place that is deleted");
        NobodyWasShutOut();
    }

    static async Task Book(IPage page, string name, string email)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("How many babies").FillAsync("1");
        await Button(page, "Book a place").ClickAsync();
        await Heading(page, "Check your email");
    }

    Task<(string Slug, string Token)> Group() =>
        site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                db =>
                {
                    var now = DateTimeOffset.UtcNow;
                    var made = EventSite.Made(5, DateOnly.FromDateTime(now.UtcDateTime).AddDays(9), now);
                    var e = Event.Start(EmailAddress.Parse("group@example.org", null), now, made.Latest with { Title = "Baby group" });
                    e.Confirm(now);
                    e.Send(now);
                    e.Approve("Ruth", e.Revision, now);
                    db.Add(e);
                    return Task.FromResult((e.Slug!, db.NewEventLink(e, mailed: true, now.UtcDateTime)));
                },
                Cancel
            );

    async Task<string> Mailed(string kind, string to)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var mails = await scope
            .ServiceProvider.GetRequiredService<SiteDb>()
            .Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == kind)
            .ToListAsync(Cancel);
        var text = mails.Single(m => m.To.Text == to).Text;
        return text[text.IndexOf("/events/places/", StringComparison.Ordinal)..].Split('\n', ' ')[0];
    }
}
