using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Partners;

/// <summary>One reading of a feed.</summary>
/// <param name="Reader">Names it: only one at a time is listened to.</param>
/// <param name="FlagMany">A person has looked: what is missing is gone, however much it is.</param>
sealed record FeedTurn(Guid Feed, Guid Reader, bool FlagMany);

/// <summary>The feed was stopped or changed while it was read, or another reads it: what this reading brings does not count.</summary>
sealed class FeedTurnLostException() : Exception("The feed is no longer read by this reading.");

static class FeedTurns
{
    /// <summary>Inside a write: the feed as it is now, so that nothing rests on what was true when the reading began.</summary>
    /// <exception cref="FeedTurnLostException">It is no longer this reading's turn.</exception>
    public static async Task<PartnerFeed> FeedInTurnAsync(this SiteDb inside, FeedTurn turn, CancellationToken cancel) =>
        await inside.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == turn.Feed, cancel) is { } feed && feed.IsReadBy(turn.Reader)
            ? feed
            : throw new FeedTurnLostException();
}
