using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Pages;

/// <summary>For a page that is made from the store alone.</summary>
static class StoreFreshness
{
    static readonly TimeSpan SureFor = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is read from now on is so until this instance writes, and for a second: that is how soon a page follows the others and the
    /// clock. Asked for before anything is read.
    /// </summary>
    public static Freshness From(SiteStore store, TimeProvider clock)
    {
        var (written, at) = (store.Written, clock.GetTimestamp());
        bool IsSure() => store.Written == written && clock.GetElapsedTime(at) < SureFor;
        return new(IsSure, _ => Task.FromResult(IsSure()));
    }
}
