using InfantMHWeek;
using InfantMHWeek.Campaign;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Store.Backup;

try
{
    FileDescriptorLimit.Refuse();
    var words = Commands.Words(args);
    var builder = WebApplication.CreateSlimBuilder(
        new WebApplicationOptions { Args = args[words.Length..], ContentRootPath = SiteFolders.Home }
    );
    if (words.Length > 0)
        return await Commands.Run(words, builder, SiteCommands.All);

    StartupWarmup.Begin();
    builder.AddFeatures();
    LeftoverFiles.Clear(builder);
    var app = builder.Build();
    app.Logger.LogInformation("InfantMHWeek {Version}", SiteVersion.Current);
    var content = app.ReadContentAsync();
    var store = Task.Run(() => app.CheckStore(mayWait: true));
    app.UseRequestPipeline();
    app.MapFeatures();
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

/// <summary>Named so that the tests can start the site.</summary>
public sealed partial class Program;
