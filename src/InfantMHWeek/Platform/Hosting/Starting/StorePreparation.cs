using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary>Sees at the start that the database fits the program, and says plainly when it does not.</summary>
static class StorePreparation
{
    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="SettingsException">The site must not be started on this database.</exception>
    /// <param name="mayWait">
    /// Pages can be served meanwhile where it cannot be reached; then <see cref="DelayedStoreStart"/> waits for it.
    /// </param>
    /// <returns>Null where it is waited for.</returns>
    public static StoreVersion? CheckStore(this WebApplication app, bool mayWait = false)
    {
        try
        {
            return Look(app.Configuration, app.Environment, keys: null);
        }
        catch (StoreUnreachableException problem) when (mayWait)
        {
            app.Services.GetRequiredService<DelayedStoreStart>().Await(problem);
            return null;
        }
    }

    static StoreVersion Look(IConfiguration settings, IHostEnvironment site, IReadOnlyList<Guid>? keys)
    {
        var version = StoreVersion.Of(settings);
        Refuse(version, site, settings);
        StartupCheck.Refuse(settings, version, keys);
        return version;
    }

    /// <summary>Looks, and prepares it.</summary>
    /// <param name="keys">The keys of the site, as they were at the start.</param>
    /// <exception cref="SettingsException">It must not be used, or (<see cref="StoreUnreachableException"/>) is not there yet.</exception>
    internal static void Take(IConfiguration settings, IHostEnvironment site, IReadOnlyList<Guid> keys)
    {
        if (Look(settings, site, keys) is { State: not StoreState.Current } version)
            Migrate(settings, version);
    }

    internal static void Refuse(StoreVersion version, IHostEnvironment site, IConfiguration settings)
    {
        if (version.State == StoreState.Strange)
            throw new SettingsException(Refusal(version));
        if (version.State == StoreState.Older && !site.IsDevelopment() && !SettingsReader.Read<DataSettings>(settings).MigrateAtStart)
            throw new SettingsException(
                $"The database {version.Place} is older than this program: {Changes(version.Due)} due. Make a copy with \"db backup "
                    + "FILE\" and run \"db migrate\", or set Data:MigrateAtStart=true."
            );
    }

    /// <summary>
    /// A new database is made, because nothing can be lost; an older one is changed only in development or where
    /// <c>Data:MigrateAtStart</c> allows it.
    /// </summary>
    /// <param name="version">As <see cref="CheckStore"/> found it.</param>
    public static void PrepareStore(this WebApplication app, StoreVersion? version)
    {
        SiteFolders.OpenData(app.Configuration, DataProtectionKeys.Below);
        app.Services.GetRequiredService<SiteLock>().Hold();
        foreach (var sentence in app.Services.GetService<LeftoverFiles>()?.Sentences ?? [])
            app.Logger.LogWarning("{Sentence}", sentence);
        if (version is null or { State: StoreState.Current })
            return;
        Migrate(app.Configuration, version);
        app.Logger.LogInformation("The database has been brought up to date: {Count} changes", version.Due.Count);
    }

    /// <summary>Makes all changes that are due.</summary>
    public static void Migrate(IConfiguration settings, StoreVersion version)
    {
        if (version.State == StoreState.Strange)
            throw new SettingsException(Refusal(version));
        if (!StoreServices.IsPostgres(settings) && !File.Exists(version.Place))
            PrivateFile.Make(version.Place);
        using var db = StoreServices.Open(settings);
        // A large table may take its time.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        using var only = StoreServices.IsPostgres(settings) ? null : OnlyOne(version.Place);
        if (only is not null)
            ForgetAbandonedLock(db);
        db.Database.Migrate();
    }

    /// <summary>Waits until nobody else changes the file; whoever is killed lets go of it.</summary>
    static FileStream OnlyOne(string place)
    {
        while (true)
            try
            {
                return new FileStream(
                    place + ".migrating",
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException) when (File.Exists(place + ".migrating"))
            {
                Thread.Sleep(BetweenLooks);
            }
    }

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// In SQLite Entity Framework's own lock is a row, which outlives a process that was killed: the next would wait for it for ever.
    /// </summary>
    static void ForgetAbandonedLock(SiteDb db)
    {
        var there =
            db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'").Single() > 0;
        if (there)
            db.Database.ExecuteSqlRaw("DELETE FROM \"__EFMigrationsLock\"");
    }

    internal static string Refusal(StoreVersion version) =>
        version.Foreign.Count > 0
            ? $"The database {version.Place} was written by another version of the site (it holds {version.Foreign[^1]}, which this one "
                + "does not know). Start that version, or put back a copy that fits."
            : $"The database {version.Place} was not made by this site. Set Data:Path or ConnectionStrings:Site to the right one.";

    internal static string Changes(IReadOnlyList<string> due) => due.Count == 1 ? "1 change is" : $"{due.Count} changes are";
}
