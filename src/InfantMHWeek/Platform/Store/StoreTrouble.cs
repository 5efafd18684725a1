using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InfantMHWeek.Platform.Store;

/// <summary>The turn to write did not come in time: somebody before us hangs.</summary>
sealed class StoreBusyException() : TimeoutException("The store did not give a turn to write in time.");

/// <summary>
/// The one definition of "the store is in trouble", for jobs, forms, the editor and health checks alike. Drivers and Entity
/// Framework wrap each other's exceptions in types of their own, so the whole chain is looked at.
/// </summary>
static class StoreTrouble
{
    /// <summary>SQLite's codes for "somebody else has it just now" (SQLITE_BUSY, SQLITE_LOCKED).</summary>
    const int Busy = 5,
        Locked = 6;

    /// <summary>Whether the store could not do what it was asked: away, full, busy, of another version, or it refused.</summary>
    public static bool Is(Exception? problem) =>
        Chain(problem).Any(p => p is DbException or DbUpdateException or StoreBusyException or ForeignSchemaException);

    /// <summary>Whether another version of the site has changed the store, and this one has to be replaced.</summary>
    public static bool IsForeign(Exception? problem) => Chain(problem).Any(p => p is ForeignSchemaException);

    /// <summary>Whether the engine says that the same may work when it is begun again from the start.</summary>
    public static bool MayTryAgain(Exception problem) =>
        Chain(problem).Any(p => p is SqliteException { SqliteErrorCode: Busy or Locked } || p is DbException { IsTransient: true });

    /// <summary>Whether the store did not answer at all, or does so only later: nothing is known of what it holds.</summary>
    public static bool IsAway(Exception problem) =>
        Chain(problem)
            .Any(p =>
                p switch
                {
                    SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked,
                    // It is starting or stopping, takes no connections, or has no room for one more.
                    PostgresException postgres => postgres.SqlState is "57P01" or "57P02" or "57P03" or "55000" or "53300",
                    NpgsqlException or StoreBusyException => true,
                    _ => false,
                }
            );

    static IEnumerable<Exception> Chain(Exception? problem)
    {
        for (var p = problem; p is not null; p = p.InnerException)
            yield return p;
    }
}
