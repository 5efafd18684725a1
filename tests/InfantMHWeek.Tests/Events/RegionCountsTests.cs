using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>Among very many events counting takes seconds, and a visitor waits for it two at most, once.</summary>
[OneStore("how long counting takes; the finder's tests count on both")]
public sealed class RegionCountsTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A store that takes as long as we say.</summary>
    sealed class SlowScopes(IServiceScopeFactory scopes) : IServiceScopeFactory, IDisposable
    {
        readonly SemaphoreSlim mayBegin = new(0),
            begun = new(0);

        public IServiceScope CreateScope()
        {
            begun.Release();
            mayBegin.Wait(Cancel);
            return scopes.CreateScope();
        }

        public Task HasBegun() => begun.WaitAsync(Cancel);

        public void Go() => mayBegin.Release();

        public void Dispose()
        {
            mayBegin.Dispose();
            begun.Dispose();
        }
    }

    Task Add(string title) =>
        site.Write(async db =>
        {
            var generated = new GeneratedEvents(title.Length);
            db.Add(generated.Published(generated.Once(title)));
            await db.SaveChangesAsync(Cancel);
        });

    [Fact]
    public async Task Nobody_waits_for_long_and_those_who_come_later_see_what_was_counted_last()
    {
        await Add("One");
        using var scopes = new SlowScopes(site.Services.GetRequiredService<IServiceScopeFactory>());
        var counts = new RegionCounts(scopes, site.Clock);
        var now = new PageClock(site.Clock);
        int Sum(IReadOnlyDictionary<Region, int>? counted) => counted?.Values.Sum() ?? -1;

        var first = counts.GetAsync(now, Cancel).AsTask();
        await scopes.HasBegun();
        Assert.False(first.IsCompleted);
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(-1, Sum(await first));
        // It went on, and is counted once for all who ask.
        var (second, third) = (counts.GetAsync(now, Cancel).AsTask(), counts.GetAsync(now, Cancel).AsTask());
        scopes.Go();
        Assert.Equal((1, 1), (Sum(await second), Sum(await third)));

        // What took two seconds is counted once a minute; until then nobody asks the store.
        await Add("Another");
        site.Clock.Advance(TimeSpan.FromSeconds(55));
        Assert.Equal(1, Sum(await counts.GetAsync(now, Cancel)));
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        var later = counts.GetAsync(now, Cancel).AsTask();
        await scopes.HasBegun();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Sum(await later));
        var last = counts.GetAsync(now, Cancel).AsTask();
        scopes.Go();
        Assert.Equal(2, Sum(await last));
    }
}
