using System.Net;
using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform;

/// <summary>
/// Every address of the program and who may use it. A new one is added here by hand; that is the moment to think about it.
/// </summary>
public sealed partial class EndpointsTests(RealSite site)
{
    const string Public = "public",
        BeforeSignIn = "before sign-in",
        Staff = StaffRole.AnyPolicy;
    const string Author = StaffRole.Author,
        Events = StaffRole.Events,
        Courses = StaffRole.Courses,
        Administrator = StaffRole.Administrator;

    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        // Reading.
        [".well-known/security.txt"] = Public,
        ["feed.atom"] = Public,
        ["week.ics"] = Public,
        ["support/{topic:topic}/{nation:nation?}"] = Public,
        ["take-part/poster"] = Public,
        ["take-part/drawings/{file:ending(.svg)}"] = Public,
        ["health/live"] = Public,
        ["health/ready"] = Public,
        ["health/seen"] = Public,
        ["icons/{file:ending(.png)}"] = Public,
        ["media/{**file}"] = Public,
        ["robots.txt"] = Public,
        ["search"] = Public,
        ["share/{**file:ending(.png)}"] = Public,
        ["site.webmanifest"] = Public,
        ["sitemap.xml"] = Public,
        ["{**file:ending(.csv)}"] = Public,
        ["{**path}"] = Public,

        // The course.
        ["courses/{slug}/apply"] = Public,
        ["courses/{slug}/apply/{token}"] = Public,
        ["courses/{slug}/apply/{token}/about"] = Public,
        ["courses/{slug}/apply/{token}/check"] = Public,
        ["courses/{slug}/apply/{token}/colleagues"] = Public,
        ["courses/{slug}/apply/{token}/later"] = Public,
        ["courses/{slug}/apply/{token}/needs"] = Public,
        ["courses/{slug}/apply/{token}/not-this-time"] = Public,
        ["courses/{slug}/apply/{token}/organisation"] = Public,
        ["courses/{slug}/apply/{token}/sent"] = Public,
        ["courses/{slug}/apply/{token}/you"] = Public,
        ["courses/{slug}/interest"] = Public,
        ["courses/{slug}/interest/{token}"] = Public,
        ["courses/{slug}/interest/{token}/leave"] = Public,
        ["courses/certificates/{code}"] = Public,
        ["courses/deleted"] = Public,
        ["courses/places/{token}"] = Public,
        ["courses/places/{token}.ics"] = Public,
        ["courses/places/{token}/cancel"] = Public,
        ["courses/places/{token}/data"] = Public,
        ["courses/places/{token}/details"] = Public,
        ["courses/places/{token}/evaluation"] = Public,
        ["courses/places/{token}/hand-over"] = Public,
        ["courses/places/take-over/{token}"] = Public,

        ["contact/write"] = Public,
        // Events.
        ["api/events"] = Public,
        ["api/openactive"] = Public,
        ["api/openactive/sessions"] = Public,
        ["events"] = Public,
        ["events/book/sent"] = Public,
        ["events/book/{slug}/{date}"] = Public,
        ["events/calendar.ics"] = Public,
        ["events/concern/{slug}"] = Public,
        ["events/embed"] = Public,
        ["events/embed/how"] = Public,
        ["events/feed.atom"] = Public,
        ["events/manage/{token}"] = Public,
        ["events/manage/{token}/audience"] = Public,
        ["events/manage/{token}/booking"] = Public,
        ["events/manage/{token}/bookings"] = Public,
        ["events/manage/{token}/date"] = Public,
        ["events/manage/{token}/dates"] = Public,
        ["events/manage/{token}/organiser"] = Public,
        ["events/manage/{token}/picture"] = Public,
        ["events/manage/{token}/place"] = Public,
        ["events/manage/{token}/places"] = Public,
        ["events/manage/{token}/what"] = Public,
        ["events/still/{token}"] = Public,
        ["events/offer"] = Public,
        ["events/offer/sent"] = Public,
        ["events/places/deleted"] = Public,
        ["events/places/{token}"] = Public,
        ["events/places/{token}.ics"] = Public,
        ["events/print"] = Public,
        ["events/sitemap.xml"] = Public,
        ["events/{slug}"] = Public,
        ["events/{slug}.ics"] = Public,
        ["events/{slug}.png"] = Public,
        ["events/{slug}/picture/{name}.webp"] = Public,
        ["events/{slug}/poster"] = Public,
        ["openapi/v1.json"] = Public,
        ["organiser"] = Public,
        ["organiser/sent"] = Public,
        ["organiser/{token}"] = Public,
        ["organiser/{token}/profile"] = Public,

        // Services near you.
        ["api/open-referral/3.0"] = Public,
        ["api/open-referral/3.0/service_at_locations"] = Public,
        ["api/open-referral/3.0/service_at_locations/{id}"] = Public,
        ["api/open-referral/3.0/services"] = Public,
        ["api/open-referral/3.0/services/{id}"] = Public,
        ["api/open-referral/3.0/taxonomies"] = Public,
        ["api/open-referral/3.0/taxonomies/{id}"] = Public,
        ["api/open-referral/3.0/taxonomy_terms"] = Public,
        ["api/open-referral/3.0/taxonomy_terms/{id}"] = Public,
        ["services"] = Public,
        ["services/check/{token}"] = Public,
        ["services/manage/{token}"] = Public,
        ["services/manage/{token}/{id:guid}"] = Public,
        ["services/manage/{token}/{id:guid}/cost"] = Public,
        ["services/manage/{token}/{id:guid}/for"] = Public,
        ["services/manage/{token}/{id:guid}/place"] = Public,
        ["services/manage/{token}/{id:guid}/touch"] = Public,
        ["services/manage/{token}/{id:guid}/what"] = Public,
        ["services/manage/{token}/{id:guid}/where"] = Public,
        ["services/embed"] = Public,
        ["services/embed/how"] = Public,
        ["services/offer"] = Public,
        ["services/print"] = Public,
        ["services/sitemap.xml"] = Public,
        ["services/wrong/{slug}"] = Public,
        ["services/{slug}"] = Public,
        ["services/{slug}.png"] = Public,

        // Staff.
        ["staff"] = Staff,
        ["staff/events"] = Events,
        ["staff/events/calendar"] = Events,
        ["staff/events/compare"] = Events,
        ["staff/events/export"] = Events,
        ["staff/events/feeds"] = Events,
        ["staff/events/feeds/edit"] = Events,
        ["staff/events/import"] = Events,
        ["staff/events/numbers"] = Events,
        ["staff/events/profile"] = Events,
        ["staff/events/review"] = Events,
        ["staff/services"] = Events,
        ["staff/services/compare"] = Events,
        ["staff/services/export"] = Events,
        ["staff/services/import"] = Events,
        ["staff/services/review"] = Events,
        ["staff/account"] = Staff,
        ["staff/account/codes"] = Staff,
        ["staff/account/passkeys"] = Staff,
        ["staff/account/password"] = Staff,
        ["staff/audit"] = Administrator,
        ["staff/code"] = BeforeSignIn,
        ["staff/forgot"] = BeforeSignIn,
        ["staff/join/{token}"] = BeforeSignIn,
        ["staff/health"] = Administrator,
        ["staff/health/deletion"] = Administrator,
        ["staff/health/reference"] = Administrator,
        ["staff/mail"] = Administrator,
        ["staff/mail/{name}"] = Administrator,
        ["staff/people"] = Administrator,
        ["staff/people/{id:guid}"] = Administrator,
        ["staff/recovery-codes"] = BeforeSignIn,
        ["staff/reset/{token}"] = BeforeSignIn,
        ["staff/set-up"] = BeforeSignIn,
        ["staff/contact"] = Administrator,
        ["staff/courses"] = Courses,
        ["staff/courses/applications/{id:guid}"] = Courses,
        ["staff/courses/new"] = Courses,
        ["staff/courses/{id:guid}"] = Courses,
        ["staff/courses/{id:guid}/applications"] = Courses,
        ["staff/courses/{id:guid}/attendance/{number:int}"] = Courses,
        ["staff/courses/{id:guid}/cancel"] = Courses,
        ["staff/courses/{id:guid}/mail"] = Courses,
        ["staff/courses/{id:guid}/numbers"] = Courses,
        ["staff/courses/{id:guid}/sessions/{number:int}"] = Courses,
        ["staff/sign-in"] = BeforeSignIn,
        ["staff/sign-out"] = Staff,
        ["staff/confirm"] = Staff,
        ["staff/account/code-app"] = Staff,
        ["staff/pages"] = Author,
        ["staff/pages/done"] = Author,
        ["staff/pages/edit"] = Author,
        ["staff/pages/history"] = Author,
        ["staff/pages/new"] = Author,
        ["staff/pages/move"] = Author,
        ["staff/pages/plans"] = Author,
        ["staff/pages/pictures"] = Author,
        ["staff/pages/support"] = Author,
        ["staff/pages/as-of"] = Author,
        ["staff/pages/links"] = Author,
        ["staff/pages/lists/{list}"] = Author,
        ["staff/pages/lists/{list}/{part}"] = Author,
        ["staff/as-of/{moment}/{**path}"] = Author,
        ["staff/pages/tools"] = Author,
    };

    static IEnumerable<(string Route, string Policy)> Ours(IServiceProvider services) =>
        services
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(e => (Route: e.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant(), Policy: PolicyOf(e)))
            .Where(e => !IsStaticFile(e.Route))
            // An index page answers at its folder too.
            .Where(e => !e.Route.EndsWith("/index", StringComparison.Ordinal))
            .Distinct();

    /// <summary>
    /// Static files are listed by the build, under their names, fingerprints and compressions, and before publishing also under one
    /// pattern.
    /// </summary>
    internal static bool IsStaticFile(string route) => route == "{**path:file}" || StaticFile().IsMatch(route);

    static string PolicyOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? BeforeSignIn
        : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } asked
            ? string.Join(" + ", asked.Select(a => a.Policy).Where((p, i) => p != Staff || asked.Count == 1))
        : Public;

    [Fact]
    public void Every_endpoint_is_in_the_table_with_its_policy() =>
        Assert.Equal(
            Known.Select(k => $"{k.Key}: {k.Value}").Order(StringComparer.Ordinal),
            Ours(site.Services).Select(e => $"{e.Route}: {e.Policy}").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Nothing_of_the_staff_area_is_public() =>
        Assert.DoesNotContain(Ours(site.Services), e => e.Route.StartsWith("staff", StringComparison.Ordinal) && e.Policy == Public);

    [Fact]
    public async Task Who_has_not_signed_in_is_led_to_the_door_and_told_nothing()
    {
        using var browser = site.Browser();
        foreach (var (route, _) in Known.Where(k => k.Value is not (Public or BeforeSignIn)))
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "/" + Parameter().Replace(route, Guid.Empty.ToString()));
            using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed,
                $"{method} {route}: {answer.StatusCode}"
            );
            if (answer.StatusCode == HttpStatusCode.Found)
                Assert.Equal(SignInPaths.SignIn, answer.Headers.Location!.AbsolutePath);
        }
    }

    [Theory]
    [InlineData(Author)]
    [InlineData(StaffRole.Publisher)]
    [InlineData(Events)]
    [InlineData(Courses)]
    [InlineData(Administrator)]
    public async Task Each_role_opens_its_own_doors_only(string role)
    {
        using var browser = await site.SignedIn(role);
        foreach (
            var (route, policy) in Known.Where(k =>
                k.Value is not (Public or BeforeSignIn) && !k.Key.Contains('{', StringComparison.Ordinal)
            )
        )
        {
            using var answer = await browser.GetAsync(new Uri("/" + route, UriKind.Relative), TestContext.Current.CancellationToken);
            var open = policy == Staff || role == policy || role == Administrator || (role == StaffRole.Publisher && policy == Author);
            Assert.True(open == (answer.StatusCode != HttpStatusCode.Forbidden), $"{role} at {route}: {answer.StatusCode}");
        }
    }

    /// <summary>Without the door, and outside the staff area, the same endpoint answers.</summary>
    [Theory]
    [InlineData(true, "/staff/forgotten", HttpStatusCode.NotFound)]
    [InlineData(true, "/STAFF/forgotten", HttpStatusCode.NotFound)]
    [InlineData(true, "/elsewhere/forgotten", HttpStatusCode.OK)]
    [InlineData(false, "/staff/forgotten", HttpStatusCode.OK)]
    public async Task An_endpoint_below_staff_that_forgot_its_policy_is_not_there(bool door, string path, HttpStatusCode expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseRouting();
        if (door)
            app.UseStaffAreaGuard();
        app.MapGet("/{place}/forgotten", () => "open");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var browser = app.GetTestClient();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    [GeneratedRegex(
        @"^(editor/)?[a-z0-9-]+(\.\w+)?\.(css|js|svg|woff2)(\.gz|\.br)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex StaticFile();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
