using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>
/// Those who keep the directory: an organisation, a health visitor who prints, partners who embed it, and staff in the morning. Each page
/// is looked at by axe, at three widths, in light and dark.
/// </summary>
public sealed class ServiceKeepingTests(ServiceSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await site.FillAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    static Task Heading(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    [Fact]
    public async Task A_health_visitor_prints_the_list_for_the_clinics_wall()
    {
        var page = await Visit(script: false);
        await page.GotoAsync("/services");
        await page.GetByLabel("Postcode or town").FillAsync("ls1 4ap");
        await Button(page, "Find services").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Print this list" }).ClickAsync();
        await Heading(page, "Services for babies, parents and carers");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.GetByText("Print this page with your browser")).ToBeHiddenAsync();
        await Expect(page.Locator(".qr svg")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("0113 496 0000");
        await Expect(page.Locator("main")).ToContainTextAsync("In an emergency, call 999");
        // The one with a secret address is on the wall too, without it.
        await Expect(page.Locator("main")).ToContainTextAsync("Parents and babies 4");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("1 High Street");
        var paper = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        Assert.True(paper.Length > 10_000, $"The paper has {paper.Length} bytes.");
        // A4 in points, rounded by the browser.
        Assert.Matches(@"/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]", System.Text.Encoding.Latin1.GetString(paper));
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "services-to-print.pdf"), paper, Cancel);
    }

    [Fact]
    public async Task Partners_show_the_list_on_their_own_pages()
    {
        var page = await Visit();
        foreach (
            var (where, path) in new[]
            {
                ("the frame of services", "/services/embed?near=LS1"),
                ("how to embed services", "/services/embed/how?near=LS1"),
                ("a region of services", "/services?region=yorkshire"),
                ("no service found", "/services?near=IV1&miles=2"),
            }
        )
        {
            await page.GotoAsync(path);
            await LookAtWidths(page, where);
        }
        NobodyWasShutOut();
    }

    [Fact]
    public async Task An_organisation_offers_a_service_changes_it_and_says_that_it_is_still_right()
    {
        var email = $"sam-{Guid.NewGuid():N}@example.org";
        var page = await Visit();
        await page.GotoAsync("/services/offer");
        await page.GetByLabel("Your email address").FillAsync(email);
        while (page.Url.EndsWith("/services/offer", StringComparison.Ordinal))
            await Button(page, "Continue").ClickAsync();
        var draft = page.Url;
        foreach (var part in new[] { "what", "for", "touch", "where", "cost" })
        {
            await page.GotoAsync($"{draft}/{part}");
            await Fill(page, part);
            await Button(page, "Save and continue").ClickAsync();
            if (part == "where")
            {
                await Heading(page, "A place");
                await Fill(page, "place");
                await LookAtWidths(page, "a place of a service");
                await Button(page, "Save and continue").ClickAsync();
            }
        }
        await page.GotoAsync(draft);
        await LookAtWidths(page, "check your answers about a service");
        await page.GetByLabel("All of this is true").CheckAsync();
        await Button(page, "Send for review").ClickAsync();
        await Heading(page, "Check your email");

        // On another device, from the mail.
        page = await Visit(width: 320);
        await page.GotoAsync(await LinkIn(email, "service-started", "/services/manage/"));
        await Button(page, "Yes, this is my address").ClickAsync();
        await Heading(page, "We have received your service");
        var manage = page.Url;
        await Decide(email, (s, now) => s.Approve("Ruth", s.Revision, now));
        await page.ReloadAsync();
        await Heading(page, "Your service is on the website");
        await LookAtWidths(page, "a service of ours on the website");

        await page.GotoAsync(manage + "/what");
        await page.GetByLabel("Name of the service").FillAsync("Somebody to talk to, day and night");
        await Button(page, "Save and continue").ClickAsync();
        await page.GotoAsync(manage);
        await Heading(page, "Your change is waiting to be read");
        await page.GetByRole(AriaRole.Link, new() { Name = "See it on the website" }).ClickAsync();
        await Heading(page, "Somebody to talk to");

        // Half a year later, from the mail that asks.
        await Decide(email, (s, now) => s.Question(now));
        var link = await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(async db => db.NewServiceLink(await Of(db, email), mailed: true, DateTime.UtcNow), Cancel);
        await page.GotoAsync("/services/check/" + link);
        await LookAtWidths(page, "is this still right");
        await Button(page, "Yes, everything is right").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("you checked it today");
        await LookAtWidths(page, "it is right");
        NobodyWasShutOut();
    }

    static async Task Fill(IPage page, string part)
    {
        async Task Type(string label, string text) => await page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        switch (part)
        {
            case "what":
                await Type("Name of the service", "Somebody to talk to");
                await Type("What it does, in one or two sentences", "We visit you at home.");
                await Type("Who runs it", "Families together");
                await Type("Your name", "Sam Jones");
                break;
            case "for":
                await page.GetByLabel("When it is hard to feel close").CheckAsync();
                await page.GetByLabel("Mothers", new() { Exact = true }).CheckAsync();
                break;
            case "touch":
                await page.GetByLabel("You can contact them yourself").CheckAsync();
                await page.GetByLabel("Phone number").FillAsync("0113 496 0123");
                break;
            case "where":
                await page.GetByLabel("At a place", new() { Exact = true }).CheckAsync();
                await page.GetByRole(AriaRole.Group, new() { Name = "Where do people need to live" })
                    .GetByRole(AriaRole.Radio)
                    .First.CheckAsync();
                break;
            case "place":
                await Type("Town", "Huddersfield");
                await page.GetByLabel("Postcode").FillAsync("hd1 1aa");
                break;
            default:
                await page.GetByLabel("Free", new() { Exact = true }).CheckAsync();
                break;
        }
    }

    static Task<FamilyService> Of(SiteDb db, string email)
    {
        var address = EmailAddress.Parse(email, null);
        return db.Set<FamilyService>()
            .Include(s => s.Points)
            .Include(s => s.Steps)
            .AsSplitQuery()
            .SingleAsync(s => s.Contact == address, Cancel);
    }

    Task Decide(string email, Action<FamilyService, DateTimeOffset> decide) =>
        site.Services.GetRequiredService<SiteStore>().WriteAsync(async db => decide(await Of(db, email), DateTimeOffset.UtcNow), Cancel);

    async Task<string> LinkIn(string email, string kind, string path)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var mails = await scope
            .ServiceProvider.GetRequiredService<SiteDb>()
            .Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == kind)
            .ToListAsync(Cancel);
        var text = mails.Single(m => m.To.Text == email).Text;
        return text[text.IndexOf(path, StringComparison.Ordinal)..].Split('\n', ' ')[0];
    }

    static readonly byte[] PartnersList =
    [
        .. "Id,Name,Organisation,Phone,Postcode\n"u8,
        .. "1,Baby café,Willow,0113 496 0001,LS1 4AP\n"u8,
        .. "2,=1+1,Willow,1,LS1 4AP\n"u8,
    ];

    [Fact]
    public async Task Staff_clear_the_morning()
    {
        await site.AddMorningAsync();
        var page = await Visit();
        await site.SignIn(page.Context, "Ruth", StaffRole.Events);
        await page.GotoAsync("/staff/services");
        await LookAtWidths(page, "the queue of services");
        await page.SetViewportSizeAsync(1280, 900);

        // What a reader says first.
        await Button(page, "We have dealt with it").First.ClickAsync();
        await Expect(page.Locator("#reports")).ToHaveCountAsync(0);

        // One that looks like another: both side by side, and one page stays.
        await page.GetByRole(AriaRole.Link, new() { Name = "Looks like “Morning group Harehills”" }).ClickAsync();
        await Heading(page, "Are these one service?");
        await LookAtWidths(page, "two services side by side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the second" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("joined");

        // A change, on one screen with what is shown now.
        await page.GetByRole(AriaRole.Link, new() { Name = "Evening group for twins" }).ClickAsync();
        await Expect(page.Locator("#changes")).ToBeVisibleAsync();
        await Expect(page.Locator("ins").First).ToContainTextAsync("Evening group for twins");
        await LookAtWidths(page, "a change of a service");
        await Button(page, "Ask the organisation").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Button(page, "Approve").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("approved");

        // The rest at once.
        foreach (var n in new[] { 1, 2, 3 })
            await page.GetByLabel($"Choose Waiting group {n}").CheckAsync();
        await Button(page, "Approve them").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("3 approved.");
        await Expect(page.Locator("section[aria-labelledby=queue]").GetByText("Waiting group")).ToHaveCountAsync(0);

        // What is stale, where: asked again.
        await page.GetByRole(AriaRole.Link, new() { Name = "Yorkshire and the Humber" }).ClickAsync();
        await Expect(page.Locator("#all")).ToContainTextAsync("Stale in Yorkshire");
        await LookAtWidths(page, "what is stale");
        await page.GetByLabel("Choose Forgotten group").CheckAsync();
        await Button(page, "Ask those ticked whether all is still right").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 asked again.");

        // A partner's list.
        await page.GotoAsync("/staff/services/import");
        await LookAtWidths(page, "bring in services");
        await page.GetByLabel("Name of the source").FillAsync("Willow list");
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "list.csv",
                    MimeType = "text/csv",
                    Buffer = PartnersList,
                }
            );
        await Button(page, "See what would happen").ClickAsync();
        await Expect(page.Locator("#answer")).ToContainTextAsync("What would happen");
        await LookAtWidths(page, "what an import of services would do");
        NobodyWasShutOut();
    }
}
