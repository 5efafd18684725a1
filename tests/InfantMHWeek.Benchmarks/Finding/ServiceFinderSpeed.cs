using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>How long the finder of services takes in the store, through Entity Framework Core: the nearest 21 within 10 miles.</summary>
static class ServiceFinderSpeed
{
    const int ServicesAtOnce = 1000;
    static readonly DateTimeOffset Now = new(2026, 6, 8, 9, 0, 0, TimeSpan.Zero);

    /// <param name="store">A folder for a SQLite database, or the connection string of a PostgreSQL server.</param>
    public static async Task<int> Run(string store, string count)
    {
        var postgres = StoreServices.IsPostgres(store);
        if (!postgres)
            Directory.CreateDirectory(store);
        var connection = postgres ? $"{store};Database=services{count}" : $"Data Source={Path.Combine(store, $"services-{count}.db")}";
        await using (var empty = StoreServices.Open(connection))
        {
            // As the site makes it, so that a site can be started on it afterwards.
            await empty.Database.MigrateAsync();
            if (!await empty.Set<FamilyService>().AnyAsync())
                await Fill(connection, int.Parse(count, CultureInfo.InvariantCulture));
        }
        await using var db = StoreServices.Open(connection);
        Console.WriteLine(
            $"{(postgres ? "PostgreSQL" : "SQLite")}: {await db.Set<FamilyService>().CountAsync():N0} services, "
                + $"{await db.Set<ServicePoint>().CountAsync(p => p.Cell < ServiceArea.First):N0} places"
        );
        await Measure(db, "by distance", q => q);
        await Measure(db, "with five filters", q =>
            q with
            {
                All = ServiceTags.Of(Access.AskYourself) | ServiceTags.Of(ServiceFacts.StepFree),
                AnyNeed = ServiceTags.Of(Need.Bond) | ServiceTags.Of(Need.Fathers),
                AnyAge = ServiceTags.Of(ChildAge.FirstYear),
                AnyCost = ServiceTags.Of(ServiceCost.Free),
            }
        );
        await Measure(db, "with a rare language", q => q with { AnyLanguage = ServiceTags.Of(Languages.Somali) });
        return 0;
    }

    /// <summary>The finder's page of a site that runs on such a store, asked for by one reader after the other.</summary>
    public static async Task<int> Pages(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var (random, districts) = (new Random(2), Gazetteer.Default.Districts.Keys.Order(StringComparer.Ordinal).ToList());
        const string Filters = "&need=bond&age=0-1&fact=step-free&ask=yourself&cost=free";
        foreach (var (name, more) in new[] { ("page by distance", ""), ("page with five filters", Filters) })
        {
            var times = new List<double>();
            for (var round = 0; round < FinderSpeed.Warm + FinderSpeed.Rounds; round++)
            {
                var path = $"/services?near={districts[random.Next(districts.Count)]}{more}";
                var start = Stopwatch.GetTimestamp();
                await client.GetStringAsync(new Uri(path, UriKind.Relative));
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            FinderSpeed.Tell(name, times[FinderSpeed.Warm..]);
        }
        return 0;
    }

    static async Task Fill(string connection, int count)
    {
        var (random, districts) = (new Random(1), Gazetteer.Default.Districts.Values.ToList());
        for (var done = 0; done < count; done += ServicesAtOnce)
        {
            await using var db = StoreServices.Open(connection);
            for (var n = 0; n < Math.Min(ServicesAtOnce, count - done); n++)
                db.Add(Made(random, districts, done + n));
            await db.SaveChangesAsync();
        }
        await using var last = StoreServices.Open(connection);
        await last.Database.ExecuteSqlRawAsync(StoreServices.IsPostgres(connection) ? "VACUUM ANALYZE" : "ANALYZE");
    }

    static FamilyService Made(Random random, List<Gazetteer.District> districts, int n)
    {
        var made = FamilyService.Start(
            EmailAddress.Parse("service@example.org", null),
            Now,
            new()
            {
                Title = $"Service {n}",
                Summary = "Somebody listens.",
                Organisation = "Families together",
                Needs = (Need)random.Next(1, 4096),
                Audience = (ServiceAudience)random.Next(1, 64),
                Ages = (ChildAge)random.Next(16),
                Access = (Access)random.Next(1, 16),
                Cost = (ServiceCost)random.Next(1, 4),
                Languages = random.Next(10) == 0 ? (Languages)(1 << random.Next(18)) : Languages.None,
                Yes = (ServiceFacts)random.Next(32),
                Ways = Ways.AtAPlace,
                Phone = "0113 496 0000",
                Places = [.. Enumerable.Range(0, n % 2 + 1).Select(_ => PlaceIn(random, districts[random.Next(districts.Count)]))],
                Areas = random.Next(5) == 0 ? [districts[random.Next(districts.Count)].Region] : [],
                Districts = random.Next(5) == 0 ? [districts[random.Next(districts.Count)].Code] : [],
                Nationwide = random.Next(50) == 0,
            }
        );
        made.Confirm(Now);
        made.Send(Now);
        made.Approve("Benchmark", made.Revision, Now);
        return made;
    }

    static ServicePlace PlaceIn(Random random, Gazetteer.District district) =>
        new(
            Guid.CreateVersion7(Now),
            "Centre",
            "1 High Street",
            district.Town,
            district.Code + " 1AA",
            new(district.Point.Latitude + (random.NextDouble() - .5) * .1, district.Point.Longitude + (random.NextDouble() - .5) * .15),
            district.Region
        );

    static async Task Measure(SiteDb db, string name, Func<ServiceQuery, ServiceQuery> with)
    {
        var (finder, times) = (new ServiceFinder(db), new List<double>());
        var (random, districts) = (new Random(2), Gazetteer.Default.Districts.Values.ToList());
        for (var round = 0; round < FinderSpeed.Warm + FinderSpeed.Rounds; round++)
        {
            var district = districts[random.Next(districts.Count)];
            var place = new Place(district.Town, district.Point, district.Region, Exactness.District, district.Code);
            var query = with(
                new()
                {
                    Near = place.Point,
                    Miles = 10,
                    Areas = ServiceArea.Around(place),
                    Take = 21,
                }
            );
            var start = Stopwatch.GetTimestamp();
            await finder.FindAsync(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        FinderSpeed.Tell(name, times[FinderSpeed.Warm..]);
    }
}
