using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Mail;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace InfantMHWeek.Tests.Staff;

/// <summary>A browser whose cookies can be looked at, copied and taken away, on a network of its own.</summary>
sealed class TestStaffBrowser : IDisposable
{
    static readonly Uri Address = new("https://week.example");
    readonly CookieContainerHandler cookies;
    string? token;

    public TestStaffBrowser(TestSite site, string network = "192.0.2.1", IEnumerable<Cookie>? has = null)
    {
        cookies = new()
        {
            InnerHandler = site.Server.CreateHandler(context => context.Connection.RemoteIpAddress = IPAddress.Parse(network)),
        };
        foreach (var cookie in has ?? [])
            cookies.Container.Add(Address, new Cookie(cookie.Name, cookie.Value, "/"));
        Client = new(cookies) { BaseAddress = Address };
        Client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
    }

    public HttpClient Client { get; }

    public IReadOnlyList<Cookie> Cookies => [.. cookies.Container.GetAllCookies().Where(c => !c.Expired)];

    public static string KindOf(Cookie cookie) => cookie.Name.Replace("__Host-", "", StringComparison.Ordinal);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, string Location, string Text)> Get(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Sends a form with the token of a page, and nothing of the page itself.</summary>
    public async Task<(HttpStatusCode Status, string Location, string Text)> Post(string path, params (string Name, string Value)[] fields)
    {
        token ??= await TokenOf("/staff/sign-in");
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
        );
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    async Task<string> TokenOf(string page)
    {
        using var opened = await Client.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return ((IHtmlInputElement)(await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!).Value;
    }

    /// <summary>Takes the token of another page: one that is signed in has other tokens.</summary>
    public async Task UseTokenOf(string page) => token = await TokenOf(page);

    public void Dispose() => Client.Dispose();
}

static class StaffMails
{
    /// <summary>The path of the link in a mail.</summary>
    public static string Link(this OutboxMail mail) =>
        new Uri(mail.Text.Split('\n').First(l => l.StartsWith("https://", StringComparison.Ordinal))).AbsolutePath;
}
