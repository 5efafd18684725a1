using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>A picture from the organiser's telephone to the event's page, and the staff screens of partners' calendars.</summary>
public sealed class EventPictureTests(EventSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    static Task Heading(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    /// <summary>Hills and a sun, as large as a telephone makes them.</summary>
    static FilePayload Photograph(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.LightSkyBlue);
            using var paint = new SKPaint { Color = SKColors.Gold, IsAntialias = true };
            canvas.DrawCircle(width * .7f, height * .3f, height * .12f, paint);
            paint.Color = SKColors.SeaGreen;
            canvas.DrawCircle(width * .3f, height * 1.3f, height * .8f, paint);
        }
        return new()
        {
            Name = "IMG_0001.jpg",
            MimeType = "image/jpeg",
            Buffer = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray(),
        };
    }

    Task<T> Write<T>(Func<SiteDb, T> write) =>
        site.Services.GetRequiredService<SiteStore>().WriteAsync(db => Task.FromResult(write(db)), Cancel);

    [Fact]
    public async Task A_picture_goes_from_the_organiser_by_staff_to_everybody_and_moves_nothing()
    {
        var now = DateTimeOffset.UtcNow;
        var e = EventSite.Made(1, DateOnly.FromDateTime(now.UtcDateTime).AddDays(12), now);
        e.Approve("Ruth", e.Revision, now);
        var (manage, path) = await Write(db =>
        {
            db.Add(e);
            return ("/events/manage/" + db.NewEventLink(e, mailed: true, now.UtcDateTime), "/events/" + e.Slug);
        });
        var page = await Visit(width: 320, height: 640, script: false);
        await page.GotoAsync(manage);
        await page.GetByRole(AriaRole.Link, new() { Name = "A picture" }).ClickAsync();
        await Heading(page, "A picture of your event");
        await Button(page, "Save and continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a picture");
        await page.GetByLabel("Picture", new() { Exact = true }).SetInputFilesAsync(Photograph(3200, 2400));
        await Button(page, "Save and continue").ClickAsync();
        // What was chosen is kept while its words are asked for.
        await Expect(page.GetByText("Nobody else sees it yet")).ToBeVisibleAsync();
        await page.GetByLabel("What does it show?").FillAsync("Hills below a low sun");
        await page.GetByLabel("I may let everyone see this picture").CheckAsync();
        await Button(page, "Save and continue").ClickAsync();
        await Heading(page, "Your change is waiting to be read");

        var staff = await Visit();
        await site.SignIn(staff.Context, "Ruth", StaffRole.Events);
        await staff.GotoAsync("/staff/events/review?id=" + e.Id);
        await LookAtWidths(staff, "a picture before staff");
        await Button(staff, "Approve").ClickAsync();
        await Heading(staff, "Events");

        var reader = await Visit();
        await reader.GotoAsync(path);
        var picture = reader.GetByRole(AriaRole.Img, new() { Name = "Hills below a low sun" });
        await Expect(picture).ToBeVisibleAsync();
        Assert.Equal(0, await reader.EvaluateAsync<double>(LayoutShift));
        await LookAtWidths(reader, "an event with a picture");
        await reader.GotoAsync(manage + "/picture");
        await LookAtWidths(reader, "the picture of an event");
        await Button(reader, "Save and continue").ClickAsync();
        await LookAtWidths(reader, "the picture of an event with an error");
        await Button(reader, "Take the picture away").ClickAsync();
        await Heading(reader, "Your event is on the website");
        await reader.GotoAsync(path);
        await Expect(picture).ToHaveCountAsync(0);
        NobodyWasShutOut();
    }

    const string LayoutShift = """
        () => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value)).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        })
        """;

    [Fact]
    public async Task Nobody_is_shut_out_of_the_screens_of_partners_calendars()
    {
        var now = DateTimeOffset.UtcNow;
        await Write(db =>
        {
            foreach (
                var (feed, n) in new[] { "Leeds libraries", "St. Mary’s", "Home-Start Harrogate", "The hall" }
                    .Index()
                    .Select(f => (f.Item, f.Index))
            )
            {
                var made = PartnerFeed.Add(
                    new(
                        feed,
                        "https://partner.example/",
                        $"https://calendar.partner.example/a/very/long/address/a-secret-of-many-letters/{n}/{Guid.NewGuid():N}/basic.ics",
                        EmailAddress.Parse("partner@example.org", null),
                        "Sam Jones",
                        new("", Audience.Families, Booking.NotNeeded),
                        n == 1
                    ),
                    now
                );
                if (n is 0 or 2)
                    made.Read(
                        new(
                            null,
                            null,
                            "12 new, 3 changed, 40 as before.",
                            "Line 7: it has no day.\nLine 80: its end is before its beginning.",
                            n == 2 ? "It has far fewer events than yesterday, so nothing was flagged." : ""
                        ),
                        now
                    );
                if (n == 1)
                    made.Fail("calendar.partner.example answered 404: the calendar is not there any more.", now);
                if (n == 3)
                    made.Stop(now);
                db.Add(made);
            }
            return true;
        });
        var staff = await Visit();
        await site.SignIn(staff.Context, "Ruth", StaffRole.Events);
        await staff.GotoAsync("/staff/events/feeds");
        await staff.GetByText("Look at this: 2").First.ClickAsync();
        await LookAtWidths(staff, "partners calendars");
        await staff.GetByRole(AriaRole.Link, new() { Name = "Add a calendar" }).ClickAsync();
        await Heading(staff, "Add a calendar");
        await LookAtWidths(staff, "a calendar to name");
        await Button(staff, "Add it").ClickAsync();
        await Expect(staff.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAtWidths(staff, "a calendar with errors");
        await staff.GotoAsync("/staff/events");
        await LookAtWidths(staff, "the events of staff");
        await staff.GotoAsync($"/staff/events/calendar?month={now:yyyy-MM}&day={now:yyyy-MM-dd}");
        await LookAtWidths(staff, "the calendar of staff");
        NobodyWasShutOut();
    }
}
