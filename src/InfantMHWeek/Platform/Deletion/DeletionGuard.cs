using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Platform.Deletion;

/// <summary>
/// The clock says <paramref name="Now"/>, and was last believed at <paramref name="LastSeen"/> (both UTC): too far ahead, or behind.
/// </summary>
sealed record ClockJump(DateTime LastSeen, DateTime Now);

/// <summary>Somebody who remembers when something was last done (UTC), for a site that has not looked at its clock yet.</summary>
sealed record ClockWitness(Func<SiteDb, CancellationToken, Task<DateTime?>> LastActAsync);

/// <summary>
/// Is slow to believe that something must be deleted because its time has come. After a jump of the clock, and when a batch is
/// out of all proportion, nothing is deleted until a person has said so at <c>/staff/health/deletion</c>.
/// </summary>
sealed class DeletionGuard(
    IOptions<DeletionSettings> settings,
    IEnumerable<ClockWitness> witnesses,
    TimeProvider clock,
    ILogger<DeletionGuard> log
)
{
    /// <summary>The clocks of several machines may differ by so much.</summary>
    static readonly TimeSpan MayGoBack = TimeSpan.FromHours(1);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Asks inside the write that would delete. What is not allowed is noted and waits.</summary>
    /// <param name="due">What would be deleted, of all rows of its table.</param>
    /// <returns>Whether it may be deleted now.</returns>
    public async Task<bool> AllowsAsync<T>(SiteDb db, DeletionKind kind, IQueryable<T> due, CancellationToken cancel = default)
        where T : class
    {
        var count = await due.CountAsync(cancel);
        return await AllowsAsync(db, kind, count, count == 0 ? 0 : await db.Set<T>().CountAsync(cancel), cancel);
    }

    /// <param name="due">How many would be deleted.</param>
    /// <param name="all">Of how many.</param>
    /// <inheritdoc cref="AllowsAsync{T}(SiteDb, DeletionKind, IQueryable{T}, CancellationToken)"/>
    public async Task<bool> AllowsAsync(SiteDb db, DeletionKind kind, int due, int all, CancellationToken cancel = default)
    {
        var held = await db.Set<HeldDeletion>().FindAsync([kind.What], cancel);
        await SeeAsync(db, cancel);
        HoldReason? why =
            due == 0 ? null
            : await DetectClockJumpAsync(db, cancel) is not null ? HoldReason.Clock
            : IsTooMuch(kind, due, all) && held?.Allows(due, Now) != true ? HoldReason.Proportion
            : null;
        if (why is not { } because)
        {
            if (held is not null)
                db.Remove(held);
            return true;
        }
        if (held is null)
        {
            log.LogWarning(
                "{Due} of {All} {What} would be deleted, and that is not believed ({Why}): it waits for a person at /staff/health/deletion",
                due,
                all,
                kind.What,
                because
            );
            db.Add(
                held = new()
                {
                    What = kind.What,
                    Job = kind.Job,
                    Why = because,
                    Due = due,
                    Of = all,
                    Since = Now,
                }
            );
        }
        (held.Job, held.Why, held.Due, held.Of) = (kind.Job, because, due, all);
        return false;
    }

    bool IsTooMuch(DeletionKind kind, int due, int all) =>
        due > (kind.MostAtOnce ?? settings.Value.MostAtOnce) && due * 100L > (long)all * settings.Value.MostPercent;

    /// <summary>Notes that the clock goes on as a clock does. A jump is not noted, and is a doubt from then on.</summary>
    public async Task SeeAsync(SiteDb db, CancellationToken cancel = default)
    {
        var now = Now;
        if (await db.Set<ClockSighting>().FindAsync([ClockSighting.TheOne], cancel) is not { } seen)
            db.Add(seen = new() { At = await FirstSightingAsync(db, cancel) ?? now });
        if (!IsDoubtful(seen.At, now) && now > seen.At)
            seen.At = now;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>At the first look there is nothing but what others remember.</summary>
    async Task<DateTime?> FirstSightingAsync(SiteDb db, CancellationToken cancel)
    {
        DateTime? last = null;
        foreach (var witness in witnesses)
            if (await witness.LastActAsync(db, cancel) is { } at && (last is null || at > last))
                last = at;
        return last;
    }

    /// <returns>Null when the clock can be believed.</returns>
    public async Task<ClockJump?> DetectClockJumpAsync(SiteDb db, CancellationToken cancel = default)
    {
        var now = Now;
        return
            await db.Set<ClockSighting>()
                .AsNoTracking()
                .Where(s => s.Id == ClockSighting.TheOne)
                .Select(s => (DateTime?)s.At)
                .FirstOrDefaultAsync(cancel)
                is { } seen
            && IsDoubtful(seen, now)
            ? new(seen, now)
            : null;
    }

    bool IsDoubtful(DateTime seen, DateTime now) =>
        now > seen + TimeSpan.FromDays(settings.Value.LongestStopDays) || now < seen - MayGoBack;

    /// <summary>A person says that the clock is right.</summary>
    public async Task AcceptClockAsync(SiteDb db, CancellationToken cancel = default)
    {
        await SeeAsync(db, cancel);
        (await db.Set<ClockSighting>().SingleAsync(cancel)).At = Now;
    }

    /// <summary>A person says that so many may be deleted.</summary>
    /// <param name="seen">The number that they saw.</param>
    /// <returns>The job that will do it; null when nothing of the kind waits any more.</returns>
    public async Task<string?> AllowAsync(SiteDb db, string what, int seen, CancellationToken cancel = default)
    {
        if (await db.Set<HeldDeletion>().FindAsync([what], cancel) is not { } held)
            return null;
        held.Allow(seen, Now);
        return held.Job;
    }

    /// <summary>What waits, for the staff page: <c>240 of 300 messages to the charity</c>.</summary>
    public static string InWords(HeldDeletion held) => string.Create(TimeInWords.British, $"{held.Due:N0} of {held.Of:N0} {held.What}");
}
