using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>What a page is given only reads, and nothing that was read before the lock decides inside it.</summary>
[BothStores]
public sealed class OneWayToWriteTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static WriteBorder Border()
    {
        using var db = StoreServices.Open("Data Source=:memory:");
        return new(db.Model.GetEntityTypes().Select(e => e.ClrType.FullName!).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void No_entity_crosses_the_border_of_a_write()
    {
        using var program = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);

        Assert.Empty(Border().Crossings(program));
    }

    /// <summary>The control: the same look at writes that do it.</summary>
    [Fact]
    public void An_entity_that_crosses_is_found()
    {
        using var tests = ModuleDefinition.ReadModule(typeof(OneWayToWriteTests).Assembly.Location);

        var found = Border().Crossings(tests).Where(c => c.Contains(nameof(Crossing), StringComparison.Ordinal)).ToList();

        Assert.Contains(found, c => c.Contains("captures cohort", StringComparison.Ordinal));
        Assert.Contains(found, c => c.Contains("captures many", StringComparison.Ordinal));
        Assert.Contains(found, c => c.Contains("reads Place", StringComparison.Ordinal));
        Assert.DoesNotContain(found, c => c.Contains("born", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_context_outside_a_write_follows_nothing_and_changes_nothing()
    {
        var refused = new List<string>();
        await site.InStore(async db =>
        {
            db.Add(new UsedBudgetLike().Row());
            refused.Add((await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancel))).Message);
            refused.Add(Assert.Throws<InvalidOperationException>(() => db.SaveChanges()).Message);
            refused.Add((await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Cohort>().ExecuteDeleteAsync(Cancel))).Message);
            refused.Add(
                (
                    await Assert.ThrowsAsync<InvalidOperationException>(() =>
                        db.Set<Cohort>().ExecuteUpdateAsync(set => set.SetProperty(c => c.PlacesTaken, 0), Cancel)
                    )
                ).Message
            );
            refused.Add(Assert.Throws<InvalidOperationException>(() => db.Database.ExecuteSqlRaw("DELETE FROM \"Cohorts\"")).Message);
            return 0;
        });
        Assert.All(refused, message => Assert.Equal(SiteDb.OnlyReads, message));
        Assert.Equal(QueryTrackingBehavior.NoTracking, await site.InStore(db => Task.FromResult(db.ChangeTracker.QueryTrackingBehavior)));
    }

    /// <summary>The control: inside a write the same is allowed.</summary>
    [Fact]
    public async Task A_write_changes_rows() => Assert.Equal(0, await site.Write(db => db.Set<Cohort>().ExecuteDeleteAsync(Cancel)));

    [Fact]
    public async Task A_write_inside_a_write_is_refused_instead_of_waiting_for_itself() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            site.Write(_ => site.Write(db => db.Set<Cohort>().ExecuteDeleteAsync(Cancel)))
        );

    /// <summary>All of it is run again from the start, on a context that has seen nothing of the first try.</summary>
    [Fact]
    public async Task What_the_engine_calls_transient_is_begun_again()
    {
        var contexts = new HashSet<SiteDb>();
        await site.Write(async db =>
        {
            contexts.Add(db);
            db.Add(new UsedBudgetLike().Row());
            await db.SaveChangesAsync(Cancel);
            if (contexts.Count < 3)
                throw new Microsoft.Data.Sqlite.SqliteException("database is locked", 5);
        });
        Assert.Equal(3, contexts.Count);
        Assert.Equal(1, await site.InStore(db => db.Set<InfantMHWeek.Platform.Forms.UsedBudget>().CountAsync(Cancel)));
    }

    sealed class UsedBudgetLike
    {
        public InfantMHWeek.Platform.Forms.UsedBudget Row() =>
            new() { KeyHash = Guid.NewGuid().ToString("N"), WholeAt = TestSite.Start.UtcDateTime };
    }

    /// <summary>Never run: what the border must find, and what it must not.</summary>
    sealed class Crossing(SiteStore store)
    {
        public Cohort Place { get; set; } = null!;

        public Task ByCapture(Cohort cohort) =>
            store.WriteAsync(async db =>
            {
                await db.SaveChangesAsync();
                return cohort.Places;
            });

        public Task ByMany(List<Cohort> many) => store.WriteAsync(db => Task.FromResult(many.Count));

        public Task ByProperty() => store.WriteAsync(db => Task.FromResult(Place.Places));

        public Task Honest(Guid id) =>
            store.WriteAsync(async db =>
            {
                var born = await db.Set<Cohort>().SingleAsync(c => c.Id == id);
                return await db.Set<Application>().CountAsync(a => a.CohortId == born.Id);
            });
    }
}
