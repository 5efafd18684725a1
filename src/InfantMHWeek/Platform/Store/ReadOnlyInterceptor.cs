using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Refuses every statement that changes rows on a context that only reads, also those that never pass
/// <see cref="SiteDb.SaveChangesAsync(bool, CancellationToken)"/>: whoever writes does so in
/// <see cref="SiteStore.WriteAsync{T}(Func{SiteDb, Task{T}}, CancellationToken)"/>.
/// </summary>
sealed class ReadOnlyInterceptor : DbCommandInterceptor
{
    public static readonly ReadOnlyInterceptor Instance = new();

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Refuse(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Refuse(eventData);
        return ValueTask.FromResult(result);
    }

    static void Refuse(CommandEventData asked)
    {
        if (
            asked.Context is SiteDb { Writes: false }
            && asked.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.ExecuteSqlRaw
        )
            throw new InvalidOperationException(SiteDb.OnlyReads);
    }
}
