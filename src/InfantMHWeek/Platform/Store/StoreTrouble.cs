using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Store;

/// <summary>The turn to write did not come in time: somebody before us hangs.</summary>
public sealed class StoreBusyException() : TimeoutException("The store did not give a turn to write in time.");

/// <summary>
/// The one definition of "the store is in trouble", for jobs, forms, the editor and health checks alike. Drivers and Entity
/// Framework wrap each other's exceptions in types of their own, so the whole chain is looked at.
/// </summary>
public static class StoreTrouble
{
    /// <summary>SQLite's codes for "somebody else has it just now" (SQLITE_BUSY, SQLITE_LOCKED).</summary>
    const int Busy = 5, Locked = 6;

    /// <summary>Whether the store could not do what it was asked: away, full, busy, or it refused.</summary>
    public static bool Is(Exception? problem) => Chain(problem).Any(p => p is DbException or DbUpdateException or StoreBusyException);

    /// <summary>Whether the engine says that the same may work when it is begun again from the start.</summary>
    public static bool MayTryAgain(Exception problem) =>
        Chain(problem).Any(p => p is SqliteException { SqliteErrorCode: Busy or Locked } || p is DbException { IsTransient: true });

    static IEnumerable<Exception> Chain(Exception? problem)
    {
        for (var p = problem; p is not null; p = p.InnerException) yield return p;
    }
}
