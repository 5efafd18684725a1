using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Services;

/// <summary>The finder against a plain loop over everything.</summary>
[BothStores]
public sealed class ServiceFinderTests
{
    [Fact]
    public async Task A_thousand_searches_give_what_a_plain_loop_gives()
    {
        await using var site = new TestSite();
        var generated = new GeneratedServices(4);
        var services = Enumerable.Range(0, 1500).Select(_ => generated.Published()).ToList();
        // Some in every other state: withdrawn, closed, closed for now, never approved.
        foreach (var gone in services.Take(60))
            gone.Withdraw("Staff", "", GeneratedServices.Now);
        foreach (var closed in services.Skip(60).Take(60))
            closed.Close("Staff", "", GeneratedServices.Now);
        foreach (var paused in services.Skip(120).Take(100))
            paused.Pause("Staff", GeneratedServices.Now);
        var waiting = Enumerable.Range(0, 100).Select(_ => generated.Waiting());
        await site.Write(db =>
        {
            db.Set<FamilyService>().AddRange(services);
            db.Set<FamilyService>().AddRange(waiting);
            return db.SaveChangesAsync();
        });

        await using var scope = site.Services.CreateAsyncScope();
        var finder = scope.ServiceProvider.GetRequiredService<ServiceFinder>();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            var query = generated.Query();
            var all = Reference(services, query).ToList();
            Assert.Equal(
                all.Skip(query.Skip).Take(query.Take),
                (await finder.FindAsync(query, TestContext.Current.CancellationToken)).Select(f => f.ServiceId)
            );
            Assert.Equal(
                Math.Min(ServiceFinder.CountsTo + 1, all.Count),
                await finder.CountAsync(query, TestContext.Current.CancellationToken)
            );
            found += all.Count;
        }
        Assert.True(found > 5000, $"The searches found only {found} services, which proves little.");
    }

    static IEnumerable<Guid> Reference(IEnumerable<FamilyService> services, ServiceQuery q)
    {
        var listed =
            from s in services
            where s.IsPublic && s.ClosedAt is null
            let live = s.Live!
            let tags = ServiceTags.Of(live)
            let all = q.All & ~ServiceTags.Nationwide
            where (tags & all) == all && (q.All & ServiceTags.Nationwide) == 0 | live.Nationwide
            where (tags & q.AnyNeed) != 0 && (tags & q.AnyAudience) != 0 && (tags & q.AnyAge) != 0
            where (tags & q.AnyCost) != 0 && (tags & q.AnyLanguage) != 0
            select (Service: s, Live: live, Rank: s.PausedAt is null ? 0 : 1);
        if (q.Near is not { } near)
            return from s in listed
                where
                    q.Region == Region.None
                    || (q.All & ServiceTags.Nationwide) != 0
                    || (s.Live.AtAPlace && s.Live.Places.Any(p => p.Region == q.Region))
                    || s.Live.Areas.Contains(q.Region)
                    || s.Live.Districts.Any(d => RegionOf(d) == q.Region)
                orderby s.Rank, Sorted(s.Live.Title), s.Service.Id.ToString().ToUpperInvariant()
                select s.Service.Id;
        return from s in listed
            let places = s.Live.AtAPlace ? s.Live.Places.Select(p => p.FindableAt()).OfType<GeoPoint>().ToList() : []
            let here = places.Where(p => p.MilesTo(near) <= q.Miles).ToList()
            let lives = s.Live.Areas.Any(a => q.Areas.Contains(ServiceArea.Of(a)))
                || s.Live.Districts.Any(d => q.Areas.Contains(ServiceArea.Of(d)))
            where here.Count > 0 || lives
            // A service that comes to where somebody lives counts by its first place, however far that is.
            let nearest = here.Concat(lives ? places.Take(1) : []).Select(p => p.MilesTo(near)).DefaultIfEmpty(double.MaxValue).Min()
            orderby s.Rank, nearest, s.Service.Id.ToString().ToUpperInvariant()
            select s.Service.Id;
    }

    static string Sorted(string title) => new([.. title.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);

    static Region RegionOf(string code) =>
        (Gazetteer.Default.Districts.GetValueOrDefault(code) ?? Gazetteer.Default.Areas.GetValueOrDefault(code))?.Region ?? Region.None;
}
