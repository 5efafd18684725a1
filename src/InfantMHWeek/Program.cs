using InfantMHWeek.Campaign;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Contact;
using InfantMHWeek.Courses;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Places;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Staff;

try
{
    OpenFiles.Refuse();
    var words = Commands.Words(args);
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args[words.Length..], ContentRootPath = SiteFolders.Home });
    if (words.Length > 0)
        return await Commands.Run(words, builder, ContentCheckCommand.Command, StaffInviteCommand.With(site => site.AddCampaign()), StoreCommands.Migrate, StoreCommands.Backup, StoreCommands.Restore, StoreCommands.Check, StoreCommands.Move, SelfCheck.With(AddFeatures), PlacesImport.Command);

    FirstPage.Begin();
    AddFeatures(builder);
    StoreLeftovers.Clear(builder);
    var app = builder.Build();
    var content = app.ReadContentAsync();
    app.UseRequestId();
    app.UseKnownHost();
    app.UseKeptPages();
    app.UseSecurityHeaders();
    app.UseKnownProxies();
    app.UseTraces();
    app.UseRequestLog();
    app.UseErrorPages();
    app.UseStoreAwayAnswers();
    app.UseOneSlash();
    app.UseCleanQuery();
    app.UseRouting();
    app.UseExpectedScheme();
    app.UseStaffDoor();
    app.UseInnerSite();
    app.UseReadingPages();
    app.UsePlatform();

    app.MapStaticAssets();
    app.MapHealth();
    app.MapCampaign();
    app.MapEvents();
    app.MapCourses();
    app.MapRazorPages().WithStaticAssets();
    app.DrawFirstPage(content);
    var store = app.CheckStore(mayWait: true);
    await content;
    app.PrepareStore(store);
    using var end = SiteEnd.Watch(app);
    await app.RunAsync();
    return end.Code();
}
catch (Exception problem) when (problem is ContentMissingException || StartProblem.Of(problem) is not null)
{
    await Console.Error.WriteLineAsync(StartProblem.Of(problem) ?? problem.Message);
    return 1;
}

static void AddFeatures(WebApplicationBuilder builder)
{
    builder.AddPlatform();
    builder.AddCampaign();
    builder.AddEvents();
    builder.AddCourses();
    builder.AddContact();
    builder.AddStaff();
}

/// <summary>Named so that the tests can start the site.</summary>
public sealed partial class Program;
