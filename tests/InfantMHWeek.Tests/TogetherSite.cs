using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests;

/// <summary>A site in which forms that are sent together wait for each other before anything of them is looked at.</summary>
public sealed class TogetherSite : TestSite
{
    const string Header = "X-Together";
    readonly Gate gate = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Configure<MvcOptions>(mvc => mvc.Filters.Add(gate)));
    }

    /// <summary>The hidden token of any form that this browser may send.</summary>
    public static async Task<string> TokenOf(HttpClient browser, string page = "/events/offer")
    {
        using var opened = await browser.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        return (await TestSite.Read(opened)).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
    }

    /// <summary>Sends forms, all at the same moment.</summary>
    public async Task<HttpResponseMessage[]> Together(
        params (HttpClient Browser, string Token, string Path, IReadOnlyDictionary<string, string?> Fields)[] presses
    )
    {
        gate.Expect(presses.Length);
        return await Task.WhenAll(
            presses.Select(async press =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(press.Path, UriKind.Relative));
                request.Headers.Add(Header, "yes");
                request.Content = new FormUrlEncodedContent(
                    press
                        .Fields.Where(f => f.Value is not null)
                        .Select(f => KeyValuePair.Create(f.Key, f.Value!))
                        .Append(KeyValuePair.Create("__RequestVerificationToken", press.Token))
                );
                return await press.Browser.SendAsync(request, TestContext.Current.CancellationToken);
            })
        );
    }

    sealed class Gate : IAsyncPageFilter, IOrderedFilter
    {
        TaskCompletionSource open = new();
        int awaited;

        public int Order => int.MinValue;

        public void Expect(int presses) => (open, awaited) = (new(TaskCreationOptions.RunContinuationsAsynchronously), presses);

        public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

        public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
        {
            if (context.HttpContext.Request.Headers.ContainsKey(Header))
            {
                if (Interlocked.Decrement(ref awaited) == 0)
                    open.SetResult();
                await open.Task.WaitAsync(TestContext.Current.CancellationToken);
            }
            await next();
        }
    }
}
