using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Moving;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfantMHWeek.Tests.Platform.Store.Moving;

/// <summary>From SQLite to PostgreSQL and back: every row of every table, or nothing.</summary>
[OneStore("names its PostgreSQL itself")]
public sealed class StoreMoveTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("imhw-move-").FullName;
    string First => StoreServices.ConnectionOf(Path.Combine(folder, "first.db")) + ";Pooling=False";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_site_comes_back_from_postgresql_as_it_went()
    {
        var server = TestStore.EmptyOnServer();
        var rows = FillEveryTable(First);
        Assert.Equal(rows, StoreMove.Run(First, server, _ => { }));

        var back = StoreServices.ConnectionOf(Path.Combine(folder, "back.db")) + ";Pooling=False";
        Assert.Equal(rows, StoreMove.Run(server, back, _ => { }));
        Assert.Equal(All(First), All(back));
        Assert.Empty(Directory.GetFiles(folder, "*.part*"));
    }

    [Fact]
    public void What_is_there_is_never_written_over_and_what_breaks_leaves_nothing()
    {
        var server = TestStore.EmptyOnServer();
        var rows = FillEveryTable(First);
        Assert.Equal(rows, StoreMove.Run(First, server, _ => { }));
        Assert.Contains(
            "not empty",
            Assert.Throws<SettingsException>(() => StoreMove.Run(First, server, _ => { })).Message,
            StringComparison.Ordinal
        );

        var other = TestStore.EmptyOnServer();
        Assert.Throws<InvalidOperationException>(() =>
            StoreMove.Run(First, other, table => throw new InvalidOperationException("The cable was pulled at " + table))
        );
        Assert.Equal(StoreState.Missing, StoreVersion.Of(other).State);
        Assert.Equal(rows, StoreMove.Run(First, other, _ => { }));

        Assert.Contains(
            "already",
            Assert.Throws<SettingsException>(() => StoreMove.Run(server, First, _ => { })).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>The control: a value that changes on the way is noticed.</summary>
    [Fact]
    public void A_row_that_arrives_changed_stops_the_move()
    {
        var server = TestStore.EmptyOnServer();
        FillEveryTable(First);
        using (var target = StoreServices.Open(server))
        {
            target.Database.Migrate();
            target.Database.ExecuteSqlRaw(
                """
                CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."What" := ''something else''; RETURN NEW; END';
                CREATE TRIGGER spoil BEFORE INSERT ON "AuditEntries" FOR EACH ROW EXECUTE FUNCTION spoil();
                """
            );
            using var source = StoreServices.Open(First);
            using var all = target.Database.BeginTransaction();
            Assert.Contains(
                "AuditEntries did not arrive as it left",
                Assert.Throws<SettingsException>(() => new StoreCopy(source, target, _ => { }).Run()).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Wrong=1", "is not a connection string")]
    [InlineData("Host=127.0.0.1", "names no database")]
    public async Task A_wrong_connection_string_is_one_plain_sentence(string connection, string words)
    {
        var (code, _, errors) = await SiteProgram.Run(
            $"--ConnectionStrings:Site={connection}",
            $"--Data:Path={folder}",
            "--urls=http://127.0.0.1:0"
        );
        Assert.Equal(1, code);
        Assert.Contains(words, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>Some rows in every table, with the difficult values of each type, written below Entity Framework's rules.</summary>
    static long FillEveryTable(string connection)
    {
        using var db = StoreServices.Open(connection);
        PrivateFile.Make(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource);
        db.Database.Migrate();
        db.Database.OpenConnection();
        db.Database.ExecuteSqlRaw("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;");
        var rows = 0;
        foreach (var table in db.Model.GetRelationalModel().Tables)
            for (var n = 0; n < 3; n++, rows++)
            {
                var columns = table.Columns.ToList();
                using var insert = db.Database.GetDbConnection().CreateCommand();
                insert.CommandText =
                    $"INSERT INTO \"{table.Name}\" VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))})".Replace(
                        "VALUES",
                        $"({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES",
                        StringComparison.Ordinal
                    );
                foreach (var (i, column) in columns.Index())
                    insert.Parameters.Add(
                        column.PropertyMappings.Count > 0
                            ? column
                                .PropertyMappings[0]
                                .TypeMapping.CreateParameter(
                                    insert,
                                    "@p" + i,
                                    column.IsNullable && n == 1 ? null : Value(column, n),
                                    column.IsNullable
                                )
                            : new Microsoft.Data.Sqlite.SqliteParameter("@p" + i, """{"Z": [1, {"b": null, "a": "é"}], "A": true}""")
                    );
                insert.ExecuteNonQuery();
            }
        return rows;
    }

    static object Value(IColumn column, int n)
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var key =
            column.PropertyMappings[0].Property.IsForeignKey()
            || column.PropertyMappings[0].Property.IsPrimaryKey()
            || column.Table.UniqueConstraints.Any(u => u.Columns.Contains(column))
            || column.Table.Indexes.Any(i => i.IsUnique && i.Columns.Contains(column));
        var type = Nullable.GetUnderlyingType(mapping.ClrType) ?? mapping.ClrType;
        var length = mapping.Size ?? 40;
        if (type == typeof(Guid))
            return new Guid(key ? n + 1 : 7, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xab);
        if (type == typeof(DateTime))
            return new DateTime(2026, 3, 29, 0, 59, 59, DateTimeKind.Utc).AddTicks(9_999_999 + n);
        if (type == typeof(DateOnly))
            return new DateOnly(2028, 2, 29).AddDays(n);
        if (type == typeof(TimeOnly))
            return new TimeOnly(23, 59, 59);
        if (type == typeof(bool))
            return n == 0;
        if (type == typeof(int))
            return n - 1 + (column.Name == "PlacesTaken" ? 1 : 0);
        if (type == typeof(long))
            return long.MaxValue - n;
        if (type == typeof(double))
            return 0.1 + 0.2 + n;
        if (type == typeof(byte[]))
            return new byte[] { 0, 255, (byte)n };
        if (type == typeof(EmailAddress))
            return EmailAddress.Parse($"o'brien+{n}@éxample.org".Replace('é', 'e'), null);
        if (type == typeof(string))
            return (n == 2 ? "2" : n + "É'\";\n\t\u2028😀 \\").PadRight(4)[..Math.Min(length, 4)];
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(n % Enum.GetValues(type).Length)!;
        if (type == typeof(InfantMHWeek.Events.EventDetails))
            return new InfantMHWeek.Events.EventDetails { Title = "A; \"walk\", é" };
        if (type == typeof(InfantMHWeek.Services.ServiceDetails))
            return new InfantMHWeek.Services.ServiceDetails { Title = "A; \"group\", é" };
        if (type == typeof(InfantMHWeek.Events.Moderation.ProfileDetails))
            return new InfantMHWeek.Events.Moderation.ProfileDetails { Name = "A; \"group\", é" };
        if (type == typeof(InfantMHWeek.Events.Partners.FeedTerms))
            return new InfantMHWeek.Events.Partners.FeedTerms("A; \"network\", é", DayStarts: new(9, 30));
        if (mapping.ClrType.IsAssignableFrom(typeof(List<string>)))
            return new List<string> { "a", "b\"c" };
        throw new NotSupportedException($"{column.Table.Name}.{column.Name} is {type}");
    }

    static List<string> All(string connection)
    {
        using var db = StoreServices.Open(connection);
        db.Database.OpenConnection();
        var lines = new List<string>();
        foreach (var table in db.Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText =
                $"SELECT {string.Join(", ", table.Columns.Where(c => c.PropertyMappings.Count > 0).Select(c => $"\"{c.Name}\""))} FROM "
                + $"\"{table.Name}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                lines.Add(table.Name + ": " + string.Join(" | ", values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : v)));
            }
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
