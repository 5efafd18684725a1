using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Who is at the data folder: everybody who works there shares the lock, whoever replaces what is in it has it alone. It is a
/// lock of the operating system on the file <c>site.lock</c>, so it ends with the process, whatever ends that.
/// </summary>
sealed class SiteLock(IConfiguration settings) : IDisposable
{
    const string Name = "site.lock";
    FileStream? held;

    /// <summary>For the running site: shares the lock until it ends.</summary>
    /// <exception cref="SettingsException">Somebody has it alone.</exception>
    public void Hold() => held ??= Open(settings, FileShare.Read) ?? throw Taken(settings);

    /// <summary>Shares the lock until it is disposed.</summary>
    /// <inheritdoc cref="Hold"/>
    internal static IDisposable Share(IConfiguration settings) => Open(settings, FileShare.Read) ?? throw Taken(settings);

    /// <summary>Has the folder to itself until it is disposed.</summary>
    /// <param name="forWhat">What must not happen beside a running site: <c>A restore replaces all that the site works with</c>.</param>
    /// <exception cref="SettingsException">The site runs on it, or a command works there.</exception>
    internal static IDisposable Alone(IConfiguration settings, string forWhat) =>
        TryAlone(settings)
        ?? throw new SettingsException(
            $"The site is running with the data folder {SiteFolders.Data(settings)}, or another command works there. {forWhat}: stop it "
                + "first (systemctl stop infantmhweek), then try again. Nothing was changed."
        );

    /// <returns>Null when somebody works there.</returns>
    internal static IDisposable? TryAlone(IConfiguration settings) => Open(settings, FileShare.None);

    static SettingsException Taken(IConfiguration settings) =>
        new(
            $"The data folder {SiteFolders.Data(settings)} is being replaced or changed by a command (restore, migrate or move). Try "
                + "again when that is done."
        );

    static FileStream? Open(IConfiguration settings, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = Path.Combine(SiteFolders.OpenData(settings), Name);
        try
        {
            return new FileStream(file, options);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new SettingsException($"{file} cannot be opened: {problem.Message}");
        }
    }

    public void Dispose() => held?.Dispose();
}
