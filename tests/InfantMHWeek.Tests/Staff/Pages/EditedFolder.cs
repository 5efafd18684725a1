using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Staff.Pages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfantMHWeek.Tests.Staff.Pages;

/// <summary>A content folder with an editor over it and a store of its own, without a web server.</summary>
public sealed class EditedFolder : IAsyncDisposable
{
    readonly WriteLock gate = new();
    readonly DbContextOptions<SiteDb> options;
    readonly ContentWriter writer;
    readonly string database = Path.Combine(Path.GetTempPath(), "editor-" + Guid.NewGuid().ToString("N") + ".db");

    public EditedFolder(string? about = null)
    {
        if (about is not null) Content.Write("about.md", about);
        options = new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={database};Pooling=False").Options;
        using (var db = Db()) db.Database.EnsureCreated();
        Library = new PageLibrary(Content.Root, Clock);
        writer = new ContentWriter(Library);
    }

    public ContentFolderOfTests Content { get; } = new();
    public FakeTimeProvider Clock { get; } = new(TestSite.Start);
    public PageLibrary Library { get; }
    public ContentWriter Writer => writer;
    public static readonly Author Ana = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana"), Ben = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"), "Ben");

    public SiteDb Db() => new(options, gate);
    public string AtDisk(string file = "about.md") => System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Content.Root, file)));

    public async Task<T> With<T>(Func<PageEditor, Task<T>> work)
    {
        await using var db = Db();
        return await work(EditorOver(db));
    }

    public PageEditor EditorOver(SiteDb db)
    {
        var drafts = new PageDrafts(db, Clock);
        return new(db, Library, writer, new(db, Library, writer, drafts, Clock), drafts, Clock);
    }

    public async Task<int?> Keep(Typed typed, Author? who = null)
    {
        await using var db = Db();
        return await new PageDrafts(db, Clock).KeepAsync(typed, who ?? Ana, Cancel);
    }

    public Task<string> Open(string file = "about.md") => With(async e => (await e.OpenAsync(file, Cancel))!.Hash);
    public Task<PublishOutcome> Publish(string? opened, string text, Author? who = null, string file = "about.md", string? note = null) =>
        With(e => e.PublishAsync(new(file, opened, text), who ?? Ana, note, Cancel));

    public async Task<T> Plans<T>(Func<PlannedChanges, Task<T>> work)
    {
        await using var db = Db();
        return await work(new PlannedChanges(db, EditorOver(db), Library, Clock));
    }

    public async Task<IReadOnlyList<PageRevision>> History(string file = "about.md")
    {
        await using var db = Db();
        return await db.Set<PageRevision>().AsNoTracking().Where(r => r.File == file).OrderBy(r => r.At).ToListAsync(Cancel);
    }

    public async Task<IReadOnlyList<PageDraft>> Drafts()
    {
        await using var db = Db();
        return await db.Set<PageDraft>().AsNoTracking().OrderBy(d => d.SavedAt).ToListAsync(Cancel);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        writer.Dispose();
        gate.Dispose();
        Content.Dispose();
        SqliteConnection.ClearAllPools();
        await Task.Yield();
        File.Delete(database);
    }
}
