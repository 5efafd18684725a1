using System.Data.Common;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// The table of postcodes while it is written anew, by each database's own fast way, because it has millions of rows. All in
/// one transaction: whoever looks meanwhile finds the old one. Of two rows for a postcode the later one stays.
/// </summary>
abstract class PostcodeTable(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    /// <exception cref="DbException">The database is not ready.</exception>
    public static async Task<PostcodeTable> OpenAsync(string store)
    {
        if (StoreServices.IsPostgres(store))
        {
            var postgres = new NpgsqlConnection(store);
            await postgres.OpenAsync();
            return new InPostgres(postgres, await postgres.BeginTransactionAsync());
        }
        var sqlite = new SqliteConnection(store);
        await sqlite.OpenAsync();
        return new InSqlite(sqlite, sqlite.BeginTransaction());
    }

    public abstract void Add(long key, int latitude, int longitude);

    protected virtual void Complete() { }

    public async Task CommitAsync(PlaceSource source)
    {
        Complete();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            "INSERT INTO \"PlaceSources\" (\"Id\", \"File\", \"Attribution\", \"ImportedAt\", \"Postcodes\") VALUES (@id, @file, "
            + "@attribution, @at, @count)";
        foreach (
            var (name, value) in (ReadOnlySpan<(string, object)>)
                [
                    ("@id", source.Id),
                    ("@file", source.File),
                    ("@attribution", source.Attribution),
                    ("@at", source.ImportedAt),
                    ("@count", source.Postcodes),
                ]
        )
        {
            var parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            insert.Parameters.Add(parameter);
        }
        await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    protected void Do(string words)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
        command.CommandText = words;
#pragma warning restore CA2100
        (command.Transaction, command.CommandTimeout) = (transaction, 0);
        command.ExecuteNonQuery();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    sealed class InSqlite : PostcodeTable
    {
        readonly SqliteCommand insert;
        readonly SqliteParameter key,
            latitude,
            longitude;

        public InSqlite(SqliteConnection connection, SqliteTransaction transaction)
            : base(connection, transaction)
        {
            Do("DELETE FROM PostcodePlaces; DELETE FROM PlaceSources;");
            insert = connection.CreateCommand();
            insert.CommandText = "INSERT OR REPLACE INTO PostcodePlaces (Key, Latitude, Longitude) VALUES ($key, $latitude, $longitude)";
            (key, latitude, longitude) = (
                insert.Parameters.Add("$key", SqliteType.Integer),
                insert.Parameters.Add("$latitude", SqliteType.Integer),
                insert.Parameters.Add("$longitude", SqliteType.Integer)
            );
            insert.Prepare();
        }

        public override void Add(long key, int latitude, int longitude)
        {
            (this.key.Value, this.latitude.Value, this.longitude.Value) = (key, latitude, longitude);
            insert.ExecuteNonQuery();
        }

        public override async ValueTask DisposeAsync()
        {
            await insert.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    sealed class InPostgres : PostcodeTable
    {
        readonly NpgsqlBinaryImporter rows;

        public InPostgres(NpgsqlConnection connection, NpgsqlTransaction transaction)
            : base(connection, transaction)
        {
            Do(
                """
                DELETE FROM "PostcodePlaces";
                DELETE FROM "PlaceSources";
                CREATE TEMP TABLE arriving (line bigserial, key bigint, latitude integer, longitude integer) ON COMMIT DROP
                """
            );
            rows = connection.BeginBinaryImport("COPY arriving (key, latitude, longitude) FROM STDIN (FORMAT BINARY)");
        }

        public override void Add(long key, int latitude, int longitude)
        {
            rows.StartRow();
            rows.Write(key, NpgsqlDbType.Bigint);
            rows.Write(latitude, NpgsqlDbType.Integer);
            rows.Write(longitude, NpgsqlDbType.Integer);
        }

        protected override void Complete()
        {
            rows.Complete();
            rows.Dispose();
            Do(
                """
                INSERT INTO "PostcodePlaces" ("Key", "Latitude", "Longitude")
                SELECT DISTINCT ON (key) key, latitude, longitude FROM arriving ORDER BY key, line DESC
                """
            );
        }

        public override async ValueTask DisposeAsync()
        {
            await rows.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
