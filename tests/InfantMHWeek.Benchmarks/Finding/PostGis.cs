using System.Diagnostics;
using InfantMHWeek.Events.Finding;
using Npgsql;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>
/// The same question asked of PostGIS, as most would build it: one index over point and beginning. A reference for the finder, which
/// needs no extension.
/// </summary>
static class PostGis
{
    const string Prepare = """
        CREATE EXTENSION IF NOT EXISTS postgis;
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        CREATE TABLE IF NOT EXISTS reference_dates AS
            SELECT "EventId" AS event, "StartUtc" AS start,
                ST_SetSRID(ST_MakePoint(degrees(atan2("Y", "X")), degrees(asin("Z"))), 4326)::geography AS place
            FROM "EventDates" WHERE "Cell" <> 0;
        CREATE INDEX IF NOT EXISTS reference_near ON reference_dates USING gist (place, start);
        VACUUM ANALYZE reference_dates;
        """;
    const string Asked =
        "SELECT event, start FROM reference_dates WHERE ST_DWithin(place, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography, 16093.44) "
        + "AND start >= $3 AND start < $4 ORDER BY ";
    const string ByDate = Asked + "start LIMIT 20",
        ByDistance = Asked + "place <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography LIMIT 20";

    public static async Task Metric(string connection, IEnumerable<EventQuery> queries)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = await source.OpenConnectionAsync();
        await using (var there = new NpgsqlCommand("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'", db))
        {
            if (await there.ExecuteScalarAsync() is not 1L)
            {
                Console.WriteLine("PostGIS is not installed here (Debian: apt-get install postgresql-postgis), so there is no reference.");
                return;
            }
        }
        foreach (var step in Prepare.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(step, db) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync();
        }
        await Ask(db, "PostGIS, by date", ByDate, queries);
        await Ask(db, "PostGIS, by distance", ByDistance, queries);
    }

    static async Task Ask(NpgsqlConnection db, string name, string question, IEnumerable<EventQuery> queries)
    {
        var times = new List<double>();
        await using var command = new NpgsqlCommand(question, db)
        {
            Parameters =
            {
                new NpgsqlParameter<double>(),
                new NpgsqlParameter<double>(),
                new NpgsqlParameter<DateTime>(),
                new NpgsqlParameter<DateTime>(),
            },
        };
        await command.PrepareAsync();
        foreach (var query in queries.Take(FinderSpeed.Warm + FinderSpeed.Rounds))
        {
            (command.Parameters[0].Value, command.Parameters[1].Value) = (query.Near!.Longitude, query.Near.Latitude);
            (command.Parameters[2].Value, command.Parameters[3].Value) = (query.FromUtc, query.ToUtc);
            var start = Stopwatch.GetTimestamp();
            await using (var rows = await command.ExecuteReaderAsync())
                while (await rows.ReadAsync())
                    _ = (rows.GetGuid(0), rows.GetDateTime(1));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        FinderSpeed.Tell(name, times[FinderSpeed.Warm..]);
    }
}
