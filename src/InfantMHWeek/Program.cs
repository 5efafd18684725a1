using InfantMHWeek.Campaign;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses;
using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff;
using Microsoft.AspNetCore.Connections;

try
{
    var words = Commands.Words(args);
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args[words.Length..], ContentRootPath = SiteFolders.Home });
    if (words.Length > 0)
        return await Commands.Run(words, builder, ContentCheckCommand.Command, StoreCommands.Migrate, StoreCommands.Backup, StoreCommands.Check);

    FirstPage.Begin();
    builder.AddPlatform();
    builder.AddCampaign();
    builder.AddEvents();
    builder.AddCourses();
    builder.AddStaff();

    var app = builder.Build();
    var content = app.ReadContentAsync();
    app.UseKeptPages();
    app.UseSecurityHeaders();
    app.UseKnownProxies();
    app.UseRequestLog();
    app.UsePlainPages();
    app.UseOneSlash();
    app.UseRouting();
    app.UseStaffDoor();
    app.UseReadingPages();
    app.UsePlatform();

    app.MapStaticAssets();
    app.MapHealth();
    app.MapCampaign();
    app.MapEvents();
    app.MapCourses();
    app.MapStaff();
    app.MapRazorPages().WithStaticAssets();
    app.DrawFirstPage(content);
    app.PrepareStore();
    await content;
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
