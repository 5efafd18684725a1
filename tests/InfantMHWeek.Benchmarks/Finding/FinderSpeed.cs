using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>How long the finder takes in the store, through Entity Framework Core: the next 20 within 10 miles in 30 days.</summary>
static class FinderSpeed
{
    internal const int Rounds = 1000,
        Warm = 100;
    const int EventsAtOnce = 2000,
        MostMadeSingly = 20_000;
    static readonly DateTimeOffset Now = new(DateTime.UtcNow.Date, TimeSpan.Zero);

    /// <param name="store">
    /// A folder for a SQLite database, or the connection string of a PostgreSQL server; there PostGIS, when it is installed, is asked
    /// the same.
    /// </param>
    /// <param name="dates">How many dates an event has, on average.</param>
    public static async Task<int> Run(string store, string count, string dates = "3")
    {
        var postgres = StoreServices.IsPostgres(store);
        if (!postgres)
            Directory.CreateDirectory(store);
        var connection = postgres ? $"{store};Database=finder{count}" : $"Data Source={Path.Combine(store, $"finder-{count}.db")}";
        var begun = Stopwatch.GetTimestamp();
        await using (var empty = StoreServices.Open(connection))
        {
            // As the site makes it, so that a site can be started on it afterwards.
            await empty.Database.MigrateAsync();
            if (!await empty.Set<Event>().AnyAsync())
            {
                var (all, each) = (int.Parse(count, CultureInfo.InvariantCulture), int.Parse(dates, CultureInfo.InvariantCulture));
                await Fill(connection, Math.Min(all, MostMadeSingly), each);
                if (all > MostMadeSingly)
                    await EventCopies.MakeAsync(connection, all / MostMadeSingly);
                Console.WriteLine($"Filled in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
            }
        }
        await using var db = StoreServices.Open(connection);
        Console.WriteLine(
            $"{(postgres ? "PostgreSQL" : "SQLite")}: {await db.Set<Event>().CountAsync():N0} events, "
                + $"{await db.Set<EventDate>().CountAsync():N0} dates"
        );
        await Metric(db, "by date", byDistance: false);
        await Metric(db, "by distance", byDistance: true);
        foreach (var byDistance in new[] { false, true })
            Console.WriteLine(await QueryPlan.OfAsync(connection, finder => finder.FindAsync(Queries(byDistance).First())));
        if (postgres)
            await PostGis.Metric(connection, Queries(byDistance: false));
        return 0;
    }

    static async Task Fill(string connection, int count, int dates)
    {
        var (random, districts) = (new Random(1), Gazetteer.Default.Districts.Values.ToList());
        for (var done = 0; done < count; done += EventsAtOnce)
        {
            await using var db = StoreServices.Open(connection);
            for (var n = 0; n < Math.Min(EventsAtOnce, count - done); n++)
            {
                var (place, day) = (
                    districts[random.Next(districts.Count)],
                    DateOnly.FromDateTime(Now.UtcDateTime).AddDays(random.Next(330))
                );
                var time = new EventTime(day, new(9 + random.Next(9), 0), day, new(20, 0));
                var e = Event.Start(
                    EmailAddress.Parse("organiser@example.org", null),
                    Now,
                    new()
                    {
                        Title = $"Event {done + n}",
                        Summary = "Event",
                        Schedule =
                            random.Next(2) == 0
                                ? Schedule.Once(time)
                                : new(Repeat.Weekly, [time], day.AddDays(7 * random.Next(1, 4 * dates - 3))),
                        Attendance = Attendance.InPerson,
                        Venue = "Hall",
                        Town = place.Town,
                        Point = new(
                            place.Point.Latitude + (random.NextDouble() - .5) * .1,
                            place.Point.Longitude + (random.NextDouble() - .5) * .15
                        ),
                        Region = place.Region,
                        Audience = (Audience)random.Next(1, 64),
                        Stage = (Stage)random.Next(16),
                        Yes = (EventFacts)random.Next(1024),
                        Booking = Booking.NotNeeded,
                        Organiser = "Organiser",
                    }
                );
                e.Confirm(Now);
                e.Send(Now);
                e.Approve("Benchmark", e.Revision, Now);
                db.Add(e);
            }
            await db.SaveChangesAsync();
        }
        await using var last = StoreServices.Open(connection);
        await last.Database.ExecuteSqlRawAsync(StoreServices.IsPostgres(connection) ? "VACUUM ANALYZE" : "ANALYZE");
    }

    static async Task Metric(SiteDb db, string name, bool byDistance)
    {
        var (finder, times) = (new EventFinder(db), new List<double>());
        foreach (var query in Queries(byDistance).Take(Warm + Rounds))
        {
            var start = Stopwatch.GetTimestamp();
            await finder.FindAsync(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Tell(name, times[Warm..]);
    }

    /// <summary>Somewhere in the country, 30 days from some day on.</summary>
    static IEnumerable<EventQuery> Queries(bool byDistance)
    {
        var (random, districts) = (new Random(2), Gazetteer.Default.Districts.Values.ToList());
        while (true)
        {
            var from = Now.UtcDateTime.AddDays(random.Next(300));
            yield return new EventQuery
            {
                Near = districts[random.Next(districts.Count)].Point,
                Miles = 10,
                FromUtc = from,
                ToUtc = from.AddDays(30),
                EndsAfterUtc = from,
                ByDistance = byDistance,
            };
        }
    }

    internal static void Tell(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -24} p50 {times[times.Count / 2], 6:0.00} ms   p99 {times[times.Count * 99 / 100], 6:0.00} ms"
            )
        );
    }
}
