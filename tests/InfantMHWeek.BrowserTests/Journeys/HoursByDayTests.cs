using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InfantMHWeek.BrowserTests;

/// <summary>Other hours on one weekday, typed into the form on an old telephone without script, and read on the event's page.</summary>
public sealed class HoursByDayTests(EventSite site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hours_of_one_weekday_are_typed_without_script_and_nobody_is_shut_out()
    {
        var now = DateTimeOffset.UtcNow;
        var day = DateOnly.FromDateTime(now.UtcDateTime).AddDays(12);
        day = day.AddDays((DayOfWeek.Tuesday - day.DayOfWeek + 7) % 7);
        var e = EventSite.Made(1, day, now);
        var planned = new Schedule(Repeat.Rule, [new(day, new(10, 0), day, new(11, 30))])
        {
            Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday, DayOfWeek.Thursday).ToString(),
            Hours = [new(DayOfWeek.Thursday, new(13, 0), new(14, 30))],
        };
        e.Propose(e.Latest with { Schedule = planned }, now);
        e.Send(now);
        e.Approve("Ruth", e.Revision, now);
        var manage = await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                db =>
                {
                    db.Add(e);
                    return Task.FromResult("/events/manage/" + db.NewEventLink(e, mailed: true, now.UtcDateTime));
                },
                Cancel
            );

        var phone = await Visit(width: 320, height: 640, script: false);
        await phone.GotoAsync(manage + "/dates");
        var thursday = phone.GetByRole(AriaRole.Group, new() { Name = "Thursday" });
        await Expect(thursday.GetByLabel("Starts")).ToHaveValueAsync("13:00");
        await thursday.GetByLabel("Starts").FillAsync("half past one");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Show the dates" }).ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Enter when it starts and ends on Thursdays" }).ClickAsync();
        await Expect(thursday.GetByLabel("Starts")).ToHaveValueAsync("half past one");
        await Expect(thursday.GetByLabel("Starts")).ToBeInViewportAsync();
        await thursday.GetByLabel("Starts").FillAsync("1.30pm");
        await thursday.GetByLabel("Ends").FillAsync("3pm");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Show the dates" }).ClickAsync();
        await Expect(phone.Locator(".every")).ToContainTextAsync("Every Tuesday, 10:00 to 11:30, and Thursday, 13:30 to 15:00");

        var page = await Visit();
        await page.GotoAsync(manage + "/dates");
        await page.GetByRole(AriaRole.Group, new() { Name = "Thursday" }).GetByLabel("Ends").FillAsync("12:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "There is a problem" }).WaitForAsync();
        await LookAtWidths(page, "hours by day, form");
        await page.GotoAsync("/events/" + e.Slug);
        await LookAtWidths(page, "hours by day, event");
        NobodyWasShutOut();
    }
}
