using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace InfantMHWeek.BrowserTests;

static class StaffVisits
{
    /// <summary>Signs a new person in, through the site's own sessions, and gives the browser their cookie.</summary>
    public static async Task SignIn(this WebApplicationFactory<Program> site, IBrowserContext visit, string name, string role)
    {
        var start = site.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
        await using var scope = site.Services.CreateAsyncScope();
        var store = site.Services.GetRequiredService<SiteStore>();
        var now = DateTime.UtcNow;
        var email = $"{name}-{Guid.NewGuid():N}@week.example";
        var member = new StaffMember
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            Email = email,
            Name = name,
            Roles = [role],
            InvitedAt = now,
            JoinedAt = now,
        };
        var made = await store.WriteAsync(
            (_, services) => services.GetRequiredService<UserManager<StaffMember>>().CreateAsync(member),
            TestContext.Current.CancellationToken
        );
        Assert.True(made.Succeeded, made.ToString());
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Scheme = "http", Host = new(new Uri(start).Authority) },
        };
        var (sessions, where) = (
            scope.ServiceProvider.GetRequiredService<StaffSessions>(),
            scope.ServiceProvider.GetRequiredService<StaffBrowser>().Visit(http)
        );
        await sessions.ShowAsync(
            http,
            (
                await store.WriteAsync(db =>
                    sessions.BeginAsync(db, member.Id, where, "signed in for a test", news: false, TestContext.Current.CancellationToken)
                )
            )!
        );
        await visit.AddCookiesAsync(
            http.Response.Headers.SetCookie.Select(c => c!.Split(';')[0].Split('=', 2))
                .Select(c => new Microsoft.Playwright.Cookie
                {
                    Name = c[0],
                    Value = c[1],
                    Url = start,
                })
        );
    }
}
