using System.Net;
using InfantMHWeek.BrowserTests;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(SiteUnderTest))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace InfantMHWeek.BrowserTests;

/// <summary>The site as in production, in this process, on a free port of this machine, with the content that ships.</summary>
public class SiteUnderTest : WebApplicationFactory<Program>
{
    public SiteUnderTest()
    {
        UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        StartServer();
    }

    /// <summary>The start of every address, without a slash at its end.</summary>
    public string Start => ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>The site's own data folder: it makes its database there.</summary>
    public string DataPath { get; } = Directory.CreateTempSubdirectory("imhw-data-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        if (Directory.Exists(DataPath))
            Directory.Delete(DataPath, recursive: true);
    }

    readonly SemaphoreSlim filling = new(1, 1);
    bool isFilled;

    /// <summary>Writes what a class's journeys need, once, whichever of its tests comes first.</summary>
    private protected async Task FillOnceAsync(Action<SiteDb> fill)
    {
        await filling.WaitAsync();
        try
        {
            if (isFilled)
                return;
            await Services
                .GetRequiredService<SiteStore>()
                .WriteAsync(db =>
                {
                    fill(db);
                    return Task.CompletedTask;
                });
            isFilled = true;
        }
        finally
        {
            filling.Release();
        }
    }

    internal PageLibrary Library => Services.GetRequiredService<PageLibrary>();

    /// <summary>Every page that the public can read. Found without a site, because test rows are listed before one starts.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. new PageLibrary(SiteFolders.Content(new ConfigurationBuilder().Build()), TimeProvider.System).Current.Pages.Keys.Order(
            StringComparer.Ordinal
        ),
    ];

    /// <summary>The pages and the answers that are made on the way: search with and without results, and not found.</summary>
    public static IReadOnlyList<string> PagesAndAnswers { get; } = [.. Pages, "/search", "/search?q=baby", "/search?q=truama", "/nothing"];

    /// <summary>One test row for each.</summary>
    public static TheoryData<string> Everything => new(PagesAndAnswers);

    internal static void RemoveLoops(IServiceCollection services)
    {
        bool IsLoop(ServiceDescriptor s) =>
            s.ServiceType == typeof(IHostedService)
            && s.ImplementationFactory?.GetType().GenericTypeArguments[1] is { } kind
            && (kind == typeof(OutboxSender) || kind == typeof(InstanceHeartbeat));
        foreach (var loop in services.Where(IsLoop).ToList())
            services.Remove(loop);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Data:Path", DataPath);
        // The style sheet lies packed in the build's folder; a published site has it beside the program.
        builder.UseStaticWebAssets();
        builder.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        // The log belongs to the tests of the server; here it would hide the one line that matters.
        builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Error");
        // Mails stay in the outbox, where a journey finds its links; once sent, their words are blanked. A site that ends says no
        // goodbye to a store that goes with it.
        builder.ConfigureTestServices(services =>
        {
            RemoveLoops(services);
        });
    }
}
