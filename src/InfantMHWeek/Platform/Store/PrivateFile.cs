using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store;

static class PrivateFile
{
    /// <summary>An empty file that only the site's own account can read; what SQLite adds beside it follows its example.</summary>
    public static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(file, options).Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file} cannot be made: {problem.Message}");
        }
    }
}
