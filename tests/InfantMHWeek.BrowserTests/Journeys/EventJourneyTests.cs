using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>
/// Parents, organisers and moderators on their ways; every page and error is looked at by axe, at three widths, in light and dark.
/// </summary>
public sealed class EventJourneyTests(EventSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await site.FillAsync();
    }

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    static Task Heading(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    [Fact]
    public async Task Nobody_is_shut_out_of_the_public_pages()
    {
        var page = await Visit();
        foreach (
            var (where, path) in new[]
            {
                ("the finder", "/events"),
                ("the list by distance", "/events?near=LS1&sort=distance&miles=50"),
                ("an unknown place", "/events?near=ZZ9+9ZZ&from=2020-01-01&to=x"),
                ("nothing found", "/events?near=IV1&miles=2"),
                ("the month", "/events?view=month"),
                ("the map", "/events?view=map"),
                ("a region", "/events?region=yorkshire"),
                ("print", "/events/print?region=yorkshire"),
                ("the frame", "/events/embed"),
                ("how to embed", "/events/embed/how?near=LS1"),
            }
        )
        {
            await page.GotoAsync(path);
            if (where == "the finder")
                await page.Locator(".finder summary").ClickAsync();
            await LookAtWidths(page, where);
        }
        foreach (
            var (name, list) in new[]
            {
                ("Songs and stories 1", "/events"),
                ("Songs and stories 4", "/events"),
                ("Songs and stories 5", "/events"),
                ("Songs and stories 7", "/events?how=online"),
            }
        )
        {
            await page.GotoAsync(list);
            await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();
            await Heading(page, name);
            await LookAtWidths(page, name);
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Report a concern" }).ClickAsync();
        await LookAtWidths(page, "a concern");
        await Button(page, "Send").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAtWidths(page, "a concern without words");
        NobodyWasShutOut();
    }

    [Fact]
    public async Task A_parent_on_a_phone_without_script_finds_what_is_near_and_suits()
    {
        var page = await Visit(width: 320, height: 640, script: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Postcode or town").FillAsync("ZZ9 9ZZ");
        await Button(page, "Find events").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("We don’t know “ZZ9 9ZZ”");
        await Expect(page.GetByLabel("Postcode or town")).ToHaveValueAsync("ZZ9 9ZZ");
        await page.GetByLabel("Postcode or town").FillAsync("ls1 4ap");
        await page.Locator(".finder summary").ClickAsync();
        await page.GetByLabel("Step-free with a pram").CheckAsync();
        await page.GetByLabel("0 to 6 months").CheckAsync();
        await Button(page, "Find events").First.ClickAsync();
        await Expect(page.Locator("#found-title")).ToContainTextAsync("within 10 miles of Leeds, LS1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sort by distance" }).ClickAsync();
        await Expect(page.Locator(".events").First).ToContainTextAsync("less than a mile away");
        await page.GetByRole(AriaRole.Link, new() { Name = "Calendar", Exact = true }).ClickAsync();
        await page.Locator(".month td a").First.ClickAsync();
        await page.Locator(".events a").First.ClickAsync();
        await Expect(page.Locator("#when")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Outlook" })).ToBeVisibleAsync();
        // Nothing near asks for the next best.
        await page.GotoAsync("/events?near=IV1&miles=2");
        await page.GetByRole(AriaRole.Link, new() { Name = "online" }).First.ClickAsync();
        await Expect(page.Locator("#found-title")).ToContainTextAsync("online");
        Assert.Equal("", await Overheard.LeftBehind(await Scripted(page)));
    }

    /// <summary>The same browser, in which a question can be asked.</summary>
    async Task<IPage> Scripted(IPage page)
    {
        var other = await Visit();
        await other.GotoAsync(page.Url);
        return other;
    }

    [Fact]
    public async Task An_organiser_goes_from_the_offer_to_published_changed_postponed_and_cancelled()
    {
        var email = $"sam-{Guid.NewGuid():N}@example.org";
        var page = await Visit();
        await page.GotoAsync("/events/offer");
        await LookAtWidths(page, "the offer");
        await Button(page, "Continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAtWidths(page, "the offer with its error");
        await page.GetByLabel("Your email address").FillAsync(email);
        while (page.Url.EndsWith("/events/offer", StringComparison.Ordinal))
            await Button(page, "Continue").ClickAsync();
        await Heading(page, "Your event");
        await LookAtWidths(page, "a new draft");
        var draft = page.Url;

        foreach (var step in new[] { "what", "dates", "place", "audience", "booking", "organiser" })
        {
            await page.GotoAsync($"{draft}/{step}");
            await LookAtWidths(page, "step " + step);
            if (step == "place")
                await page.GetByLabel("In person").CheckAsync();
            await Button(page, "Save and continue").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
            await LookAtWidths(page, $"step {step} with errors");
            await Fill(page, step);
            await Button(page, "Save and continue").ClickAsync();
            await Expect(page).ToHaveURLAsync(draft);
        }
        await LookAtWidths(page, "check your answers");
        await Button(page, "Send for review").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAtWidths(page, "not declared");
        await page.GetByLabel("All of this is true").CheckAsync();
        await Button(page, "Send for review").ClickAsync();
        await Heading(page, "Check your email");
        await LookAtWidths(page, "unconfirmed");

        // On another device, from the mail.
        page = await Visit(width: 320);
        var manage = await Link(email, "event-started");
        await page.GotoAsync(manage);
        await LookAtWidths(page, "the link of the mail");
        await Button(page, "Yes, this is my address").ClickAsync();
        await Heading(page, "We have received your event");
        await LookAtWidths(page, "received");
        var id = await Decide(email, (e, now) => e.Approve("Ruth", e.Revision, now));
        await page.ReloadAsync();
        await Heading(page, "Your event is on the website");
        await LookAtWidths(page, "published");

        await page.GotoAsync(manage + "/what");
        await page.GetByLabel("Name of the event").FillAsync("Rhymes for babies");
        await Button(page, "Save and continue").ClickAsync();
        await Heading(page, "Your change is waiting to be read");
        await page.GetByRole(AriaRole.Link, new() { Name = "See it on the website" }).ClickAsync();
        await Heading(page, "Songs for babies");
        await Decide(email, (e, now) => e.Approve("Ruth", e.Revision, now));
        await page.ReloadAsync();
        await Heading(page, "Rhymes for babies");
        var published = page.Url;

        await page.GotoAsync(manage);
        await page.GetByLabel("A note for everyone").FillAsync("Our singer is ill.");
        await Button(page, "It is postponed").ClickAsync();
        await Heading(page, "Your event is shown as postponed");
        await LookAtWidths(page, "postponed");
        await page.GotoAsync(published);
        await Expect(page.GetByText("has been postponed")).ToBeVisibleAsync();
        await Expect(page.GetByText("Our singer is ill.")).ToHaveCountAsync(0);
        await Decide(email, (e, now) => e.Approve("Ruth", e.Revision, now));
        await page.ReloadAsync();
        await Expect(page.GetByText("Our singer is ill.")).ToBeVisibleAsync();

        await page.GotoAsync(manage);
        await Button(page, "Take it down").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("tick this if you are sure");
        await page.GetByLabel("A note for everyone").FillAsync("");
        await Button(page, "It is cancelled").ClickAsync();
        await Heading(page, "Your event is shown as cancelled");
        await LookAtWidths(page, "cancelled");
        await page.GotoAsync(published);
        await Expect(page.GetByText("has been cancelled")).ToBeVisibleAsync();
        await Expect(page.GetByText("Our singer is ill.")).ToHaveCountAsync(0);

        // Next year begins with this year's words.
        await page.GotoAsync(manage);
        await Button(page, "Copy it as a new event").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(Site.Start + manage);
        await Expect(page.Locator(".tasks li").Filter(new() { HasText = "When it is" })).ToContainTextAsync("To do");
        Assert.NotEqual(Guid.Empty, id);
        NobodyWasShutOut();
    }

    static async Task Fill(IPage page, string step)
    {
        var soon = DateTime.UtcNow.AddDays(20);
        // The first of that name: weekdays with other hours ask for them again, further down.
        async Task Type(string label, string text) => await page.GetByLabel(label, new() { Exact = true }).First.FillAsync(text);
        switch (step)
        {
            case "what":
                await Type("Name of the event", "Songs for babies");
                await Type("What it is, in one or two sentences", "Songs and tea.");
                break;
            case "dates":
                var date = page.GetByRole(AriaRole.Group, new() { Name = "Date", Exact = true });
                await date.GetByLabel("Day").FillAsync($"{soon.Day}");
                await date.GetByLabel("Month").FillAsync($"{soon.Month}");
                await date.GetByLabel("Year").FillAsync($"{soon.Year}");
                await Type("Starts", "10.30am");
                await Type("Ends", "12:00");
                await page.GetByLabel("Once", new() { Exact = true }).CheckAsync();
                break;
            case "place":
                await Type("Name of the place", "Village hall");
                await Type("Town", "Leeds");
                await page.GetByLabel("Postcode").FillAsync("ls1 4ap");
                break;
            case "audience":
                await page.GetByLabel("Families with babies").CheckAsync();
                await page.GetByRole(AriaRole.Group, new() { Name = "Parking" }).GetByLabel("Yes").CheckAsync();
                break;
            case "booking":
                await page.GetByLabel("Free", new() { Exact = true }).CheckAsync();
                await page.GetByLabel("No, they can just come").CheckAsync();
                break;
            default:
                await Type("Organisation or group", "Families together");
                await Type("Your name", "Sam Jones");
                break;
        }
    }

    async Task<Guid> Decide(string email, Action<Event, DateTimeOffset> decide)
    {
        var address = EmailAddress.Parse(email, null);
        return await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                async db =>
                {
                    var e = await db.Set<Event>()
                        .Include(e => e.Dates)
                        .Include(e => e.Steps)
                        .AsSplitQuery()
                        .SingleAsync(e => e.Contact == address, TestContext.Current.CancellationToken);
                    decide(e, DateTimeOffset.UtcNow);
                    return e.Id;
                },
                TestContext.Current.CancellationToken
            );
    }

    async Task<string> Link(string email, string kind)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var mails = await scope
            .ServiceProvider.GetRequiredService<SiteDb>()
            .Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == kind)
            .ToListAsync(TestContext.Current.CancellationToken);
        var text = mails.Single(m => m.To.Text == email).Text;
        return text[text.IndexOf("/events/manage/", StringComparison.Ordinal)..].Split('\n', ' ')[0];
    }

    [Fact]
    public async Task A_moderator_clears_the_queue_by_keyboard_only()
    {
        await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                db =>
                {
                    var now = DateTimeOffset.UtcNow;
                    for (var n = 0; n < 4; n++)
                        db.Set<Event>().Add(EventSite.Made(100 + n, DateOnly.FromDateTime(now.UtcDateTime).AddDays(5 + n), now));
                    var changed = EventSite.Made(104, DateOnly.FromDateTime(now.UtcDateTime).AddDays(12), now);
                    changed.Approve("Ruth", changed.Revision, now);
                    changed.Propose(changed.Latest with { Title = "Songs and stories for twins", Venue = "Library" }, now);
                    db.Set<Event>().Add(changed);
                    db.Set<EventConcern>()
                        .Add(
                            new()
                            {
                                Id = Guid.CreateVersion7(now),
                                EventId = changed.Id,
                                At = now.UtcDateTime,
                                Words = "I worry about this.",
                            }
                        );
                    return Task.CompletedTask;
                },
                TestContext.Current.CancellationToken
            );
        var page = await Visit();
        await site.SignIn(page.Context, "Ruth", StaffRole.Events);
        await page.GotoAsync("/staff/events");
        await LookAtWidths(page, "the queue");
        foreach (var path in new[] { "/staff/events/numbers", "/staff/events/import" })
        {
            await page.GotoAsync(path);
            await LookAtWidths(page, path);
        }
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "list.csv",
                    MimeType = "text/csv",
                    Buffer = PartnersList(),
                }
            );
        await page.GetByLabel("The partner's email address").FillAsync("partner@example.org");
        await page.GetByLabel("Contact name").FillAsync("Pat");
        await Press(page, Button(page, "See what would happen"), "Enter");
        await Expect(page.Locator("#answer")).ToHaveTextAsync("What would happen");
        await LookAtWidths(page, "what a list would bring");
        await page.SetViewportSizeAsync(1280, 900);
        await page.GotoAsync("/staff/events");

        // The concern first, then each event: look, decide, back to the queue.
        await Press(page, Button(page, "We have dealt with it").First, "Enter");
        await Expect(page.Locator("#concerns")).ToHaveCountAsync(0);
        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Songs and stories for twins" }).First, "Enter");
        await Expect(page.Locator("#changes")).ToBeVisibleAsync();
        await LookAtWidths(page, "a change to decide");
        await Press(page, Button(page, "Ask the organiser"), "Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await LookAtWidths(page, "a question without words");
        await Press(page, page.GetByLabel("A reply that is often right"), "ArrowDown");
        await Press(page, Button(page, "Put this reply into the box"), "Enter");
        await Expect(page.GetByLabel("Words to the organiser")).Not.ToHaveValueAsync("");
        await Press(page, Button(page, "Ask the organiser"), "Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("your question is on its way");

        // The others at once: by the space bar, then the button.
        var boxes = page.Locator("section:has(#queue) input[type=checkbox]");
        var count = await boxes.CountAsync();
        Assert.True(count >= 4);
        for (var n = 0; n < count; n++)
            await Press(page, boxes.Nth(n), "Space");
        await Press(page, Button(page, "Approve them"), "Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{count} approved.");
        await Expect(page.GetByText("Nothing waits.")).ToBeVisibleAsync();
        await LookAtWidths(page, "the empty queue");
        NobodyWasShutOut();
    }

    /// <summary>Goes to something with the Tab key alone, and presses a key there.</summary>
    static async Task Press(IPage page, ILocator target, string key)
    {
        await target.WaitForAsync();
        await page.EvaluateAsync("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); }");
        for (var presses = 0; presses < 150; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                continue;
            await page.Keyboard.PressAsync(key);
            return;
        }
        Assert.Fail($"{target} cannot be reached with the Tab key");
    }

    /// <summary>A list with a row that is fine, one that nobody can read, and one that only begins.</summary>
    static byte[] PartnersList() =>
        System.Text.Encoding.UTF8.GetBytes(
            $"Our groups,,\nWhat,When,Time,Where\n"
                + $"Baby songs,{DateTime.UtcNow.AddDays(9):d MMMM yyyy},10.30am - 12 noon,\"Hall, Leeds LS1 4AP\"\n"
                + $"Walk,some day,2pm,Park\nTea,{DateTime.UtcNow.AddDays(10):d MMMM yyyy},2pm,\"Library, York YO1 7HH\"\n"
        );
}
