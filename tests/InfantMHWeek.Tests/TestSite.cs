using System.Collections.Concurrent;
using System.Globalization;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Tests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;
using Serilog.Events;

[assembly: AssemblyFixture(typeof(RealSite))]
[assembly: CaptureConsole]

namespace InfantMHWeek.Tests;

/// <summary>The whole site in this process, with the clock in our hand and its log in memory.</summary>
public class TestSite : WebApplicationFactory<Program>
{
    readonly string? contentPath;
    readonly string environment;

    /// <param name="contentPath">A content folder; the real one when null.</param>
    public TestSite(string? contentPath = null, string environment = "Production")
    {
        this.contentPath = contentPath;
        this.environment = environment;
    }

    public static readonly DateTimeOffset Start = new(2026, 6, 8, 9, 0, 0, TimeSpan.Zero);
    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>What the site logged, as it would be printed.</summary>
    public ConcurrentQueue<string> Log { get; } = new();
    public PageLibrary Library => Services.GetRequiredService<PageLibrary>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        if (contentPath is not null) builder.UseSetting("Content:Path", contentPath);
        builder.UseSetting("Site:BaseUrl", "https://week.example");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ILogEventSink>(new MemorySink(Log));
        });
    }

    /// <summary>A browser that follows no redirect, so that each answer can be seen.</summary>
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("https://week.example") });

    public async Task<IHtmlDocument> Open(string path)
    {
        using var browser = Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read(answer);
    }

    public static async Task<IHtmlDocument> Read(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    sealed class MemorySink(ConcurrentQueue<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => lines.Enqueue($"{logEvent.Level} {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {logEvent.Exception}");
    }
}

/// <summary>The site with the content that ships, started once for all tests that only read it.</summary>
public sealed class RealSite : TestSite;
