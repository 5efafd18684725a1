using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform;

/// <summary>Something the site does by itself now and then. However many instances run, one of them does it; a restart neither skips nor repeats it.</summary>
/// <param name="Name">Names it in the store and the log: <c>take the nightly backup</c>.</param>
/// <param name="Next">From now (UTC), when it is due next.</param>
public sealed record Chore(string Name, Func<DateTime, DateTime> Next, Func<IServiceProvider, CancellationToken, Task> Do)
{
    public const int MaxName = 60;
}

public static class Chores
{
    public static void AddChore<T>(this IServiceCollection services, string name, TimeSpan every, Func<T, CancellationToken, Task> act) where T : notnull =>
        services.AddSingleton(new Chore(name, now => now + every, (scope, cancel) => act(scope.GetRequiredService<T>(), cancel)));
}

/// <summary>Since when a chore waits for its turn.</summary>
public sealed class ChoreTurn
{
    public required string Name { get; init; }
    public required DateTime DueAt { get; set; }
    public DateTime? DoneAt { get; set; }

    /// <summary>When it last went wrong.</summary>
    public DateTime? FailedAt { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<ChoreTurn>
    {
        public void Configure(EntityTypeBuilder<ChoreTurn> builder)
        {
            builder.ToTable("ChoreTurns");
            builder.HasKey(t => t.Name);
            builder.Property(t => t.Name).HasMaxLength(Chore.MaxName);
        }
    }
}

/// <summary>Looks every minute which chores are due, and does those whose turn it gets.</summary>
public sealed class ChoreRound(IEnumerable<Chore> chores, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ChoreRound> log) : BackgroundService
{
    /// <summary>The first readers come first.</summary>
    static readonly TimeSpan First = TimeSpan.FromMinutes(2), Between = TimeSpan.FromMinutes(1), AfterTrouble = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = Between)
        {
            await Task.Delay(wait, clock, stoppingToken);
            await RunDueAsync(stoppingToken);
        }
    }

    /// <returns>The names of those that were done here.</returns>
    public async Task<IReadOnlyList<string>> RunDueAsync(CancellationToken cancel)
    {
        var done = new List<string>();
        foreach (var chore in chores)
        {
            try
            {
                if (!await TakeTurnAsync(chore, chore.Next(Now), cancel)) continue;
                using var trace = Tracing.Start(chore.Name);
                await using var scope = scopes.CreateAsyncScope();
                await chore.Do(scope.ServiceProvider, cancel);
                await NoteAsync(chore, cancel);
                done.Add(chore.Name);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // An exception that left this service would stop the whole site.
                log.LogError(problem, "Could not {Chore}; it is tried again in {Minutes} minutes", chore.Name, AfterTrouble.TotalMinutes);
                await TryAgainSoonAsync(chore, cancel);
            }
        }
        return done;
    }

    async Task<bool> TakeTurnAsync(Chore chore, DateTime next, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
        await using var write = await db.BeginWriteAsync(cancel);
        var turn = await db.Set<ChoreTurn>().FindAsync([chore.Name], cancel);
        var due = turn is not null && turn.DueAt <= Now;
        if (turn is null) db.Add(new ChoreTurn { Name = chore.Name, DueAt = next });
        else if (due) turn.DueAt = next;
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return due;
    }

    async Task NoteAsync(Chore chore, CancellationToken cancel)
    {
        var now = Now;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SiteDb>().Set<ChoreTurn>().Where(t => t.Name == chore.Name).ExecuteUpdateAsync(set => set.SetProperty(t => t.DoneAt, now), cancel);
    }

    async Task TryAgainSoonAsync(Chore chore, CancellationToken cancel)
    {
        try
        {
            var now = Now;
            var soon = now + AfterTrouble;
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SiteDb>().Set<ChoreTurn>().Where(t => t.Name == chore.Name).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, soon).SetProperty(t => t.FailedAt, now), cancel);
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException)
        {
            log.LogError(problem, "The store cannot be reached");
        }
    }

    DateTime Now => clock.GetUtcNow().UtcDateTime;
}
