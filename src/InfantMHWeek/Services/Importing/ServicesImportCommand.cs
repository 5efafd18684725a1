using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services.Importing;

/// <summary><c>services import FILE|URL</c>: brings in what a source lists, by the operator's own command.</summary>
static class ServicesImportCommand
{
    const string Usage =
        "services import FILE|URL --source NAME [--licence TEXT] [--attribution TEXT] [--show true] [--part true] [--preview true]";

    /// <param name="addServices">Adds the platform and the directory.</param>
    public static Command With(Action<WebApplicationBuilder> addServices) =>
        new("services import", Usage["services import ".Length..], (builder, words) => Run(builder, words, addServices));

    static async Task<int> Run(WebApplicationBuilder builder, IReadOnlyList<string> words, Action<WebApplicationBuilder> addServices)
    {
        var options = builder.Configuration;
        if (
            words is not [var named]
            || UserText.Clean(options.Option("source")) is not { Length: > 0 and <= FamilyService.MaxSource } name
            || UserText.Clean(options.Option("licence")) is not { Length: <= FamilyService.MaxSource } licence
            || UserText.Clean(options.Option("attribution")) is not { Length: <= ServiceOrigin.MaxAttribution } attribution
        )
        {
            await Console.Error.WriteLineAsync(
                $"Write it like this: {Usage}. "
                    + "The name is what readers see: “Listed from NAME”; it, the licence and the attribution are short."
            );
            return 2;
        }
        try
        {
            var order = new ImportOrder(null, options.Flag("show"), options.Flag("part"));
            var preview = options.Flag("preview");
            addServices(builder);
            await using var app = builder.Build();
            app.PrepareStore(app.CheckStore());
            await using var scope = app.Services.CreateAsyncScope();
            var import = scope.ServiceProvider.GetRequiredService<ServiceImport>();
            var places = scope.ServiceProvider.GetRequiredService<ListingPlaces>();
            var (watch, source) = (Stopwatch.StartNew(), new ImportSource(name, licence.Length > 0 ? licence : null, attribution));
            var read = await places.FindAsync(await ReadAsync(named, source, TimeProvider.System.Today()), CancellationToken.None);
            var outcome = preview
                ? await import.LookAsync(read, name, order, CancellationToken.None)
                : await import.BringInAsync(read, name, order, Console.Out.WriteLine, CancellationToken.None);
            foreach (var problem in outcome.Problems)
                await Console.Error.WriteLineAsync(problem.ToString());
            foreach (var (record, here) in outcome.Like.Select(l => (l.Record, l.Here)))
                await Console.Error.WriteLineAsync(
                    $"{record} looks like “{here.Title}”, which is here ({here.Why}): it waits for a person."
                );
            foreach (var record in outcome.AskForMoney)
                await Console.Error.WriteLineAsync($"{record} seems to ask for money or to sell something: it waits for a person.");
            await Console.Out.WriteLineAsync(InWords(outcome, order, preview, watch.Elapsed));
            return outcome.Refused ? 1 : 0;
        }
        catch (Exception problem)
            when (problem is FeedException or IOException or UnauthorizedAccessException or SettingsException || StoreTrouble.Is(problem))
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    static async Task<SourceRecords> ReadAsync(string named, ImportSource source, DateOnly today)
    {
        if (Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
        {
            using var client = new OpenReferralFeed();
            return OpenReferralFile.Read(await client.FetchAsync(address, Console.Out.WriteLine, CancellationToken.None), source, today);
        }
        if (new FileInfo(named) is { Exists: true, Length: > OpenReferralFile.MostBytes })
            return SourceRecords.Refused($"{named} has more than {OpenReferralFile.MostBytes / 1024 / 1024} MB. Please split it.");
        return ServiceFile.Read(await File.ReadAllBytesAsync(named), columns: null, source, today);
    }

    static string InWords(ImportOutcome outcome, ImportOrder order, bool preview, TimeSpan took) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(preview ? "Would be: " : "")}{outcome.New:N0} new, {outcome.Changed:N0} changed, {outcome.Same:N0} as before, "
                + $"{outcome.Waiting:N0} changes wait for a person, {outcome.Kept:N0} kept as they are here, "
                + $"{outcome.LeftOut:N0} left out, {outcome.Gone:N0} no longer at the source; {took.TotalSeconds:0.0} s."
        ) + (order.Show || preview || outcome.New + outcome.Changed == 0 ? "" : " They wait for an approval at /staff/services.");
}

/// <summary>A file of services: JSON by Open Referral, or a table.</summary>
static class ServiceFile
{
    public static bool IsTable(ReadOnlySpan<byte> bytes) =>
        TableFile.IsSpreadsheet(bytes)
        || bytes is [0xFF, 0xFE, not ((byte)'{' or (byte)'['), ..] or [0xFE, 0xFF, _, not ((byte)'{' or (byte)'['), ..]
        || (bytes.TrimStart(" \t\r\n\uFEFF"u8) is not [(byte)'{' or (byte)'[', ..] and not [0xFF or 0xFE, ..]);

    /// <param name="columns">What each column of a table is; guessed by their names when null.</param>
    public static SourceRecords Read(ReadOnlyMemory<byte> bytes, IReadOnlyList<string?>? columns, ImportSource source, DateOnly today) =>
        IsTable(bytes.Span)
            ? TableListings.Read(TableColumns.Of(TableFile.Read(bytes), TableListings.Columns, columns), source, today)
            : OpenReferralFile.Read(OpenReferralFile.Open(bytes.Span), source, today);
}
