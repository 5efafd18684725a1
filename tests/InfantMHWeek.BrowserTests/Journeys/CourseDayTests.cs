using System.Globalization;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>
/// The course as those who run it and those who take part see it: from a new group to a certificate, with axe at each step.
/// </summary>
public sealed class CourseDayTests(EditorSite site, Chromium chromium) : IClassFixture<EditorSite>
{
    const string Course = "/courses/infant-mental-health-introduction";
    static readonly string Axe = new Deque.AxeCore.Commons.BundledAxeScriptProvider().GetScript();
    readonly List<string> found = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<IPage> Visit(string? role, int width, ColorScheme scheme)
    {
        var visit = await chromium.Browser.NewContextAsync(
            new()
            {
                BaseURL = site.Start,
                Locale = "en-GB",
                TimezoneId = "Europe/London",
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        if (role is not null)
            await site.SignIn(visit, "Cora", role);
        return await visit.NewPageAsync();
    }

    async Task Look(IPage page)
    {
        if (Environment.GetEnvironmentVariable("EVIDENCE") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmssfff}.png"), FullPage = true });
        await page.EvaluateAsync(Axe);
        found.AddRange(
            (
                await page.EvaluateAsync<string[]>(
                    "async () => { const { violations } = await axe.run(document, { resultTypes: ['violations'] }); return "
                        + "violations.flatMap(r => r.nodes.map(n => `${r.id} at ${n.target.join(' ')}: ${r.help}`)); }"
                )
            ).Select(f => page.Url + ": " + f)
        );
        if (!await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"))
            found.Add(page.Url + " scrolls sideways");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task From_a_new_group_to_a_certificate(int width, ColorScheme scheme)
    {
        var staff = await Visit(StaffRole.Courses, width, scheme);
        var name = $"Group at {width}";
        var group = await NewGroup(staff, name);
        await OpenNow(name);

        var email = $"morag.{width}@charity.example";
        var person = await Visit(role: null, width, scheme);
        await Applying.Apply(person, Course, email, look: null);

        await Decide(staff, group);
        await person.GotoAsync(await Applying.Link(site.Services, email, "course-place-held"));
        await person.GetByRole(AriaRole.Button, new() { Name = "Yes, I will come" }).ClickAsync();
        await Applying.Heading(person, "Your place is confirmed");
        var place = person.Url;

        await WriteToThem(staff, group);
        await MoveASession(staff, group);

        await TeachNow(name);
        await staff.GotoAsync(group + "/attendance/1");
        await Look(staff);
        await staff.GetByRole(AriaRole.Button, new() { Name = "Save and make a code" }).ClickAsync();
        var code = await staff.Locator(".reference").InnerTextAsync();
        await person.GotoAsync(place);
        await Look(person);
        await person.GetByLabel("The code that was read out").FillAsync(code.ToLowerInvariant());
        await person.GetByRole(AriaRole.Button, new() { Name = "I was there" }).ClickAsync();
        await person.GetByText("You were there.", new() { Exact = true }).WaitForAsync();
        await staff.GotoAsync(group + "/attendance/2");
        await staff.GetByRole(AriaRole.Checkbox).CheckAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await staff.GetByText("Saved.").WaitForAsync();

        await TheCourseIsOver();
        await person.GotoAsync(place);
        await person.GetByRole(AriaRole.Link, new() { Name = "Tell us what you thought" }).ClickAsync();
        await Look(person);
        await person.GetByRole(AriaRole.Button, new() { Name = "Send my answers" }).ClickAsync();
        await person.Locator(".error-summary").WaitForAsync();
        await Look(person);
        await person.GetByRole(AriaRole.Radio).First.CheckAsync();
        await person.GetByRole(AriaRole.Radio).Last.CheckAsync();
        await person.GetByRole(AriaRole.Button, new() { Name = "Send my answers" }).ClickAsync();
        await person.GotoAsync(place);
        await Look(person);
        await person.GetByRole(AriaRole.Link, new() { Name = "Open my certificate" }).ClickAsync();
        await Applying.Heading(person, "Morag O'Neill");
        await person.GetByText("2 of 2 sessions").WaitForAsync();
        await Look(person);

        await staff.GotoAsync(group + "/numbers");
        await Look(staff);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    async Task<string> NewGroup(IPage staff, string name)
    {
        await staff.GotoAsync("/staff/courses");
        await Look(staff);
        await staff.GetByRole(AriaRole.Link, new() { Name = "New group" }).ClickAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Create the group" }).ClickAsync();
        await staff.Locator(".error-summary:focus").WaitForAsync();
        await Look(staff);
        if (await staff.GetByRole(AriaRole.Radio).CountAsync() > 0)
            await staff.GetByRole(AriaRole.Radio).First.CheckAsync();
        await staff.GetByLabel("Name of the group").FillAsync(name);
        await staff.GetByLabel("Places").FillAsync("2");
        await staff.GetByLabel("How many sessions").FillAsync("2");
        var first = DateTime.UtcNow.AddDays(60);
        foreach (var (part, value) in new[] { ("Day", first.Day), ("Month", first.Month), ("Year", first.Year) })
            await staff.GetByLabel(part, new() { Exact = true }).FillAsync(value.ToString(CultureInfo.InvariantCulture));
        await staff.GetByLabel("Begins at").FillAsync("10.00");
        await staff.GetByLabel("Ends at").FillAsync("12.30");
        await staff.GetByRole(AriaRole.Button, new() { Name = "Create the group" }).ClickAsync();
        await staff.GetByRole(AriaRole.Heading, new() { Name = "Rules" }).WaitForAsync();
        await Look(staff);
        await staff.GetByLabel("We decide on each application").CheckAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await staff.GetByRole(AriaRole.Status).WaitForAsync();
        return staff.Url;
    }

    async Task Decide(IPage staff, string group)
    {
        await staff.GotoAsync(group + "/applications");
        await Look(staff);
        await staff.GetByLabel("Choose Morag O'Neill").CheckAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Say yes to those chosen" }).ClickAsync();
        await staff.Locator(".notice").WaitForAsync();
        await staff.GetByRole(AriaRole.Link, new() { Name = "Morag O'Neill" }).ClickAsync();
        await Look(staff);
    }

    async Task WriteToThem(IPage staff, string group)
    {
        await staff.GotoAsync(group + "/mail");
        foreach (var box in await staff.GetByRole(AriaRole.Checkbox).AllAsync())
            await box.CheckAsync();
        await staff.GetByLabel("Message").FillAsync("Please bring a pencil.");
        await staff.GetByRole(AriaRole.Button, new() { Name = "Show me the mail first" }).ClickAsync();
        await staff.GetByText("1 person gets this mail").WaitForAsync();
        await Look(staff);
        await staff.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await staff.GetByRole(AriaRole.Heading, new() { Name = "Messages sent so far" }).WaitForAsync();
        await Look(staff);
    }

    async Task MoveASession(IPage staff, string group)
    {
        await staff.GotoAsync(group + "/sessions/2");
        await staff.GetByText("1 person gets a mail").WaitForAsync();
        await Look(staff);
        await staff.GetByLabel("Begins at").FillAsync("11am");
        await staff.GetByLabel("Place").FillAsync("Town Hall");
        await staff.GetByRole(AriaRole.Button, new() { Name = "Save and tell them" }).ClickAsync();
        await staff.Locator(".notice").WaitForAsync();
        await staff.GotoAsync(group + "/cancel");
        await Look(staff);
    }

    async Task OpenNow(string name)
    {
        await Change(async db =>
        {
            var now = DateTime.UtcNow;
            await db.Set<Cohort>().Where(c => c.Name != name).ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosesAt, now), Cancel);
            await db.Set<Cohort>()
                .Where(c => c.Name == name)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.OpensAt, now.AddMinutes(-1)), Cancel);
        });
    }

    /// <summary>Both sessions have just been.</summary>
    Task TeachNow(string name) =>
        Change(async db =>
        {
            var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Name == name, Cancel);
            var began = UkTime.FromUtc(DateTime.UtcNow.AddHours(-3));
            var starts = TimeOnly.FromDateTime(began);
            var ends = starts.AddHours(2) > starts ? starts.AddHours(2) : new(23, 59, 59);
            foreach (var session in cohort.Sessions)
                Assert.NotNull(session.TryChange(DateOnly.FromDateTime(began), starts, ends, session.Place, session.OnlineLink));
            cohort.SessionsChanged();
            await db.SaveChangesAsync(Cancel);
        });

    async Task TheCourseIsOver()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CourseProgress>().CloseAsync(Cancel);
    }

    async Task Change(Func<SiteDb, Task> change)
    {
        await site.Services.GetRequiredService<SiteStore>().WriteAsync(change, Cancel);
    }
}
