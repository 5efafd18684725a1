using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Capacity;

/// <summary>Something with so many places: a group of a course, one date of an event.</summary>
interface IHasPlaces
{
    Guid Id { get; }
    int Places { get; }

    /// <summary>Only ever changed by <see cref="PlaceCount"/>. More than there are, where there were more once.</summary>
    int PlacesTaken { get; }
}

/// <summary>
/// Every place that is ever taken is taken here, by one conditional update inside somebody's write: the row count decides, whatever was
/// read before.
/// </summary>
static class PlaceCount
{
    /// <returns>False where all are taken.</returns>
    public static async Task<bool> ClaimPlaceAsync<T>(this DbContext db, Guid id, CancellationToken cancel)
        where T : class, IHasPlaces =>
        await db.Set<T>()
            .Where(row => row.Id == id && row.PlacesTaken < row.Places)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PlacesTaken, row => row.PlacesTaken + 1), cancel) == 1;

    public static Task ReleasePlaceAsync<T>(this DbContext db, Guid id, CancellationToken cancel)
        where T : class, IHasPlaces =>
        db.Set<T>()
            .Where(row => row.Id == id && row.PlacesTaken > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PlacesTaken, row => row.PlacesTaken - 1), cancel);
}
