using System.Net;
using System.Reflection;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>
/// Every address at which somebody who has not signed in can send something, and what guards it. A new one is added here by hand.
/// </summary>
public sealed class PublicFormsTests(RealSite site)
{
    const string Token = "the token in its address",
        SigningIn = "the budgets and the steps of signing in";

    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["contact/write"] = "contact",
        ["courses/{slug}/apply"] = "apply",
        ["courses/{slug}/apply/{token}/about"] = Token,
        ["courses/{slug}/apply/{token}/check"] = Token,
        ["courses/{slug}/apply/{token}/colleagues"] = Token,
        ["courses/{slug}/apply/{token}/later"] = "later",
        ["courses/{slug}/apply/{token}/needs"] = Token,
        ["courses/{slug}/apply/{token}/organisation"] = Token,
        ["courses/{slug}/apply/{token}/you"] = Token,
        ["courses/{slug}/interest"] = "interest",
        ["courses/{slug}/interest/{token}"] = Token,
        ["courses/{slug}/interest/{token}/leave"] = Token,
        ["courses/places/{token}"] = Token,
        ["courses/places/{token}/cancel"] = Token,
        ["courses/places/{token}/data"] = Token,
        ["courses/places/{token}/details"] = Token,
        ["courses/places/{token}/evaluation"] = Token,
        ["courses/places/{token}/hand-over"] = "hand over",
        ["courses/places/take-over/{token}"] = Token,
        ["events/book/{slug}/{date}"] = "place",
        ["events/concern/{slug}"] = "concern",
        ["events/manage/{token}"] = Token,
        ["events/manage/{token}/audience"] = Token,
        ["events/manage/{token}/booking"] = Token,
        ["events/manage/{token}/date"] = Token,
        ["events/manage/{token}/dates"] = Token,
        ["events/manage/{token}/organiser"] = Token,
        ["events/manage/{token}/picture"] = Token,
        ["events/manage/{token}/place"] = Token,
        ["events/manage/{token}/places"] = Token,
        ["events/manage/{token}/what"] = Token,
        ["events/places/{token}"] = Token,
        ["events/still/{token}"] = Token,
        ["events/offer"] = "offer",
        ["organiser"] = "organiser",
        ["organiser/{token}"] = Token,
        ["organiser/{token}/profile"] = Token,
        ["services/check/{token}"] = Token,
        ["services/manage/{token}"] = Token,
        ["services/manage/{token}/{id:guid}"] = Token,
        ["services/manage/{token}/{id:guid}/cost"] = Token,
        ["services/manage/{token}/{id:guid}/for"] = Token,
        ["services/manage/{token}/{id:guid}/place"] = Token,
        ["services/manage/{token}/{id:guid}/touch"] = Token,
        ["services/manage/{token}/{id:guid}/what"] = Token,
        ["services/manage/{token}/{id:guid}/where"] = Token,
        ["services/offer"] = "service-offer",
        ["services/wrong/{slug}"] = "service-wrong",
        ["staff/code"] = SigningIn,
        ["staff/forgot"] = "sign-in help",
        ["staff/join/{token}"] = Token,
        ["staff/recovery-codes"] = SigningIn,
        ["staff/reset/{token}"] = Token,
        ["staff/set-up"] = SigningIn,
        ["staff/sign-in"] = SigningIn,
    };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<IReadOnlyList<Endpoint>> Endpoints(IServiceProvider services)
    {
        var all = services
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is null)
            .ToList();
        var loader = services.GetRequiredService<PageLoader>();
        foreach (
            var page in services
                .GetRequiredService<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
        )
        {
            var loaded = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            all.Add(
                new RouteEndpoint(
                    _ => Task.CompletedTask,
                    RoutePatternFactory.Parse(page.AttributeRouteInfo!.Template!),
                    0,
                    new([.. loaded.EndpointMetadata ?? [], loaded]),
                    page.DisplayName
                )
            );
        }
        return all;
    }

    static bool Takes(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page
            // A page that overrides OnPageHandlerExecutionAsync has, to the framework, a handler for the method "PAGE".
            ? page.HandlerMethods.Any(h => !PublicForms.Reads(h.HttpMethod) && h.HttpMethod != "Page")
            : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(m => !PublicForms.Reads(m)) == true;

    static bool ForAnybody(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is null
        || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;

    static string RouteOf(Endpoint endpoint) =>
        (
            endpoint.Metadata.GetMetadata<PageActionDescriptor>()?.AttributeRouteInfo?.Template
            ?? ((RouteEndpoint)endpoint).RoutePattern.RawText!
        )
            .TrimStart('/')
            .ToLowerInvariant();

    static string GuardOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PublicFormAttribute>()?.Name
        ?? endpoint.Metadata.GetMetadata<GuardedByAttribute>()?.What
        ?? (endpoint.Metadata.GetMetadata<FormPageAttribute>() is { ByToken: true } ? Token : "nothing");

    [Fact]
    public async Task Every_form_that_anybody_can_send_is_in_the_table_with_its_guard()
    {
        var open = (await Endpoints(site.Services)).Where(e => Takes(e) && ForAnybody(e)).ToList();
        Assert.All(open, e => Assert.False(PublicForms.IsOpen(e), RouteOf(e)));
        Assert.Equal(
            Known.Select(k => $"{k.Key}: {k.Value}").Order(StringComparer.Ordinal),
            open.Select(e => $"{RouteOf(e)}: {GuardOf(e)}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    sealed class Unguarded : PageModel
    {
        public IActionResult OnPost() => Page();
    }

    [FormPage(byToken: true)]
    sealed class ByToken : PageModel
    {
        public IActionResult OnPost() => Page();
    }

    [PublicForm("test")]
    sealed class Guarded : PageModel
    {
        public IActionResult OnPost() => Page();
    }

    static Exception? Opened(Type page, string route)
    {
        var model = new PageApplicationModel(
            new PageActionDescriptor
            {
                ViewEnginePath = "/Test",
                AttributeRouteInfo = new() { Template = route },
            },
            page.GetTypeInfo(),
            page.GetCustomAttributes(inherit: true)
        );
        model.HandlerMethods.Add(new PageHandlerModel(page.GetMethod("OnPost")!, []) { HttpMethod = "POST" });
        return Record.Exception(() => new PublicForms.Convention().Apply(model));
    }

    /// <summary>
    /// The control: the same page opens with a guard, and does not without. That an address is called by a token counts only where
    /// there is one.
    /// </summary>
    [Fact]
    public void A_page_without_a_guard_does_not_open()
    {
        Assert.Contains("nothing guards it", Opened(typeof(Unguarded), "test")!.Message, StringComparison.Ordinal);
        Assert.NotNull(Opened(typeof(ByToken), "test"));
        Assert.Null(Opened(typeof(ByToken), "test/{token}"));
        Assert.Null(Opened(typeof(Guarded), "test"));
    }

    [Fact]
    public async Task An_address_without_a_guard_takes_nothing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<MemoryThrottle>();
        await using var app = builder.Build();
        app.UseRouting();
        app.UsePublicFormGuard();
        app.MapPost("/forgotten", () => "taken");
        app.MapPost("/guarded/{token}", () => "taken").WithMetadata(new GuardedByAttribute(Token));
        await app.StartAsync(Cancel);
        using var browser = app.GetTestClient();
        await Assert.ThrowsAsync<InvalidOperationException>(() => browser.PostAsync(new Uri("/forgotten", UriKind.Relative), null, Cancel));
        using (var taken = await browser.PostAsync(new Uri("/guarded/one", UriKind.Relative), null, Cancel))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        // One token in a program that goes round in circles: it waits, another does not.
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++)
            codes.Add((await browser.PostAsync(new Uri("/guarded/one", UriKind.Relative), null, Cancel)).StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, codes);
        using var other = await browser.PostAsync(new Uri("/guarded/two", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }
}
