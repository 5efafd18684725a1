using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Staff;

/// <summary>
/// Every handler of the staff area that a form can reach, pressed by everybody: each role, somebody without one, somebody
/// who was disabled while signed in, and a stranger. A new handler is added here by hand; that is the moment to think about it.
/// </summary>
[OneStore("who may open what")]
public sealed class PermissionMatrixTests : IAsyncDisposable
{
    const string Stranger = "a stranger",
        Signed = "whoever has signed in",
        Nobody = "signed in without a role",
        Disabled = "disabled";
    const string Author = StaffRole.Author,
        Publisher = StaffRole.Publisher,
        Events = StaffRole.Events,
        Courses = StaffRole.Courses,
        Administrator = StaffRole.Administrator;

    // Some of the presses are let through, and one of them takes a page away.
    readonly TestContentFolder content = new();
    readonly TestSite site;

    public PermissionMatrixTests() => site = new(content.Write("redirects.yml", "/old: /about\n").Root);

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        content.Dispose();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The handler and the least that somebody must be.</summary>
    internal static readonly Dictionary<string, string> Least = new(StringComparer.Ordinal)
    {
        ["staff/sign-in"] = Stranger,
        ["staff/sign-in PasskeyOptions"] = Stranger,
        ["staff/sign-in Passkey"] = Stranger,
        ["staff/code"] = Stranger,
        ["staff/forgot"] = Stranger,
        ["staff/join/{token}"] = Stranger,
        ["staff/reset/{token}"] = Stranger,
        ["staff/set-up"] = Stranger,
        ["staff/set-up PasskeyOptions"] = Stranger,
        ["staff/set-up Passkey"] = Stranger,
        ["staff/recovery-codes"] = Stranger,

        ["staff/account End"] = Signed,
        ["staff/account EndAll"] = Signed,
        ["staff/account/code-app"] = Signed,
        ["staff/account/codes"] = Signed,
        ["staff/account/passkeys Add"] = Signed,
        ["staff/account/passkeys Options"] = Signed,
        ["staff/account/passkeys Remove"] = Signed,
        ["staff/account/password"] = Signed,
        ["staff/confirm"] = Signed,
        ["staff/confirm Passkey"] = Signed,
        ["staff/confirm PasskeyOptions"] = Signed,
        ["staff/sign-out"] = Signed,

        ["staff/health/deletion Clock"] = Administrator,
        ["staff/health/deletion Delete"] = Administrator,
        ["staff/health/reference"] = Administrator,

        ["staff/pages/done"] = Publisher,
        ["staff/pages/edit Ask"] = Author,
        ["staff/pages/edit Bring"] = Author,
        ["staff/pages/edit SendBack"] = Publisher,
        ["staff/pages/edit Check"] = Author,
        ["staff/pages/edit Keep"] = Author,
        ["staff/pages/edit Preview"] = Author,
        ["staff/pages/edit SetAside"] = Author,
        ["staff/pages/edit Plan"] = Publisher,
        ["staff/pages/edit Publish"] = Publisher,
        ["staff/pages/lists/{list}/{part} Ask"] = Author,
        ["staff/pages/lists/{list}/{part} Publish"] = Publisher,
        ["staff/pages/lists/{list}/{part} Remove"] = Publisher,
        ["staff/pages/move Follow"] = Publisher,
        ["staff/pages/move Move"] = Publisher,
        ["staff/pages/move Remove"] = Publisher,
        ["staff/pages/move Withdraw"] = Publisher,
        ["staff/pages/new"] = Author,
        ["staff/pages/pictures"] = Publisher,
        ["staff/pages/plans"] = Publisher,
        ["staff/pages/support"] = Publisher,
        ["staff/pages/tools Check"] = Author,
        ["staff/pages/tools Here"] = Author,
        ["staff/pages/tools Keep"] = Author,
        ["staff/pages/tools Kept"] = Author,
        ["staff/pages/tools Leave"] = Author,
        ["staff/pages/tools Paste"] = Author,

        ["staff/events Approve"] = Events,
        ["staff/events Ask"] = Events,
        ["staff/events Close"] = Events,
        ["staff/events Decline"] = Events,
        ["staff/events Queue"] = Events,
        ["staff/events/compare"] = Events,
        ["staff/events/feeds Flag"] = Events,
        ["staff/events/feeds Read"] = Events,
        ["staff/events/feeds Resume"] = Events,
        ["staff/events/feeds Stop"] = Events,
        ["staff/events/feeds/edit"] = Events,
        ["staff/events/import"] = Events,
        ["staff/events/import Bring"] = Events,
        ["staff/events/profile"] = Events,
        ["staff/events/review"] = Events,
        ["staff/services Again"] = Events,
        ["staff/services Approve"] = Events,
        ["staff/services Ask"] = Events,
        ["staff/services Close"] = Events,
        ["staff/services Withdraw"] = Events,
        ["staff/services/compare"] = Events,
        ["staff/services/import"] = Events,
        ["staff/services/import Bring"] = Events,
        ["staff/services/review"] = Events,

        ["staff/courses/applications/{id:guid} Carry"] = Courses,
        ["staff/courses/applications/{id:guid} Erase"] = Courses,
        ["staff/courses/applications/{id:guid} Export"] = Courses,
        ["staff/courses/applications/{id:guid} Note"] = Courses,
        ["staff/courses/new"] = Courses,
        ["staff/courses/{id:guid} Copy"] = Courses,
        ["staff/courses/{id:guid} HandOver"] = Courses,
        ["staff/courses/{id:guid} Rules"] = Courses,
        ["staff/courses/{id:guid}/applications Decide"] = Courses,
        ["staff/courses/{id:guid}/applications Export"] = Courses,
        ["staff/courses/{id:guid}/attendance/{number:int}"] = Courses,
        ["staff/courses/{id:guid}/cancel"] = Courses,
        ["staff/courses/{id:guid}/mail"] = Courses,
        ["staff/courses/{id:guid}/sessions/{number:int}"] = Courses,

        ["staff/contact"] = Administrator,
        ["staff/mail Again"] = Administrator,
        ["staff/mail Find"] = Administrator,
        ["staff/mail Lift"] = Administrator,
        ["staff/mail Now"] = Administrator,
        ["staff/mail Test"] = Administrator,
        ["staff/people"] = Administrator,
        ["staff/people/{id:guid} Disable"] = Administrator,
        ["staff/people/{id:guid} Enable"] = Administrator,
        ["staff/people/{id:guid} Invite"] = Administrator,
        ["staff/people/{id:guid} Roles"] = Administrator,
    };

    static bool Enough(string who, string least) =>
        least switch
        {
            Stranger => true,
            Signed => who is not (Stranger or Disabled),
            Author => who is Author or Publisher or Administrator,
            _ => who == least || who == Administrator,
        };

    /// <summary>What the program really has.</summary>
    async Task<IReadOnlyList<string>> Handlers()
    {
        var loader = site.Services.GetRequiredService<PageLoader>();
        var found = new List<string>();
        foreach (
            var page in site
                .Services.GetRequiredService<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
                .Where(p =>
                    p.ViewEnginePath.StartsWith("/Staff/", StringComparison.Ordinal)
                    && p.AttributeRouteInfo!.Template?.EndsWith("/index", StringComparison.OrdinalIgnoreCase) == false
                )
        )
        {
            var loaded = await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty);
            Assert.All(loaded.HandlerMethods, h =>
                Assert.True(h.HttpMethod is "Get" or "Post", $"{page.ViewEnginePath} answers {h.HttpMethod}")
            );
            found.AddRange(
                loaded
                    .HandlerMethods.Where(h => h.HttpMethod == "Post")
                    .Select(h => $"{page.AttributeRouteInfo!.Template!.TrimStart('/').ToLowerInvariant()} {h.Name}".TrimEnd())
            );
        }
        return found;
    }

    [Fact]
    public async Task Every_handler_is_in_the_table() =>
        Assert.Equal(
            Least.Keys.Order(StringComparer.Ordinal),
            (await Handlers()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    static string PathOf(string handler)
    {
        var words = handler.Split(' ');
        var path =
            "/"
            + words[0]
                .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
                .Replace("{number:int}", "1", StringComparison.Ordinal)
                .Replace("{list}", "redirects", StringComparison.Ordinal)
                .Replace("{part}", "address", StringComparison.Ordinal)
                .Replace("{token}", "none", StringComparison.Ordinal);
        return $"{path}?file=about.md&key=/none{(words.Length > 1 ? "&handler=" + words[1] : "")}";
    }

    /// <summary>A form with the browser's own token and nothing else, to be sent anywhere.</summary>
    static async Task<IHtmlFormElement> TokenOf(HttpClient browser, string page)
    {
        using var opened = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        var form = (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("form:has(input[name=__RequestVerificationToken])")!;
        foreach (var field in form.QuerySelectorAll("input:not([name=__RequestVerificationToken])").ToList())
            field.Remove();
        return form;
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData(Nobody)]
    [InlineData(Disabled)]
    [InlineData(Author)]
    [InlineData(Publisher)]
    [InlineData(Events)]
    [InlineData(Courses)]
    [InlineData(Administrator)]
    public async Task Nobody_gets_through_who_may_not(string who)
    {
        var (pressed, through) = (0, 0);
        foreach (var (handler, least) in Least)
        {
            var member =
                who == Stranger
                    ? null
                    : await site.AddStaff(
                        $"x-{Guid.NewGuid():N}@week.example",
                        who switch
                        {
                            Nobody => [],
                            Disabled => [Administrator],
                            _ => [who],
                        }
                    );
            using var browser = member is null ? site.Browser() : await site.SignedIn(member);
            var form = await TokenOf(browser, member is null ? "/staff/sign-in" : "/staff/account");
            if (who == Disabled)
                await site.Write(async db =>
                {
                    (await db.FindAsync<StaffMember>([member!.Id], Cancel))!.DisabledAt = site.Clock.GetUtcNow().UtcDateTime;
                });
            form.SetAttribute("action", PathOf(handler));
            using var answer = await browser.Send(form, "/");
            var led =
                answer.StatusCode == HttpStatusCode.Found
                && answer.Headers.Location!.OriginalString.Contains(SignInPaths.SignIn + "?", StringComparison.Ordinal);
            var (enough, shut) = (Enough(who, least), answer.StatusCode == HttpStatusCode.Forbidden || (led && least != Stranger));
            Assert.True(
                (int)answer.StatusCode < 500 && enough != shut,
                $"{who} at {handler}: {answer.StatusCode} {answer.Headers.Location}"
            );
            if (who is Stranger or Disabled && least != Stranger)
                Assert.True(led, $"{who} at {handler}: {answer.StatusCode}");
            pressed++;
            if (enough)
                through++;
        }
        Assert.Equal(Least.Count, pressed);
        // The control: that the test can tell the two apart. Somebody may do everything, and nobody else may.
        Assert.Equal(who == Administrator, through == Least.Count);
    }

    /// <summary>Also those who may do nothing without their own form: no handler takes a form without its token.</summary>
    [Fact]
    public async Task No_handler_takes_a_form_without_a_token()
    {
        using var browser = await site.SignedIn(Administrator);
        foreach (var handler in Least.Keys)
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await browser.PostAsync(new Uri(PathOf(handler), UriKind.Relative), form, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{handler}: {answer.StatusCode}");
        }
    }
}
