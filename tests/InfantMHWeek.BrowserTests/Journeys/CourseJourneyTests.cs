using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>From the course page to a confirmed place, as people with and without script go; every page is looked at by axe.</summary>
public sealed class CourseJourneyTests(SiteUnderTest site, Chromium chromium) : AccessibilityTests(site, chromium)
{
    const string Slug = "infant-mental-health-introduction",
        Course = "/courses/" + Slug;
    readonly List<string> found = [];

    // axe is script too.
    bool scripted = true;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Full_then_waiting_then_offered_then_accepted(bool script)
    {
        scripted = script;
        var people = script ? "with-script" : "without-script";
        await OpenGroup(places: 1, people);
        var first = await Visit(script: script);
        await Apply(first, $"first.{people}@charity.example", look: true);
        var held = await Link($"first.{people}@charity.example", "course-place-held");
        await first.GotoAsync(held);
        await Look(first, "the held place");
        await first.GetByRole(AriaRole.Button, new() { Name = "Yes, I will come" }).ClickAsync();
        await Heading(first, "Your place is confirmed");

        var second = await Visit(width: 320, scheme: ColorScheme.Dark, script: script);
        await second.GotoAsync(Course);
        await Look(second, "the full course");
        await Apply(second, $"second.{people}@charity.example", look: false);
        await second.GotoAsync(await Link($"second.{people}@charity.example", "course-waiting"));
        await Heading(second, "You are on the waiting list");
        await Look(second, "the waiting list");

        await first.GetByRole(AriaRole.Link, new() { Name = "Cancel my place" }).ClickAsync();
        await Look(first, "cancelling");
        await first.GetByRole(AriaRole.Button, new() { Name = "Cancel my place" }).ClickAsync();
        await Heading(first, "You have given up");

        await second.GotoAsync(await Link($"second.{people}@charity.example", "course-place-offered"));
        await Look(second, "the offer");
        await second.GetByRole(AriaRole.Button, new() { Name = "Yes, I will come" }).ClickAsync();
        await Heading(second, "Your place is confirmed");

        await second.GetByRole(AriaRole.Link, new() { Name = "Hand my place" }).ClickAsync();
        await Look(second, "handing over");
        await second.GetByLabel("Your colleague’s name").FillAsync("Cem");
        await second.GetByLabel("Your colleague’s email address").FillAsync($"third.{people}@charity.example");
        await second.GetByRole(AriaRole.Button, new() { Name = "Write to my colleague" }).ClickAsync();
        await first.GotoAsync(await Link($"third.{people}@charity.example", "course-hand-over"));
        await Look(first, "taking over");
        await first.GetByRole(AriaRole.Button, new() { Name = "Yes, I will take the place" }).ClickAsync();
        await Heading(first, "The place is yours");
        await first.GotoAsync(await Link($"third.{people}@charity.example", "course-place-accepted"));
        await first.GetByRole(AriaRole.Link, new() { Name = "See or delete" }).ClickAsync();
        await Look(first, "the data page");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Interest_is_registered_confirmed_and_left_by_keyboard()
    {
        var page = await Visit();
        await page.GotoAsync(Course + "/interest");
        await Look(page, "interest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register my interest" }).PressAsync("Enter");
        // The summary of what is wrong has the focus, and leads to the field.
        await page.Locator(".error-summary:focus").WaitForAsync();
        await Look(page, "interest with errors");
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter your name." }).PressAsync("Enter");
        Assert.Equal("Name", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync("Ann");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("ann.keyboard@charity.example");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Check your email").WaitForAsync();
        await page.GotoAsync(await Link("ann.keyboard@charity.example", "course-interest"));
        await Look(page, "confirming interest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, tell me" }).PressAsync("Enter");
        await Heading(page, "You are on our list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave the list" }).PressAsync("Enter");
        await Heading(page, "Your details are deleted");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    Task Apply(IPage page, string email, bool look) => Applying.Apply(page, Course, email, look ? name => Look(page, name) : null);

    static Task Heading(IPage page, string text) => Applying.Heading(page, text);

    async Task Look(IPage page, string where)
    {
        if (!scripted)
            return;
        await page.EvaluateAsync(Axe);
        found.AddRange(await BarriersOn(page, where));
    }

    Task<string> Link(string email, string kind) => Applying.Link(Site.Services, email, kind);

    async Task OpenGroup(int places, string name)
    {
        var now = DateTime.UtcNow;
        var cohort = new Cohort
        {
            Id = Guid.CreateVersion7(),
            Course = Slug,
            Title = "An introduction",
            Name = name,
            Places = places,
            OfferHours = 48,
            OpensAt = now.AddMinutes(-1),
            CreatedAt = now,
        };
        var session = new CourseSession { Id = Guid.CreateVersion7(), Number = 1 };
        Assert.NotNull(
            session.TryChange(DateOnly.FromDateTime(now).AddDays(60), new(10, 0), new(12, 0), place: null, "https://meet.example/")
        );
        cohort.Sessions.Add(session);
        cohort.SessionsChanged();
        await Site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                async db =>
                {
                    await db.Set<Cohort>()
                        .ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosesAt, now), TestContext.Current.CancellationToken);
                    db.Set<Cohort>().Add(cohort);
                },
                TestContext.Current.CancellationToken
            );
    }
}
