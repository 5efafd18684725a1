using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

/// <summary>How somebody applies for the course, and finds what was written to them.</summary>
static class Applying
{
    /// <param name="look">Called at each step, before it is left.</param>
    public static async Task Apply(IPage page, string course, string email, Func<string, Task>? look)
    {
        look ??= _ => Task.CompletedTask;
        await page.GotoAsync(course + "/apply");
        await look("the start");
        if (await page.GetByRole(AriaRole.Radio).CountAsync() > 0)
            await page.GetByRole(AriaRole.Radio).Last.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start now" }).ClickAsync();
        await page.GetByLabel("A charity", new() { Exact = true }).WaitForAsync();
        await Next("the first page");
        await page.GetByLabel("A charity", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Mothers", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Scotland", new() { Exact = true }).CheckAsync();
        await Next("about, with its errors");
        await page.GetByLabel("Your name").FillAsync("Morag O'Neill");
        await page.GetByLabel("Email address").FillAsync(email);
        await Next("you");
        await page.GetByLabel("Name of the organisation").FillAsync("Little Steps " + email);
        await Next("the organisation");
        await Next("colleagues");
        await Next("needs");
        // The page must be there before it can be asked for again.
        await page.GetByLabel("I agree").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByLabel("I agree").CheckAsync();
        await look("check your answers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send my application" }).ClickAsync();
        await Heading(page, "We have your application");
        await look("the confirmation");

        async Task Next(string name)
        {
            await look(name);
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }
    }

    public static Task Heading(IPage page, string text) =>
        page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = text }).WaitForAsync();

    /// <summary>The newest link of a kind of mail to an address.</summary>
    public static async Task<string> Link(IServiceProvider services, string email, string kind)
    {
        await using var scope = services.CreateAsyncScope();
        var mails = await scope
            .ServiceProvider.GetRequiredService<SiteDb>()
            .Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == kind)
            .ToListAsync(TestContext.Current.CancellationToken);
        var text = mails.Where(m => m.To.Text == email).OrderBy(m => m.QueuedAt).Last().Text;
        var start = text.IndexOf("/courses/", StringComparison.Ordinal);
        return text[start..].Split('\n', ' ')[0];
    }
}
