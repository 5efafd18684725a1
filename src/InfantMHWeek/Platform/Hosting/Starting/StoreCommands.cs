using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Store.Moving;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary><c>db migrate</c>, <c>db backup FILE</c>, <c>db restore FILE</c>, <c>db move</c> and <c>db check</c>.</summary>
static class StoreCommands
{
    public static readonly Command Migrate = new("db migrate", "[--while-running true]", (builder, _) =>
        Task.FromResult(Run(builder, MigrateNow))
    );
    public static readonly Command Backup = new("db backup", "FILE", (builder, words) =>
        Task.FromResult(words is [var file] ? Run(builder, settings => BackUpTo(file, settings)) : WrongUse(Backup!))
    );
    public static readonly Command Restore = new("db restore", "FILE [--replace true]", (builder, words) =>
        Task.FromResult(words is [var file] ? Run(builder, settings => RestoreFrom(file, settings)) : WrongUse(Restore!))
    );
    public static readonly Command Check = new("db check", "", (builder, _) => Task.FromResult(Run(builder, CheckAll)));

    public static readonly Command Move = new("db move", "--to CONNECTION", (builder, _) =>
        Task.FromResult(builder.Configuration.Option("to") is { } to ? Run(builder, settings => MoveTo(to, settings)) : WrongUse(Move!))
    );

    static int Run(WebApplicationBuilder builder, Func<IConfiguration, int> work)
    {
        try
        {
            return work(builder.Configuration);
        }
        catch (Exception problem)
            when (problem is SettingsException or IOException or UnauthorizedAccessException || StoreTrouble.Is(problem))
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    static int WrongUse(Command command)
    {
        Console.Error.WriteLine($"Write it like this: {command}");
        return 2;
    }

    static int MigrateNow(IConfiguration settings)
    {
        SiteFolders.OpenData(settings);
        // Changes that old and new versions can both work with may be made while the old one runs.
        using var inUse = settings.Flag("while-running") ? SiteLock.Share(settings) : SiteLock.TryAlone(settings);
        var version = StoreVersion.Of(settings);
        if (version.Due.Count > 0 && inUse is null)
            throw new SettingsException(
                $"{StorePreparation.Changes(version.Due)} due, and the site is running with the data folder "
                    + $"{SiteFolders.Data(settings)}, or another command works there. Stop it first (systemctl stop infantmhweek), then "
                    + "try again. Nothing was changed."
            );
        if (version.State != StoreState.Current)
            StorePreparation.Migrate(settings, version);
        foreach (var change in version.Due)
            Console.Out.WriteLine("Made the change " + change);
        Console.Out.WriteLine($"The database {version.Place} is up to date.");
        return 0;
    }

    static int BackUpTo(string file, IConfiguration settings)
    {
        var version = StoreVersion.Of(settings);
        if (version.State == StoreState.Missing)
            throw new SettingsException($"There is no database at {version.Place} yet.");
        if (file.EndsWith(SiteBackup.Ending, StringComparison.Ordinal))
        {
            var contents = new SiteBackup(settings, TimeProvider.System).WriteTo(Path.GetFullPath(file));
            Console.Out.WriteLine(
                $"{file}: {contents.Rows} rows and {contents.Files.Count - 1} files (keys, content, pictures), verified."
            );
            return 0;
        }
        using var inUse = SiteLock.Share(settings);
        using var snapshot = DatabaseSnapshot.Of(settings);
        var rows = snapshot.WriteTo(Path.GetFullPath(file));
        Console.Out.WriteLine(
            $"{file}: {rows} rows in {new FileInfo(file).Length / 1024} KiB, verified. Keep the folder \"keys\" of the data folder with it."
        );
        return 0;
    }

    static int MoveTo(string to, IConfiguration settings)
    {
        using var alone = SiteLock.Alone(settings, "What it stored during the move would stay behind");
        if (StoreVersion.Of(settings).State == StoreState.Current)
            SiteInstance.Refuse(settings, TimeProvider.System, Console.Out.WriteLine);
        var rows = StoreMove.Run(StoreServices.ConnectionString(settings), to, Console.Out.WriteLine);
        Console.Out.WriteLine(
            $"{rows} rows are there and were compared, value by value. Start the site with ConnectionStrings:Site set to the new place; "
                + "the old one was not touched."
        );
        return 0;
    }

    static int RestoreFrom(string file, IConfiguration settings)
    {
        var (contents, aside) = new SiteRestore(settings, TimeProvider.System).From(Path.GetFullPath(file), settings.Flag("replace"));
        Console.Out.WriteLine(
            $"Put back what was saved at {contents.MadeAt:yyyy-MM-dd HH:mm} UTC: {contents.Rows} rows and {contents.Files.Count - 1} files."
        );
        if (aside is not null)
            Console.Out.WriteLine($"What was there before lies in {aside}.");
        if (StoreVersion.Of(settings) is not { State: StoreState.Older } older)
            return CheckAll(settings);
        Console.Out.WriteLine($"It is of an earlier version: {StorePreparation.Changes(older.Due)} due. Run \"db migrate\".");
        return 0;
    }

    static int CheckAll(IConfiguration settings)
    {
        var version = StoreVersion.Of(settings);
        if (version.State == StoreState.Missing)
            throw new SettingsException($"There is no database at {version.Place} yet.");
        if (RestorePlan.IsUnderWay(settings))
            throw new SettingsException(
                "A restore is under way or was interrupted. If none runs any more, start the site: it is finished first."
            );
        // PostgreSQL checks its own pages; what is asked here is what a file alone cannot say of itself.
        var problems = StoreServices.IsPostgres(settings) ? [] : DatabaseBackup.ProblemsOf(version.Place);
        if (version.State == StoreState.Strange)
            problems.Add(StorePreparation.Refusal(version));
        if (version.State == StoreState.Older)
            problems.Add($"{StorePreparation.Changes(version.Due)} due: run \"db migrate\".");
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Count == 0)
            Console.Out.WriteLine(
                $"The database {version.Place} {(StoreServices.IsPostgres(settings) ? "can be read and is" : "is whole and")} up to date."
            );
        return problems.Count == 0 ? 0 : 1;
    }
}
