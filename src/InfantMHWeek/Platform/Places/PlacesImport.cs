using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// <c>places import FILE</c>: reads all postcodes of a file into the store, in one transaction and in place of what was there.
/// It knows ONSPD and NSPL, Code-Point Open (a file or the folder of its files) and <c>postcode,lat,long</c>, by their headers.
/// </summary>
sealed class PlacesImport(string connection, DateTime now, TextWriter says)
{
    public static readonly Command Command = new("places import", "FILE [--northern-ireland true]", async (builder, words) =>
    {
        if (words is not [var file])
        {
            await Console.Error.WriteLineAsync("Name one file or folder: places import FILE");
            return 2;
        }
        try
        {
            await new PlacesImport(
                StoreServices.ConnectionString(builder.Configuration),
                TimeProvider.System.GetUtcNow().UtcDateTime,
                Console.Out
            ).RunAsync(file, builder.Configuration.Flag("northern-ireland"));
            return 0;
        }
        catch (Exception problem)
            when (problem is IOException or FormatException or UnauthorizedAccessException || StoreTrouble.Is(problem))
        {
            await Console.Error.WriteLineAsync(
                StoreTrouble.Is(problem) ? $"The database is not ready ({problem.Message}). Run db migrate first." : problem.Message
            );
            return 1;
        }
    });

    const int MostBytesInRow = 4000;
    const string OnsWords =
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright "
        + "and database right. Contains Royal Mail data © Royal Mail copyright and database right.";
    const string IrishWords = " Postcodes of Northern Ireland: © Land & Property Services, under their own licence.";
    const string OsWords =
        "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database right.";

    /// <summary>What became of the lines so far.</summary>
    [StructLayout(LayoutKind.Auto)]
    struct Counts
    {
        public int Kept,
            Terminated,
            Elsewhere,
            Unread;
    }

    /// <returns>How many postcodes are in the store now.</returns>
    /// <param name="irish">BT postcodes of ONSPD have a licence of their own; they are read only when this is asked for.</param>
    public async Task<int> RunAsync(string path, bool irish)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal).ToArray() : [path];
        if (files.Length == 0)
            throw new IOException($"There is no CSV file in {path}.");
        var watch = Stopwatch.StartNew();
        await using var table = await PostcodeTable.OpenAsync(connection);
        var (counts, attribution) = (new Counts(), "");
        foreach (var file in files)
        {
            using var row = TableReader.OfLines(file, MostBytesInRow);
            if (!row.Read())
                throw new FormatException($"{file} is empty.");
            var columns = PostcodeColumns.Of(row.Row())
                ?? throw new FormatException(
                    $"The first line of {file} names no columns we know. We read ONSPD, NSPL, Code-Point Open, and postcode,lat,long."
                );
            attribution = AttributionOf(columns.Kind, path, irish);
            for (var more = !columns.HasHeader || row.Read(); more; more = row.Read())
                if (Take(row, columns, irish, table, ref counts) && counts.Kept % 250_000 == 0)
                    await says.WriteLineAsync(
                        string.Create(CultureInfo.InvariantCulture, $"{counts.Kept:N0} postcodes after {watch.Elapsed.TotalSeconds:0} s")
                    );
        }
        if (counts.Kept == 0)
            throw new FormatException("No postcode could be read; what was there is kept.");
        await table.CommitAsync(
            new()
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero)),
                File = Path.GetFileName(path.TrimEnd('/')),
                Attribution = attribution,
                ImportedAt = now,
                Postcodes = counts.Kept,
            }
        );
        await says.WriteLineAsync(InWords(counts, watch.Elapsed));
        return counts.Kept;
    }

    static string AttributionOf(PostcodeColumns.Format kind, string path, bool irish) =>
        kind switch
        {
            PostcodeColumns.Format.Ons => OnsWords + (irish ? IrishWords : ""),
            PostcodeColumns.Format.CodePoint => OsWords,
            _ => $"Postcodes from {Path.GetFileName(path)}.",
        };

    /// <returns>Whether the line is one more postcode.</returns>
    static bool Take(TableReader row, PostcodeColumns columns, bool irish, PostcodeTable table, ref Counts counts)
    {
        switch (columns.Read(row, out var postcode, out var point))
        {
            case PostcodeColumns.RowResult.Terminated:
                counts.Terminated++;
                return false;
            case PostcodeColumns.RowResult.NoPlace or PostcodeColumns.RowResult.Unreadable:
                counts.Unread++;
                return false;
        }
        if (columns.Kind == PostcodeColumns.Format.Ons && !irish && postcode!.Outward.StartsWith("BT", StringComparison.Ordinal))
        {
            counts.Elsewhere++;
            return false;
        }
        table.Add(postcode!.Key, (int)Math.Round(point!.Latitude * 1e5), (int)Math.Round(point.Longitude * 1e5));
        counts.Kept++;
        return true;
    }

    static string InWords(Counts counts, TimeSpan took) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Kept:N0} postcodes in {took.TotalSeconds:0.0} s; left out: {counts.Terminated:N0} no longer in use, "
                + $"{counts.Unread:N0} without a place or unreadable, {counts.Elsewhere:N0} of Northern "
                + $"Ireland{(counts.Elsewhere > 0 ? " (their licence differs: add --northern-ireland true if you may use them)" : "")}."
        );
}
