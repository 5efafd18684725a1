using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Forms;

/// <summary>How often something may be tried: counted together by all instances.</summary>
[BothStores]
public sealed class ThrottleTests : IAsyncDisposable
{
    static readonly Budget Five = new("somebody@example.org from 192.0.2.7", 5, TimeSpan.FromMinutes(3));
    readonly TestSite site = new();
    readonly InfantMHWeek.Platform.Store.SiteStore store;

    // Started here: several at once would start several.
    public ThrottleTests() => store = site.Services.GetRequiredService<InfantMHWeek.Platform.Store.SiteStore>();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    Throttle Instance() => new(store, site.Clock);

    async Task<int> Tried(int times, params Budget[] budgets)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, times).Select(_ => Task.Run(() => Instance().TryTakeAsync(budgets, Cancel), Cancel))
        );
        return answers.Count(fine => fine);
    }

    [Fact]
    public async Task Several_instances_allow_together_what_one_would()
    {
        Assert.Equal(5, await Tried(24, Five));
        site.Clock.Advance(TimeSpan.FromMinutes(6.1));
        Assert.Equal(2, await Tried(8, Five));
        // The control: somebody else is not in the way.
        Assert.Equal(5, await Tried(8, Five with { Key = "another" }));
    }

    [Fact]
    public async Task What_is_given_back_can_be_used_again_and_one_empty_budget_takes_from_none()
    {
        Assert.Equal(5, await Tried(5, Five));
        var other = Five with { Key = "network" };
        Assert.Equal(0, await Tried(3, Five, other));
        Assert.Equal(5, await Tried(6, other));

        await Instance().GiveBackAsync([Five], Cancel);
        Assert.Equal(1, await Tried(3, Five));
    }

    [Fact]
    public async Task No_address_is_kept_and_nothing_longer_than_it_counts()
    {
        await Tried(1, Five);
        Assert.DoesNotContain(
            "example",
            (await site.InStore(db => db.Set<UsedBudget>().SingleAsync(Cancel))).KeyHash,
            StringComparison.Ordinal
        );
        await Instance().ForgetAsync(Cancel);
        Assert.Equal(1, await site.InStore(db => db.Set<UsedBudget>().CountAsync(Cancel)));
        site.Clock.Advance(TimeSpan.FromMinutes(3.1));
        await Instance().ForgetAsync(Cancel);
        Assert.Equal(0, await site.InStore(db => db.Set<UsedBudget>().CountAsync(Cancel)));
    }
}
