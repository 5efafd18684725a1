using InfantMHWeek.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfantMHWeek.Tests.Platform;

/// <summary>What the site does by itself: once, whoever does it, however often it is started anew.</summary>
public sealed class ChoreTests : IAsyncDisposable
{
    readonly TestSite site = new();
    int done;
    bool broken;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    public ValueTask DisposeAsync() => site.DisposeAsync();

    ChoreRound Instance() => new([new Chore("sweep", now => now.AddHours(12), (_, _) => broken ? throw new IOException("The broom is broken.") : Task.FromResult(Interlocked.Increment(ref done)))],
        site.Services.GetRequiredService<IServiceScopeFactory>(), site.Clock, NullLogger<ChoreRound>.Instance);

    [Fact]
    public async Task One_of_several_instances_does_it_when_it_is_due_and_a_restart_changes_nothing()
    {
        var instances = new[] { Instance(), Instance(), Instance() };
        await Task.WhenAll(instances.Select(i => i.RunDueAsync(Cancel)));
        Assert.Equal(0, done);

        for (var day = 1; day <= 6; day++)
        {
            site.Clock.Advance(TimeSpan.FromHours(12));
            instances[day % 3] = Instance();
            await Task.WhenAll(instances.Select(i => i.RunDueAsync(Cancel)));
            Assert.Equal(day, done);
        }
    }

    [Fact]
    public async Task What_went_wrong_is_tried_again_soon_and_stops_nothing()
    {
        var instance = Instance();
        await instance.RunDueAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromHours(13));
        broken = true;
        Assert.Empty(await instance.RunDueAsync(Cancel));

        broken = false;
        Assert.Empty(await instance.RunDueAsync(Cancel));
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(["sweep"], await instance.RunDueAsync(Cancel));
    }

    [Fact]
    public void Every_chore_has_a_name_of_its_own()
    {
        var names = site.Services.GetServices<Chore>().Select(c => c.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, Chore.MaxName));
        Assert.Contains("take the nightly backup", names, StringComparer.Ordinal);
    }
}
