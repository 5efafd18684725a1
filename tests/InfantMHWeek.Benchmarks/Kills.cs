using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Benchmarks;

/// <summary>Kills a process that saves a page again and again, and looks each time whether file and history are whole.</summary>
static class Kills
{
    const string File = "about.md";

    static string TextOf(int number) =>
        "---\ntitle: About\nsummary: "
        + $"Words.\n---\n\n{string.Concat(Enumerable.Repeat($"Text {number}, in a paragraph.\n\n", 800))}\n\nend of {number}\n";

    /// <summary>What an editor stands on, without a web server.</summary>
    static ServiceProvider Open(string folder)
    {
        var library = new PageLibrary(Path.Combine(folder, "content"), TimeProvider.System);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(library)
            .AddSingleton<ContentWriter>()
            .AddSingleton<WriteLock>()
            .AddSingleton<SchemaGuard>()
            .AddSingleton<SiteStore>()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection([new("Site:BaseUrl", "https://week.example")]).Build()
            )
            .AddSingleton(s => new SiteAddress(s.GetRequiredService<IConfiguration>(), null!))
            .AddScoped(s => new SiteDb(
                new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={Path.Combine(folder, "site.db")}").Options
            ))
            .AddScoped<PageDrafts>()
            .AddScoped<PageHistory>()
            .AddScoped<OutsideEdits>()
            .AddScoped<RevisionWriter>()
            .AddScoped<PageConsequences>()
            .AddSingleton<PageCheck>()
            .AddScoped<TextMeeting>()
            .AddScoped<PageEditor>()
            .AddScoped<InterruptedSaves>()
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
        db.Database.Migrate();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        return services;
    }

    /// <summary>The process that is killed: says which text it begins to save, and which is saved.</summary>
    public static async Task<int> SaveForEver(string folder, string from)
    {
        await using var services = Open(folder);
        using var scope = services.CreateScope();
        var editor = scope.ServiceProvider.GetRequiredService<PageEditor>();
        await scope.ServiceProvider.GetRequiredService<InterruptedSaves>().RecoverAsync(default);
        var hash = (await editor.OpenAsync(File, default))!.Hash;
        for (var number = int.Parse(from, CultureInfo.InvariantCulture); ; number++)
        {
            Console.WriteLine("begin " + number.ToString(CultureInfo.InvariantCulture));
            var outcome = await editor.PublishAsync(
                new(File, hash, TextOf(number)),
                new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana"),
                null,
                default
            );
            if (outcome.Answer != PublishStatus.Published)
                throw new InvalidOperationException($"Not saved: {outcome.Answer} {(outcome.Faults is [var fault, ..] ? fault : null)}");
            hash = outcome.Hash!;
            Console.WriteLine("done " + number.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static async Task<int> Run(string times)
    {
        var folder = Directory.CreateTempSubdirectory("kills-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "content"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "content", File), TextOf(0));
        var random = new Random(7);
        var (next, torn, lost, saves) = (1, 0, 0, 0);
        for (var kill = 0; kill < int.Parse(times, CultureInfo.InvariantCulture); kill++)
        {
            var done = new List<int>();
            using (
                var child = Process.Start(
                    new ProcessStartInfo(
                        Path.Combine(AppContext.BaseDirectory, "InfantMHWeek.Benchmarks"),
                        ["save-for-ever", folder, next.ToString(CultureInfo.InvariantCulture)]
                    )
                    {
                        RedirectStandardOutput = true,
                        UseShellExecute = false,
                    }
                )!
            )
            {
                var die = long.MaxValue;
                while (await child.StandardOutput.ReadLineAsync() is { } line)
                {
                    var number = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
                    next = Math.Max(next, number + 1);
                    if (line.StartsWith("done", StringComparison.Ordinal))
                        done.Add(number);
                    if (die == long.MaxValue && done.Count > 0)
                    {
                        die = 0;
                        _ = Task.Delay(random.Next(0, 120)).ContinueWith(_ => child.Kill(), TaskScheduler.Default);
                    }
                }
                await child.WaitForExitAsync();
            }
            saves += done.Count;
            var text = await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "content", File));
            var mark = text.Split("end of ")[^1].Trim();
            if (!int.TryParse(mark, CultureInfo.InvariantCulture, out var shown) || text != TextOf(shown))
                torn++;
            await using var services = Open(folder);
            using var scope = services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
            await scope.ServiceProvider.GetRequiredService<InterruptedSaves>().RecoverAsync(default);
            var history = await db.Set<PageRevision>()
                .Where(r => r.File == File && r.State == RevisionState.Published)
                .Select(r => r.Hash)
                .ToListAsync();
            lost += done.Append(shown).Count(n => !history.Contains(ContentHash.Of(TextOf(n)), StringComparer.Ordinal));
            lost +=
                await db.Set<PageRevision>().CountAsync(r => r.State == RevisionState.UnderWay)
                + Directory.GetFiles(Path.Combine(folder, "content"), ".*").Length;
            if (kill % 25 == 24)
                await Console.Error.WriteLineAsync($"{kill + 1} kills, {saves} saves: {torn} torn, {lost} lost");
        }
        Directory.Delete(folder, recursive: true);
        Console.WriteLine($"{times} kills during {saves} saves: {torn} torn files, {lost} texts or loose ends lost");
        return torn + lost == 0 && saves > 0 ? 0 : 1;
    }
}
