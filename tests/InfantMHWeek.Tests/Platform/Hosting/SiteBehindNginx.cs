using System.Net;
using System.Text.RegularExpressions;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Events;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>An answer that came through nginx.</summary>
/// <param name="Who">For whom it was.</param>
/// <param name="IsKept">Whether nginx says that it had it already.</param>
/// <param name="MadeFor">The reference that the site gave it when it was made.</param>
/// <param name="Secrets">Cookies that it sets and hidden fields of its forms: what nobody else may be given.</param>
sealed record Given(
    string Who,
    string Path,
    HttpStatusCode Status,
    bool IsKept,
    string? MadeFor,
    IReadOnlyList<string> Secrets,
    string Body
)
{
    public override string ToString() => $"{Path} for {Who}: {(int)Status}";
}

/// <summary>The site as it is run, HTTPS ending at a proxy on the same machine, with every address of the program to ask for.</summary>
sealed partial class SiteBehindNginx : TestSite
{
    public const string Kept = "X-Kept",
        Made = "X-Made",
        NoProxy = "a stranger without the proxy";

    public SiteBehindNginx(string content)
        : base(content)
    {
        UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        StartServer();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("ReverseProxy:KnownAddresses", "127.0.0.1");
    }

    /// <param name="change">Changes the shipped file.</param>
    public Task<Nginx> Proxy(Func<string, string>? change = null) => Nginx.Start(ClientOptions.BaseAddress.Port, change);

    /// <summary>Asks for everything as two of the staff and as two strangers, each of whom could be given what another was.</summary>
    public async Task<IReadOnlyList<Given>> AskForEverything(Func<string, string> change)
    {
        var (ada, bea) = (await CookiesOf("ada", StaffRole.Administrator), await CookiesOf("bea", StaffRole.Author));
        var addresses = await Addresses();
        await using var proxy = await Proxy(change);
        using var through = proxy.Browser();
        using var itself = Itself();
        var given = new List<Given>();
        foreach (var path in addresses)
        {
            given.Add(await Ask(itself, NoProxy, path));
            given.Add(await Ask(through, "Ada", path, ada));
            given.Add(await Ask(through, "Bea", path, bea));
            given.Add(await Ask(through, "a stranger", path));
            given.Add(await Ask(through, "another", path));
            given.Add(await Ask(through, "another", path, method: HttpMethod.Post));
        }
        return given;
    }

    public static async Task<Given> Ask(HttpClient through, string who, string path, string? cookies = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Version = through.DefaultRequestVersion };
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        using var answer = await through.SendAsync(request, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var given) ? given.Select(c => c.Split(';')[0]) : [];
        var secrets = set.Where(c => !c.EndsWith('=')).Concat(Hidden().Matches(body).Select(m => m.Value)).Distinct(StringComparer.Ordinal);
        var isKept = First(answer, Kept) is "HIT" or "STALE" or "UPDATING" or "REVALIDATED";
        return new(who, path, answer.StatusCode, isKept, First(answer, Made), [.. secrets], body);
    }

    public static string? First(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? values.First() : null;

    /// <summary>As the proxy asks, for a stranger.</summary>
    HttpClient Itself()
    {
        var asking = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = ClientOptions.BaseAddress,
            DefaultRequestVersion = HttpVersion.Version11,
        };
        asking.DefaultRequestHeaders.Host = "week.example";
        asking.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return asking;
    }

    async Task<string> CookiesOf(string name, string role) =>
        string.Join("; ", (await SignInCookies(await AddStaff(name + "@week.example", role))).Select(c => c.Split(';')[0]));

    /// <summary>Every address of the program, with what it is asked for where it needs something, and some that it does not have.</summary>
    async Task<IReadOnlyList<string>> Addresses()
    {
        var desk = new CourseDesk(this);
        var cohort = await desk.Open(3);
        var draft = await desk.DraftToken(cohort, "morag@charity.example", "Little Steps");
        await desk.Apply(cohort, "ailsa@charity.example");
        var place = LastPart().Match(await desk.LinkIn("ailsa@charity.example", "course-place-held")).Value;
        var happening = new GeneratedEvents(3).Published();
        var manage = await Write(async db =>
        {
            db.Set<Event>().Add(happening);
            var token = db.NewEventLink(happening, mailed: true, GeneratedEvents.Now.UtcDateTime);
            await db.SaveChangesAsync(Cancel);
            return token;
        });
        string[] more =
        [
            "/",
            "/about",
            "/news",
            "/nothing-here",
            "/share/about.png",
            "/icons/192.png",
            "/search?q=baby",
            "/about?x=1",
            "/STAFF",
            "/%73taff",
            "/courses/" + CourseDesk.Slug,
        ];
        var routes = Services
            .GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(e => Filled("/" + e.RoutePattern.RawText!.TrimStart('/')))
            // Signing out would make two people of one.
            .Where(r => !r.Contains("sign-out", StringComparison.Ordinal));
        return [.. routes.Concat(more).Distinct(StringComparer.Ordinal)];

        string Filled(string route) =>
            Parameter()
                .Replace(route, name => name.Value switch
                    {
                        "{slug}" when route.StartsWith("/courses", StringComparison.Ordinal) => CourseDesk.Slug,
                        "{slug}" => happening.Slug!,
                        "{token}" when route.StartsWith("/events", StringComparison.Ordinal) => manage,
                        "{token}" when route.StartsWith("/courses/places", StringComparison.Ordinal) => place,
                        "{token}" => draft,
                        var id when id.Contains("guid", StringComparison.Ordinal) => cohort.ToString(),
                        var number when number.Contains("int", StringComparison.Ordinal) => "1",
                        _ => "about",
                    });
    }

    [GeneratedRegex(@"name=""__RequestVerificationToken""[^>]*value=""[^""]+""", RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[^/]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex LastPart();
}
