using System.Data.Common;
using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.FromOutside;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Time;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary>
/// Looks at the start whether all belongs together, before anything is made or changed: what cannot work is refused, what is
/// only doubtful is said.
/// </summary>
sealed class StartupCheck(IConfiguration settings, IEnumerable<SettingsSection> sections, IHostEnvironment site, TimeProvider clock)
{
    static readonly TimeSpan ClockMayDiffer = TimeSpan.FromHours(1),
        LongQuiet = TimeSpan.FromDays(400);
    const string NewestRow =
        "SELECT max(at) FROM (SELECT max(\"At\") AS at FROM \"AuditEntries\" UNION ALL SELECT max(\"QueuedAt\") FROM \"OutboxMails\" "
        + "UNION ALL SELECT max(\"DoneAt\") FROM \"Jobs\") AS newest";

    /// <exception cref="SettingsException">
    /// The data folder, the keys and the database do not belong together, or to this account.
    /// </exception>
    /// <param name="keysThere">The ids of the keys, where they are not those of the folder at this moment.</param>
    public static void Refuse(IConfiguration settings, StoreVersion version, IReadOnlyList<Guid>? keysThere = null)
    {
        var (data, keys) = (SiteFolders.Data(settings), DataProtectionKeys.Folder(settings));
        foreach (var place in (ReadOnlySpan<string>)[data, keys, version.Place])
            if (FileOwner.IsAnother(place))
                throw new SettingsException(
                    $"{place} belongs to another account of this machine. Start the site as that account, or give {data} to this one."
                );
        if (RestorePlan.IsUnderWay(settings) && RestorePlan.Read(settings) is not null)
            throw new SettingsException(
                $"A restore into {data} is under way or was interrupted (restore-under-way.json). If none runs any more, start the "
                    + "site: it is finished first."
            );
        var there = keysThere ?? KeyRecord.In(keys);
        if (version.State == StoreState.Missing && there.Count > 0)
            throw new SettingsException(
                $"There are keys in {keys} but no database at {version.Place}: put back the backup that belongs to them, or run \"db "
                    + "migrate\" if it is to be empty."
            );
        if (
            version.State == StoreState.Current
            && !SettingsReader.Read<DataSettings>(settings).AcceptKeys
            && Known(settings) is { Count: > 0 } known
            && !known.Overlaps(there)
        )
            throw new SettingsException(
                $"The keys in {keys} are not those of this database: put back the folder \"keys\" from the same backup. If they are "
                    + "lost, set Data:AcceptKeys=true; everybody is then signed out, and code apps must be set up again."
            );
    }

    /// <summary>What may not be meant so, in plain words.</summary>
    public IReadOnlyList<string> Doubts()
    {
        var (now, doubts) = (clock.GetUtcNow().UtcDateTime, new List<string>(UnknownSettings.In(settings, [.. sections])));
        if (Environment.Version < SafeRuntime.Oldest)
            doubts.Add(
                $"The runtime is {Environment.Version}; those before {SafeRuntime.Oldest} have known holes. Install a newer one, or "
                    + "publish the site again."
            );
        if (FileDescriptorLimit.Doubt() is { } few)
            doubts.Add(few);
        if (DiskHealthCheck.IsNearlyFull(settings))
            doubts.Add("The disk of the data folder is nearly full.");
        if (site.IsProduction() && !SiteAddress.IsHttps(settings))
            doubts.Add("Site:BaseUrl is no https address, so sign-ins can be overheard and links in mails may lead nowhere.");
        if (SettingsReader.Read<MailSettings>(settings).Host is null)
            doubts.Add("No mail server is set (Mail:Host), so mails are written into the data folder and reach nobody.");
        if (File.GetLastWriteTimeUtc(typeof(StartupCheck).Assembly.Location) is var built && built > now + ClockMayDiffer)
            doubts.Add($"The clock says {now.InUk()}, but this program was built later. Set the clock.");
        if (Newest() is { } newest)
        {
            if (newest > now + ClockMayDiffer)
                doubts.Add($"The clock says {now.InUk()}, but the database was written to at {newest.InUk()}. Set the clock.");
            if (newest < now - LongQuiet)
                doubts.Add(
                    $"The clock says {now.InUk()}, and the database was last written to at {newest.InUk()}. Is the clock right, and is "
                        + "it the right database?"
                );
        }
        return doubts;
    }

    DateTime? Newest()
    {
        try
        {
            return Ask(settings, NewestRow).FirstOrDefault() switch
            {
                DateTime at => DateTime.SpecifyKind(at, DateTimeKind.Utc),
                string text
                    when DateTime.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                        out var at
                    ) => at,
                _ => null,
            };
        }
        catch (DbException)
        {
            // Whether it can be read is asked elsewhere.
            return null;
        }
    }

    static HashSet<Guid> Known(IConfiguration settings)
    {
        try
        {
            return [.. Ask(settings, "SELECT \"Id\" FROM \"KeyRecords\"").Select(id => id is Guid key ? key : Guid.Parse((string)id))];
        }
        catch (DbException problem)
        {
            var sentence = $"The database cannot be read: {problem.Message}";
            throw StoreTrouble.IsAway(problem) ? new StoreUnreachableException(sentence) : new SettingsException(sentence);
        }
    }

    /// <summary>
    /// Asked directly: Entity Framework would build its whole model for it, and readers would wait for that at every start.
    /// </summary>
    static List<object> Ask(IConfiguration settings, string question)
    {
        var store = StoreServices.ConnectionString(settings);
        using DbConnection connection = StoreServices.IsPostgres(store)
            ? new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(store)
                {
                    Pooling = false,
                    Timeout = 2,
                    CommandTimeout = 2,
                }.ToString()
            )
            : new SqliteConnection(
                new SqliteConnectionStringBuilder(store)
                {
                    Pooling = false,
                    Mode = SqliteOpenMode.ReadWrite,
                    DefaultTimeout = 2,
                }.ToString()
            );
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Questions are written in this file.
        command.CommandText = question;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var answers = new List<object>();
        while (reader.Read())
            if (!reader.IsDBNull(0))
                answers.Add(reader.GetValue(0));
        return answers;
    }

    /// <summary><c>check</c>: everything the start looks at, without starting or changing anything.</summary>
    /// <param name="features">Adds all features as the start does, which reads and refuses their settings.</param>
    public static Command With(Action<WebApplicationBuilder> features) =>
        new("check", "[--from-outside URL]", (builder, words) =>
            words.Count > 0 ? Commands.WrongUse("check [--from-outside URL]") : PrintAllAsync(builder, features)
        );

    static async Task<int> PrintAllAsync(WebApplicationBuilder builder, Action<WebApplicationBuilder> features) =>
        Print(builder, features) is var code && (code != 0 || builder.Configuration.Option("from-outside") is null)
            ? code
            : await OutsideCheckCommand.RunAsync(builder.Configuration, Console.Out, Console.Error);

    static int Print(WebApplicationBuilder builder, Action<WebApplicationBuilder> features)
    {
        var settings = builder.Configuration;
        try
        {
            features(builder);
            if (!Directory.Exists(SiteFolders.Content(settings)))
                throw new SettingsException($"There is no content folder at {SiteFolders.Content(settings)}.");
            var version = StoreVersion.Of(settings);
            Refuse(settings, version);
            StorePreparation.Refuse(version, builder.Environment, settings);
            if (Directory.Exists(SiteFolders.Data(settings)))
                SiteFolders.TryWriting(SiteFolders.Data(settings));
            var doubts = new StartupCheck(settings, builder.Services.SettingsSections(), builder.Environment, TimeProvider.System).Doubts();
            foreach (var doubt in doubts)
                Console.Out.WriteLine("Doubtful: " + doubt);
            Console.Out.WriteLine(
                $"The site can start: content {SiteFolders.Content(settings)}, data {SiteFolders.Data(settings)}, database "
                    + $"{version.Place}{(version.State == StoreState.Missing ? " (will be made)" : "")}."
            );
            return 0;
        }
        catch (Exception problem) when (problem is SettingsException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }
}

/// <summary>Says once after the start what is doubtful; the first readers come first.</summary>
sealed class StartupWarnings(StartupCheck check, TimeProvider clock, ILogger<StartupWarnings> log) : BackgroundService
{
    static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, clock, stoppingToken);
        try
        {
            foreach (var doubt in check.Doubts())
                log.LogWarning("{Doubt}", doubt);
        }
        catch (Exception problem)
        {
            // An exception that left this service would stop the whole site.
            log.LogError(problem, "What is doubtful about the site could not be looked up");
        }
    }
}
