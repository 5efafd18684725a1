using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Forms;

/// <summary>How often something may be tried.</summary>
/// <param name="Key">Who tries what. Only its hash is kept.</param>
/// <param name="Burst">How many at once.</param>
/// <param name="Every">How long until one more.</param>
sealed record Budget(string Key, int Burst, TimeSpan Every);

/// <summary>A budget of which something is used. The row goes when all of it is there again.</summary>
sealed class UsedBudget
{
    public required string KeyHash { get; init; }

    /// <summary>When nothing of it will be used any more, if nobody tries until then.</summary>
    public required DateTime WholeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<UsedBudget>
    {
        public void Configure(EntityTypeBuilder<UsedBudget> builder)
        {
            builder.ToTable("UsedBudgets");
            builder.HasKey(b => b.KeyHash);
            builder.Property(b => b.KeyHash).HasMaxLength(TextHash.Length);
            builder.HasIndex(b => b.WholeAt);
        }
    }
}

/// <summary>
/// Counts attempts in the store: several instances count together, and a restart forgives nothing. (The rule is the "generic cell
/// rate algorithm".)
/// </summary>
sealed class Throttle(SiteStore store, TimeProvider clock)
{
    /// <summary>Takes one attempt from each budget, before anything is compared; takes none if one of them is used up.</summary>
    public async Task<bool> TryTakeAsync(IReadOnlyList<Budget> budgets, CancellationToken cancel = default)
    {
        // Whoever is refused costs the others no turn at writing.
        if (UsedUp(budgets, await store.ReadAsync(db => UsedAsync(db, budgets, cancel))))
            return false;
        return await store.WriteAsync(
            async db =>
            {
                var used = await UsedAsync(db, budgets, cancel);
                if (UsedUp(budgets, used))
                    return false;
                foreach (var budget in budgets)
                    await SetAsync(db, budget, used, Later(used.GetValueOrDefault(HashOf(budget)), Now) + budget.Every, cancel);
                return true;
            },
            cancel
        );
    }

    /// <summary>A success costs nothing.</summary>
    public Task GiveBackAsync(IReadOnlyList<Budget> budgets, CancellationToken cancel = default) =>
        store.WriteAsync(
            async db =>
            {
                var used = await UsedAsync(db, budgets, cancel);
                foreach (var budget in budgets)
                    if (used.TryGetValue(HashOf(budget), out var whole))
                        await SetAsync(db, budget, used, whole - budget.Every, cancel);
            },
            cancel
        );

    /// <summary>Removes what says nothing any more.</summary>
    public Task ForgetAsync(CancellationToken cancel) =>
        store.WriteAsync(
            db =>
            {
                var now = Now;
                return db.Set<UsedBudget>().Where(b => b.WholeAt <= now).ExecuteDeleteAsync(cancel);
            },
            cancel
        );

    bool UsedUp(IReadOnlyList<Budget> budgets, Dictionary<string, DateTime> used) =>
        budgets.Any(b => used.TryGetValue(HashOf(b), out var whole) && whole - Now > b.Every * (b.Burst - 1));

    static Task<Dictionary<string, DateTime>> UsedAsync(SiteDb db, IReadOnlyList<Budget> budgets, CancellationToken cancel)
    {
        var keys = budgets.Select(HashOf).ToList();
        return db.Set<UsedBudget>()
            .AsNoTracking()
            .Where(b => keys.Contains(b.KeyHash))
            .ToDictionaryAsync(b => b.KeyHash, b => b.WholeAt, StringComparer.Ordinal, cancel);
    }

    static async Task SetAsync(SiteDb db, Budget budget, Dictionary<string, DateTime> used, DateTime whole, CancellationToken cancel)
    {
        var key = HashOf(budget);
        if (used.ContainsKey(key))
        {
            await db.Set<UsedBudget>()
                .Where(b => b.KeyHash == key)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.WholeAt, whole), cancel);
            return;
        }
        db.Add(new UsedBudget { KeyHash = key, WholeAt = whole });
        await db.SaveChangesAsync(cancel);
    }

    static string HashOf(Budget budget) => TextHash.Of(budget.Key);

    static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    DateTime Now => clock.GetUtcNow().UtcDateTime;
}
