using System.Runtime.InteropServices;
using System.Text;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>
/// The keys and the content as they were at one moment. Texts are read at once; pictures, which are replaced and never written
/// into, get a second name each (a hard link), so that they can be packed later as they were.
/// </summary>
sealed class BackupFiles(IConfiguration settings) : IDisposable
{
    const string Pins = ".backup-",
        Media = "media/";
    const int MostBytesOfText = 256 * 1024;
    static readonly TimeSpan PinsMayBeUsed = TimeSpan.FromDays(1);

    readonly string content = SiteFolders.Content(settings),
        pins = Path.Combine(SiteFolders.Content(settings), Pins + Guid.NewGuid().ToString("N"));
    readonly List<(string Name, Func<Stream?> Open)> files = [];
    bool canPin = OperatingSystem.IsLinux();

    /// <summary>By name inside the backup. What opens to null is gone.</summary>
    public IReadOnlyList<(string Name, Func<Stream?> Open)> All => files;

    /// <summary>Notes what is there now. Some milliseconds for a hundred pages and a thousand pictures.</summary>
    public void Gather()
    {
        files.Clear();
        foreach (var (name, file) in FilesIn(Path.Combine(SiteFolders.Data(settings), DataProtectionKeys.Below)))
            AddText(BackupArchive.Keys + name, file);
        foreach (var (name, file) in FilesIn(content))
            if (name.StartsWith(Media, StringComparison.Ordinal) || file.Length > MostBytesOfText)
                AddPicture(BackupArchive.Content + name, file);
            else
                AddText(BackupArchive.Content + name, file);
    }

    static IEnumerable<(string Name, FileInfo File)> FilesIn(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var every = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return new DirectoryInfo(folder)
            .EnumerateFiles("*", every)
            .Select(file => (Name: Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file))
            // What is being saved, and what is not the site's.
            .Where(f => !f.Name.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
    }

    void AddText(string name, FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        files.Add((name, () => new MemoryStream(bytes, writable: false)));
    }

    void AddPicture(string name, FileInfo file)
    {
        var pin = Path.Combine(pins, files.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (canPin)
            canPin = TryPin(file.FullName, pin);
        if (canPin)
            files.Add((name, () => File.OpenRead(pin)));
        else
            files.Add((name, () => File.Exists(file.FullName) ? File.OpenRead(file.FullName) : null));
    }

    bool TryPin(string file, string pin)
    {
        try
        {
            Directory.CreateDirectory(pins);
            return link(Bytes(file), Bytes(pin)) == 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written cannot change either.
            return false;
        }
    }

    /// <summary>Takes away what a killed process left.</summary>
    public static void ClearLeftovers(IConfiguration settings)
    {
        var folder = SiteFolders.Content(settings);
        if (!Directory.Exists(folder))
            return;
        foreach (
            var left in Directory
                .EnumerateDirectories(folder, Pins + "*")
                .Where(d => Directory.GetLastWriteTimeUtc(d) < DateTime.UtcNow - PinsMayBeUsed)
        )
            Directory.Delete(left, recursive: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(pins))
            Directory.Delete(pins, recursive: true);
    }

    static byte[] Bytes(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int link(byte[] file, byte[] name);
}
