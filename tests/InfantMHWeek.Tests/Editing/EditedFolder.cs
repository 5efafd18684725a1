using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace InfantMHWeek.Tests.Editing;

/// <summary>A content folder with an editor over it and a store of its own, without a web server.</summary>
public sealed class EditedFolder : IAsyncDisposable
{
    readonly ServiceProvider services;
    readonly string database = Path.Combine(Path.GetTempPath(), "editor-" + Guid.NewGuid().ToString("N") + ".db");

    public EditedFolder(string? about = null)
    {
        if (about is not null)
            Content.Write("about.md", about);
        Library = new PageLibrary(Content.Root, Clock);
        var all = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Library)
            .AddSingleton<ContentWriter>()
            .AddSingleton<WriteLock>()
            .AddSingleton<SchemaGuard>()
            .AddSingleton<SiteStore>()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection([new("Site:BaseUrl", "https://week.example")]).Build()
            )
            .AddSingleton<IServer, TestServer>()
            .AddSingleton<SiteAddress>()
            .AddScoped(s => new SiteDb(new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={database};Pooling=False").Options))
            .AddScoped<PageDrafts>()
            .AddScoped<PageHistory>()
            .AddScoped<OutsideEdits>()
            .AddScoped<RevisionWriter>()
            .AddScoped<PageConsequences>()
            .AddSingleton<PageCheck>()
            .AddScoped<TextMeeting>()
            .AddScoped<PageEditor>()
            .AddScoped<InterruptedSaves>()
            .AddScoped<PageUndo>()
            .AddScoped<PageMoves>()
            .AddScoped<PlannedChanges>()
            .AddScoped<DuePlans>();
        services = all.BuildServiceProvider();
        Scope().ServiceProvider.GetRequiredService<SiteDb>().Database.Migrate();
    }

    public TestContentFolder Content { get; } = new();
    public FakeTimeProvider Clock { get; } = new(TestSite.Start);
    internal PageLibrary Library { get; }
    internal ContentWriter Writer => services.GetRequiredService<ContentWriter>();
    internal static readonly Author Ana = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana"),
        Ben = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"), "Ben");

    /// <summary>The services of one request.</summary>
    public IServiceScope Scope() => services.CreateScope();

    internal SiteDb Db() => Scope().ServiceProvider.GetRequiredService<SiteDb>();

    internal Task Write(Func<SiteDb, Task> change) => services.GetRequiredService<SiteStore>().WriteAsync(change, Cancel);

    public string AtDisk(string file = "about.md") =>
        System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Content.Root, file)));

    /// <summary>As a process does that starts after another was killed.</summary>
    public async Task RecoverAsync()
    {
        using var scope = Scope();
        await scope.ServiceProvider.GetRequiredService<InterruptedSaves>().RecoverAsync(Cancel);
    }

    internal async Task<T> With<T>(Func<PageEditor, Task<T>> work)
    {
        using var scope = Scope();
        return await work(scope.ServiceProvider.GetRequiredService<PageEditor>());
    }

    public async Task<T> Ask<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        using var scope = Scope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    internal Task<int?> Keep(EditedText typed, Author? who = null) => Ask<PageDrafts, int?>(d => d.KeepAsync(typed, who ?? Ana, Cancel));

    public Task<string> Open(string file = "about.md") => With(async e => (await e.OpenAsync(file, Cancel))!.Hash);

    internal Task<PublishResult> Publish(string? opened, string text, Author? who = null, string file = "about.md", string? note = null) =>
        With(e => e.PublishAsync(new(file, opened, text), who ?? Ana, note, Cancel));

    internal Task<T> Plans<T>(Func<PlannedChanges, Task<T>> work) => Ask(work);

    internal Task<T> DuePlans<T>(Func<DuePlans, Task<T>> work) => Ask(work);

    internal async Task<IReadOnlyList<PageRevision>> History(string file = "about.md")
    {
        await using var db = Db();
        return await db.Set<PageRevision>().AsNoTracking().Where(r => r.File == file).OrderBy(r => r.At).ToListAsync(Cancel);
    }

    internal async Task<IReadOnlyList<PageDraft>> Drafts()
    {
        await using var db = Db();
        return await db.Set<PageDraft>().AsNoTracking().OrderBy(d => d.SavedAt).ToListAsync(Cancel);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Content.Dispose();
        SqliteConnection.ClearAllPools();
        File.Delete(database);
    }
}
