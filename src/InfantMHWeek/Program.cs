using InfantMHWeek.Campaign;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Contact;
using InfantMHWeek.Courses;
using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Importing;
using InfantMHWeek.Staff;

try
{
    FileDescriptorLimit.Refuse();
    var words = Commands.Words(args);
    var builder = WebApplication.CreateSlimBuilder(
        new WebApplicationOptions { Args = args[words.Length..], ContentRootPath = SiteFolders.Home }
    );
    if (words.Length > 0)
        return await Commands.Run(
            words,
            builder,
            ContentCheckCommand.Command,
            StaffInviteCommand.With(AddMailWordings),
            StoreCommands.Migrate,
            StoreCommands.Backup,
            StoreCommands.Restore,
            StoreCommands.Check,
            StoreCommands.Move,
            StartupCheck.With(AddFeatures),
            PlacesImport.Command,
            ServicesImportCommand.With(AddFamilyServices)
        );

    StartupWarmup.Begin();
    AddFeatures(builder);
    LeftoverFiles.Clear(builder);
    var app = builder.Build();
    app.Logger.LogInformation("InfantMHWeek {Version}", SiteVersion.Current);
    var content = app.ReadContentAsync();
    var store = Task.Run(() => app.CheckStore(mayWait: true));
    app.UseRequestId();
    app.UseKnownHost();
    app.UseCachedPageResponses();
    app.UseSecurityHeaders();
    app.UseForwardedHeadersOfKnownProxies();
    app.UseTracing();
    app.UseRequestLogging();
    app.UseErrorPages();
    app.UseStoreOutageResponses();
    app.UseCanonicalPaths();
    app.UseTextSanitizer();
    app.UseRouting();
    app.UseOptionsAnswer();
    app.UseExpectedScheme();
    app.UseStaffAreaGuard();
    app.UseInternalRequests();
    app.UsePageCaching();
    app.UsePlatform();

    app.MapStaticAssets();
    app.MapHealth();
    app.MapCampaign();
    app.MapEvents();
    app.MapFamilyServices();
    app.MapCourses();
    app.MapRazorPages().WithStaticAssets();
    var prepared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    app.WarmUp(content, prepared.Task);
    var version = await store;
    await content;
    app.PrepareStore(version);
    prepared.SetResult();
    using var end = ProcessExit.Watch(app);
    await app.RunAsync();
    return end.Code();
}
catch (Exception problem) when (problem is ContentMissingException || StartProblem.Of(problem) is not null)
{
    await Console.Error.WriteLineAsync(StartProblem.Of(problem) ?? problem.Message);
    return 1;
}

static void AddMailWordings(WebApplicationBuilder builder)
{
    builder.AddPlatform();
    builder.AddCampaign();
}

static void AddFamilyServices(WebApplicationBuilder builder)
{
    AddMailWordings(builder);
    builder.AddFamilyServices();
}

static void AddFeatures(WebApplicationBuilder builder)
{
    builder.AddPlatform();
    builder.AddCampaign();
    builder.AddEvents();
    builder.AddFamilyServices();
    builder.AddCourses();
    builder.AddContact();
    builder.AddStaff();
}

/// <summary>Named so that the tests can start the site.</summary>
public sealed partial class Program;
