using System.Text.RegularExpressions;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Organisers;

/// <summary>An organiser's home in a test: asked for through the form, opened by the link in the mail.</summary>
static partial class HomeOf
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("/organiser/[A-Za-z0-9_-]{32}")]
    private static partial Regex Link { get; }

    public static Task<string[]> HomeLinks(this TestSite site) =>
        site.InStore(async db =>
            (await db.Set<OutboxMail>().Where(m => m.Kind == "organiser-link").OrderBy(m => m.Id).Select(m => m.Text).ToListAsync(Cancel))
                .Select(text => Link.Match(text).Value)
                .ToArray()
        );

    /// <summary>Asks for the link, and takes it from the mail.</summary>
    public static async Task<string> Home(this TestSite site, HttpClient browser, string email = "organiser@example.org")
    {
        using (var asked = await browser.Send("/organiser", Fields(("Email", email))))
            Assert.Equal("/organiser/sent", asked.Headers.Location?.OriginalString);
        return (await site.HomeLinks())[^1];
    }

    public static Task Keep(this TestSite site, params object[] offered) =>
        site.Write(db =>
        {
            db.AddRange(offered);
            return Task.CompletedTask;
        });

    public static async Task<AngleSharp.Html.Dom.IHtmlDocument> Open(this HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await TestSite.Read(answer);
    }

    public static async Task<string?> LeadsTo(this HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.Headers.Location?.OriginalString ?? ((int)answer.StatusCode).ToString(TimeInvariant);
    }

    static readonly System.Globalization.CultureInfo TimeInvariant = System.Globalization.CultureInfo.InvariantCulture;

    public static Event Draft(string email, EventDetails details)
    {
        var draft = Event.Start(EmailAddress.Parse(email, null), GeneratedEvents.Now, details);
        (draft.ContactName, draft.ContactPhone) = ("Sam Jones", "0113 496 0000");
        return draft;
    }
}
