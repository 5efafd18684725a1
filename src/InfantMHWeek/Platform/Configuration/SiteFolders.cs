namespace InfantMHWeek.Platform.Configuration;

/// <summary>Where things lie. Never depends on where the shell stands when the program is started.</summary>
static class SiteFolders
{
    /// <summary>The project's folder in a checkout, the program's own folder once published.</summary>
    public static string Home { get; } = Checkout is { } top ? Path.Combine(top, "src", "InfantMHWeek") : AppContext.BaseDirectory;

    static string? Checkout
    {
        get
        {
            if (Directory.Exists(Path.Combine(AppContext.BaseDirectory, "content")))
                return null;
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "InfantMHWeek.sln")))
                    return folder.FullName;
            return null;
        }
    }

    /// <summary>The content folder: as set by <c>Content:Path</c>, else the checkout's, else the copy beside the program.</summary>
    public static string Content(IConfiguration settings) =>
        SettingsReader.Read<ContentSettings>(settings).Path is { } set
            ? Path.GetFullPath(set, Home)
            : Path.Combine(Checkout ?? AppContext.BaseDirectory, "content");

    /// <summary>
    /// The data folder (database, keys, mail, working files): as set by <c>Data:Path</c>, else <c>data</c> in the project or beside
    /// the program.
    /// </summary>
    public static string Data(IConfiguration settings) =>
        SettingsReader.Read<DataSettings>(settings).Path is { } set ? Path.GetFullPath(set, Home) : Path.Combine(Home, "data");

    /// <summary>
    /// The data folder or a folder inside it, made if it is missing. Nobody but the account that runs the site may look into it.
    /// </summary>
    /// <exception cref="SettingsException">It cannot be made or written.</exception>
    public static string OpenData(IConfiguration settings, string below = "")
    {
        var data = Data(settings);
        var folder = Path.Combine(data, below);
        try
        {
            Directory.CreateDirectory(folder);
            // Also a folder that was there before may be open to others.
            foreach (var each in (ReadOnlySpan<string>)[data, folder])
                if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(each) != OwnerOnly)
                    File.SetUnixFileMode(each, OwnerOnly);
            TryWriting(folder);
            return folder;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                $"The data folder {folder} cannot be written: {problem.Message} Set Data:Path to a folder that this account may write."
            );
        }
    }

    /// <summary>Writes something into a folder and takes it away again.</summary>
    internal static void TryWriting(string folder)
    {
        var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
        File.WriteAllBytes(probe, [0]);
        File.Delete(probe);
    }

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
}
