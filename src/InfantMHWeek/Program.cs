using InfantMHWeek.Campaign;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses;
using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = SiteFolders.Home });
    if (Commands.Words(args) is { Length: > 0 } words)
        return await Commands.Run(words, builder, ContentCheckCommand.Command);

    SettingsCheck.Run(builder.Configuration);
    builder.AddSiteLogging();
    builder.AddServerLimits();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton<SiteAddress>();
    builder.Services.AddSingleton<FileIntegrity>();
    // Nothing that a reader receives is signed or encrypted, so no key need outlive the process.
    builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
    builder.Services.AddRazorPages(pages => pages.RootDirectory = "/");
    builder.AddForms();
    builder.AddStore();
    builder.AddCampaign();
    builder.AddEvents();
    builder.AddCourses();
    builder.AddStaff();

    var app = builder.Build();
    app.UseKeptPages();
    app.UseSecurityHeaders();
    app.UseKnownProxies();
    app.UseRequestLog();
    app.UsePlainPages();
    app.UseOneSlash();
    app.UseRouting();
    app.UseReadingPages();

    app.MapStaticAssets();
    app.MapHealth();
    app.MapCampaign();
    app.MapEvents();
    app.MapCourses();
    app.MapStaff();
    app.MapRazorPages().WithStaticAssets();
    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (problem is ContentMissingException or SettingsException)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (IOException problem) when (problem.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync("Another program already listens there: choose another address with --urls. " + problem.Message);
    return 1;
}

/// <summary>Named so that the tests can start the site.</summary>
public sealed partial class Program;
