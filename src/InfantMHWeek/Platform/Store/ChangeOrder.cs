using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// A number that rises with every change of a table, in the order in which the changes are stored. A clock cannot say that: it is read
/// before the turn to write has come, it may be set back, and two changes may fall into one of its moments. Whoever has read up to a
/// number has seen everything up to it.
/// </summary>
static class ChangeOrder
{
    const string Mark = "ChangeOrder";

    /// <summary>An entity sets it to the time, or one more than before; when it is saved it is made to follow the last one.</summary>
    public static void IsChangeOrder(this PropertyBuilder<long?> property) => property.HasAnnotation(Mark, true);

    /// <summary>Inside the lock, so that no other write comes between. The table needs an index that begins with the number.</summary>
    public static async Task SetAsync(DbContext db, CancellationToken cancel)
    {
        Dictionary<IProperty, long> last = [];
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (
                entry.State is not (EntityState.Added or EntityState.Modified)
                || entry.Metadata.GetProperties().FirstOrDefault(p => p.FindAnnotation(Mark) is not null) is not { } property
                || entry.Property(property).CurrentValue is not long number
                || entry.State == EntityState.Modified && !entry.Property(property).IsModified
            )
                continue;
            if (!last.TryGetValue(property, out var before))
                before = await LastAsync(db, property, cancel);
            last[property] = number > before ? number : before + 1;
            entry.Property(property).CurrentValue = last[property];
        }
    }

    static async Task<long> LastAsync(DbContext db, IProperty property, CancellationToken cancel)
    {
        var table = property.DeclaringType.GetTableName();
        var asked = $"SELECT MAX(\"{property.GetColumnName()}\") AS \"Value\" FROM \"{table}\"";
        return await db.Database.SqlQueryRaw<long?>(asked).SingleAsync(cancel) ?? 0;
    }
}
