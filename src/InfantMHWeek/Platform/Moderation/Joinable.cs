using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Moderation;

/// <summary>What is said of something that may turn out to have come in twice.</summary>
interface IJoinableDetails<TSelf> : IModeratedDetails<TSelf>
    where TSelf : class
{
    /// <summary>Of those that were joined: the one whose page this address leads to.</summary>
    Guid? JoinedTo { get; }

    TSelf WithJoinedTo(Guid other);
}

/// <summary>Something that strangers offer and that may come in twice: one page stays, and the address of the other leads to it.</summary>
abstract class Joinable<TDetails> : Moderated<TDetails>
    where TDetails : class, IJoinableDetails<TDetails>, new()
{
    /// <summary>Of one that was joined to another: that other.</summary>
    public Guid? JoinedTo => WithdrawnAt is null ? null : Live?.JoinedTo ?? Proposed?.JoinedTo;

    /// <summary>
    /// It is the same as another, a person says: that one stays, this one's address leads there, and what happened to both is kept.
    /// </summary>
    /// <returns>
    /// False where the other is not on the website, one of them has been taken away, or <see cref="MayJoin"/> forbids it.
    /// </returns>
    public bool JoinTo(Joinable<TDetails> other, string who, DateTimeOffset now)
    {
        if (WithdrawnAt is not null || !other.IsPublic || other.Id == Id || !MayJoin(other))
            return false;
        if (Live is { } live)
            Live = live.WithJoinedTo(other.Id);
        else
            Proposed = Latest.WithJoinedTo(other.Id);
        Note(now, who, StaffWords.JoinedToOther, other.Latest.Title);
        other.Note(now, who, StaffWords.JoinedByOther, TitleAndSource);
        return Withdraw(who, "", now);
    }

    protected virtual bool MayJoin(Joinable<TDetails> other) => true;

    /// <summary>For the history of the one that stays.</summary>
    protected virtual string TitleAndSource => Latest.Title;
}

static class JoinedRows
{
    const int Most = 10;

    /// <summary>The public one that one which was joined leads to; null where it leads nowhere.</summary>
    public static async Task<TEntity?> JoinedAsync<TEntity, TDetails>(this IQueryable<TEntity> all, TEntity gone, CancellationToken cancel)
        where TEntity : Joinable<TDetails>
        where TDetails : class, IJoinableDetails<TDetails>, new()
    {
        var one = gone;
        // What was joined may have been joined again.
        for (var steps = 0; steps < Most && one?.JoinedTo is { } next; steps++)
        {
            one = await all.SingleOrDefaultAsync(o => o.Id == next, cancel);
            if (one is { IsPublic: true })
                return one;
        }
        return null;
    }
}
