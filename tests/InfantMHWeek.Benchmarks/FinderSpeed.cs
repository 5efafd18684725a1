using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Places;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Benchmarks;

/// <summary>How long the finder takes in the store, through Entity Framework Core: the next 20 within 10 miles in 30 days.</summary>
static class FinderSpeed
{
    const int Rounds = 1000, EventsAtOnce = 2000;
    static readonly DateTimeOffset Now = new(2026, 6, 8, 9, 0, 0, TimeSpan.Zero);

    public static async Task<int> Run(string folder, string count)
    {
        Directory.CreateDirectory(folder);
        var options = new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={Path.Combine(folder, $"finder-{count}.db")}").AddInterceptors(new LastQuery()).Options;
        using var gate = new WriteGate();
        await using (var db = new SiteDb(options, gate))
            if (await db.Database.EnsureCreatedAsync()) await Fill(options, gate, int.Parse(count, CultureInfo.InvariantCulture));
        await using var store = new SiteDb(options, gate);
        Console.WriteLine($"{await store.Set<Event>().CountAsync():N0} events, {await store.Set<EventDate>().CountAsync():N0} dates");
        await Measure(store, "by date", byDistance: false);
        await Measure(store, "by distance", byDistance: true);
        return 0;
    }

    static async Task Fill(DbContextOptions<SiteDb> options, WriteGate gate, int count)
    {
        var (random, districts) = (new Random(1), Gazetteer.Default.Districts.Values.ToList());
        for (var done = 0; done < count; done += EventsAtOnce)
        {
            await using var db = new SiteDb(options, gate);
            for (var n = 0; n < Math.Min(EventsAtOnce, count - done); n++)
            {
                var (place, day) = (districts[random.Next(districts.Count)], new DateOnly(2026, 6, 8).AddDays(random.Next(330)));
                var time = new EventTime(day, new(9 + random.Next(9), 0), day, new(20, 0));
                var e = Event.Start(EmailAddress.Parse("organiser@example.org", null), Now, new()
                {
                    Title = $"Event {done + n}",
                    Summary = "Event",
                    Schedule = random.Next(2) == 0 ? Schedule.Once(time) : new(Repeat.Weekly, [time], day.AddDays(7 * random.Next(1, 9))),
                    Attendance = Attendance.InPerson,
                    Venue = "Hall",
                    Town = place.Town,
                    Point = new(place.Point.Latitude + (random.NextDouble() - .5) * .1, place.Point.Longitude + (random.NextDouble() - .5) * .15),
                    Region = place.Region,
                    Audience = (Audience)random.Next(1, 64),
                    Stage = (Stage)random.Next(16),
                    Yes = (Facts)random.Next(1024),
                    Booking = Booking.NotNeeded,
                    Organiser = "Organiser",
                });
                e.Confirm(Now);
                e.Send(Now);
                e.Approve("Benchmark", e.Revision, Now);
                db.Add(e);
            }
            await db.SaveChangesAsync();
        }
        await using var last = new SiteDb(options, gate);
        await last.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    static async Task Measure(SiteDb db, string name, bool byDistance)
    {
        var (random, districts, finder, times) = (new Random(2), Gazetteer.Default.Districts.Values.ToList(), new EventFinder(db), new List<double>());
        for (var round = 0; round < Rounds + 100; round++)
        {
            var from = new DateTime(2026, 6, 8, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(300));
            var query = new EventQuery { Near = districts[random.Next(districts.Count)].Point, Miles = 10, FromUtc = from, ToUtc = from.AddDays(30), EndsAfterUtc = from, ByDistance = byDistance };
            var start = Stopwatch.GetTimestamp();
            await finder.FindAsync(query);
            if (round >= 100) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: p50 {times[Rounds / 2]:0.00} ms, p99 {times[Rounds * 99 / 100]:0.00} ms"));
        await PrintPlan(db);
    }

    /// <summary>How the database goes about the query that was asked last.</summary>
    static async Task PrintPlan(SiteDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using var explain = db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + LastQuery.Text;
        foreach (var (name, value) in LastQuery.Parameters) explain.Parameters.Add(new SqliteParameter(name, value));
        await using var lines = await explain.ExecuteReaderAsync();
        while (await lines.ReadAsync()) Console.WriteLine("    " + lines.GetString(3));
    }

    sealed class LastQuery : DbCommandInterceptor
    {
        public static string Text { get; private set; } = "";
        public static IReadOnlyList<(string Name, object? Value)> Parameters { get; private set; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            (Text, Parameters) = (command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
