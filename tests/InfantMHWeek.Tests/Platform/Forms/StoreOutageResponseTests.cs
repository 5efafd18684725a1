using System.Net;
using System.Reflection;
using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Tests.Courses;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>The store is away: whatever is typed into whichever form comes back, and what is only read goes on.</summary>
[BothStores]
public sealed class StoreOutageResponseTests : IAsyncDisposable
{
    const string Words = "Zebedee's café, \"quiet\" & <warm>",
        MoreWords = "\nfirst line\nsecond line",
        Hidden = "hunter2 never shown";
    static readonly string Token = new('A', InfantMHWeek.Platform.Accounts.LinkToken.Length);
    readonly TestSite site = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    sealed record FormPage(string Path, IReadOnlyList<string> Names, bool IsForm);

    /// <summary>Every page of the program that takes a form, with an address and the names of what can be typed into it.</summary>
    async Task<IReadOnlyList<FormPage>> Pages()
    {
        var loader = site.Services.GetRequiredService<PageLoader>();
        var found = new List<FormPage>();
        foreach (
            var page in site
                .Services.GetRequiredService<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
        )
        {
            var loaded = await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty);
            var isForm = loaded.ModelTypeInfo!.GetCustomAttribute<FormPageAttribute>() is not null;
            foreach (var handler in loaded.HandlerMethods.Where(h => h.HttpMethod == "Post"))
            {
                var typed = loaded
                    .BoundProperties.Where(p => p.ParameterType == typeof(string))
                    .Select(p => p.BindingInfo?.BinderModelName ?? p.Name)
                    .Concat(handler.Parameters.Where(p => p.ParameterType == typeof(string)).Select(p => p.Name))
                    .Where(n =>
                        !PostedForm.IsSecret(n) && !page.AttributeRouteInfo!.Template!.Contains("{" + n, StringComparison.OrdinalIgnoreCase)
                    );
                found.Add(
                    new(
                        PathOf(page.AttributeRouteInfo!.Template!, handler.Name),
                        [.. typed.Append("SomethingElse").Distinct(StringComparer.OrdinalIgnoreCase)],
                        isForm
                    )
                );
            }
        }
        return found;
    }

    static string PathOf(string template, string? handler)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(
            template,
            "\\{\\**([a-z]+)(:[a-z]+(\\([^)]*\\))?)?\\??\\}",
            hole =>
                (hole.Groups[1].Value, hole.Groups[2].Value) switch
                {
                    (_, ":guid") => Guid.Empty.ToString(),
                    (_, ":int") => "1",
                    ("token", _) => Token,
                    ("slug", _) => CourseDesk.Slug,
                    _ => "none",
                },
            System.Text.RegularExpressions.RegexOptions.IgnoreCase
        );
        return $"/{path}?file=about.md{(handler is null ? "" : "&handler=" + handler)}";
    }

    static async Task<HttpResponseMessage> Post(HttpClient browser, FormPage page, string? token)
    {
        var fields = page
            .Names.Select((name, n) => KeyValuePair.Create(name, n % 2 == 0 ? Words + n : MoreWords + n))
            .Append(new("Password", Hidden))
            .Append(new("Code", Hidden))
            .Append(new("__RequestVerificationToken", token ?? ""))
            .Append(new("Ticks", "true"))
            .Append(new("Ticks", "false"));
        using var form = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(new Uri(page.Path, UriKind.Relative), form, Cancel);
    }

    static async Task<string> TokenIn(HttpClient browser, string page)
    {
        using var opened = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return ((IHtmlInputElement)(await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!).Value;
    }

    /// <summary>As a person of the staff and as a stranger; whether loading the page fails, its sign-in, or its saving.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_form_of_the_site_answers_503_and_gives_back_what_was_typed(bool staff)
    {
        // Signing out has no words to lose, and says in its own what is true (StaffNoticeTests).
        var pages = (await Pages())
            .Where(p =>
                !p.Path.StartsWith("/staff/sign-out", StringComparison.OrdinalIgnoreCase)
                && (staff || !p.Path.StartsWith("/staff", StringComparison.OrdinalIgnoreCase))
            )
            .ToList();
        Assert.True(pages.Count > (staff ? 60 : 15), $"{pages.Count} forms were found");
        using var browser = staff ? await site.SignedIn(StaffRole.Administrator) : site.Browser();
        var token = await TokenIn(browser, staff ? "/staff/account" : "/contact/write");
        var (wrong, others) = (new List<string>(), new List<string>());
        var unavailable = 0;
        using (StoreOutage.Of(site))
            foreach (var page in pages)
            {
                using var answer = await Post(browser, page, token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    others.Add($"{page.Path} {(int)answer.StatusCode}");
                    // A form that was refused before the store was asked has not lost its words either.
                    var shown = (await TestSite.Read(answer)).Body!.TextContent;
                    if ((int)answer.StatusCode >= 500 || (int)answer.StatusCode is >= 300 and < 400)
                        wrong.Add($"{page.Path}: {(int)answer.StatusCode} {shown.Trim()[..Math.Min(100, shown.Trim().Length)]}");
                    continue;
                }
                unavailable++;
                if (await Misses(answer, page) is { } missing)
                    wrong.Add($"{page.Path}: {missing}");
            }
        Assert.Empty(wrong);
        Assert.True(unavailable > pages.Count / 2, $"{unavailable} of {pages.Count} needed the store, not: {string.Join(' ', others)}");

        // The control: with the store back none of them answers so.
        foreach (var page in pages)
        {
            using var answer = await Post(browser, page, token);
            Assert.True((int)answer.StatusCode < 500, page.Path);
        }
    }

    static async Task<string?> Misses(HttpResponseMessage answer, FormPage page)
    {
        if (answer.Headers.RetryAfter is null)
            return "no Retry-After";
        if (answer.Headers.CacheControl?.NoStore != true)
            return "may be stored";
        var document = await TestSite.Read(answer);
        if (document.DocumentElement.OuterHtml.Contains(Hidden, StringComparison.Ordinal))
            return "shows a secret";
        var form = document.QuerySelectorAll("main form[method=post], form[method=post]").OfType<IHtmlFormElement>().ToList();
        var values = form.SelectMany(f => f.Elements)
            .Select(e =>
                e switch
                {
                    IHtmlTextAreaElement area => area.Value,
                    IHtmlInputElement input => input.Value,
                    _ => "",
                }
            )
            .Select(v => v.ReplaceLineEndings("\n").Trim())
            .ToList();
        for (var n = 0; n < page.Names.Count; n++)
            if (!values.Contains((n % 2 == 0 ? Words + n : MoreWords + n).Trim(), StringComparer.Ordinal))
                return $"has lost {page.Names[n]}";
        return form.Any(f => f.QuerySelector("input[name=__RequestVerificationToken]") is not null) ? null : "cannot be sent again";
    }

    [Fact]
    public async Task What_came_back_can_be_sent_again_as_it_was()
    {
        var desk = new CourseDesk(site);
        await desk.Open(places: 1);
        using var browser = site.Browser();
        const string Interest = "/courses/" + CourseDesk.Slug + "/interest";
        using var opened = await browser.GetAsync(new Uri(Interest, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
        IHtmlDocument page;
        using (StoreOutage.Of(site))
        using (
            var refused = await browser.Send(
                form,
                Interest,
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Name"] = "Ann O'Neill", ["Email"] = "ann@charity.example" }
            )
        )
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            page = await TestSite.Read(refused);
        }
        // Once more while it is away: the words survive every round.
        using (StoreOutage.Of(site))
        using (var refused = await browser.Send((IHtmlFormElement)page.QuerySelector("main form[method=post]")!, Interest))
            page = await TestSite.Read(refused);
        using var taken = await browser.Send((IHtmlFormElement)page.QuerySelector("main form[method=post]")!, Interest);
        Assert.Equal(Interest + "?sent", taken.Headers.Location!.OriginalString);
        Assert.Equal("course-interest", await desk.KindsTo("ann@charity.example"));
    }

    /// <summary>No page to read needs the store; what does, says so in words and with a way back.</summary>
    [Fact]
    public async Task Pages_to_read_stay_and_the_others_say_so()
    {
        await new CourseDesk(site).Open(places: 1);
        using var browser = site.Browser();
        using var outage = StoreOutage.Of(site);
        var paths = site.Library.Current.Pages.Keys.Concat(["/search?q=trauma", "/feed.atom", "/sitemap.xml", "/health/live"]).ToList();
        foreach (var path in paths)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
        Assert.Contains(
            "We cannot show what changes",
            (await site.Open("/courses/" + CourseDesk.Slug)).QuerySelector("main .notice")!.TextContent,
            StringComparison.Ordinal
        );
        foreach (var path in (string[])["/events", "/courses/places/" + Token, "/api/events", "/events/calendar.ics"])
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
            Assert.NotNull(answer.Headers.RetryAfter);
            var page = await TestSite.Read(answer);
            Assert.NotNull(page.QuerySelector("a[href='/']"));
            Assert.NotNull(page.QuerySelector("a[href='tel:999']"));
        }
    }

    /// <summary>By the pages themselves: whatever a form asks for as a secret is one by its name, and what is not, is not.</summary>
    [Fact]
    public void What_a_form_asks_for_as_a_secret_is_never_shown_again()
    {
        var root = Path.Combine(Path.GetDirectoryName(typeof(Program).Assembly.Location)!, "../../../../../src/InfantMHWeek");
        var secrets = Directory
            .GetFiles(root, "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(l => l.Contains("type=\"password\"", StringComparison.Ordinal) || l.Contains("one-time-code", StringComparison.Ordinal))
            .Select(l => System.Text.RegularExpressions.Regex.Match(l, "(for|name)=\"([^\"]+)\"").Groups[2].Value)
            .ToList();
        Assert.True(secrets.Count >= 5);
        Assert.All(secrets, name => Assert.True(PostedForm.IsSecret(name), name));
        Assert.All(["Postcode", "Text", "Name", "Email", "__RequestVerificationToken", "CurrentWork", "Encode"], name =>
            Assert.False(PostedForm.IsSecret(name), name)
        );
    }
}
