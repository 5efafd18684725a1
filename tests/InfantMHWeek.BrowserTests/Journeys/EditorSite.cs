using System.Net;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.BrowserTests;

/// <summary>A site of its own over a copy of the content that ships, because these tests write.</summary>
public sealed class EditorSite : WebApplicationFactory<Program>
{
    public string Data { get; } = Directory.CreateTempSubdirectory("imhw-data-").FullName;

    public EditorSite()
    {
        var from = SiteFolders.Content(new ConfigurationBuilder().Build());
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Content, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        StartServer();
    }

    public string Content { get; } = Directory.CreateTempSubdirectory("content-").FullName;
    public string Start => ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
    internal PageLibrary Library => Services.GetRequiredService<PageLibrary>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Data:Path", Data);
        builder.UseSetting("Data:MigrateAtStart", "true");
        builder.UseSetting("Content:Path", Content);
        builder.UseStaticWebAssets();
        builder.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        // Mails stay in the outbox, where a journey finds its links; once sent, their words are blanked. A site that ends says no
        // goodbye to a store that goes with it.
        builder.ConfigureTestServices(services =>
        {
            SiteUnderTest.RemoveLoops(services);
        });
        foreach (var name in (string[])["Default", "Override:Microsoft", "Override:Microsoft.Hosting.Lifetime"])
            builder.UseSetting("Serilog:MinimumLevel:" + name, "Error");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var folder in (string[])[Data, Content])
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
    }
}
