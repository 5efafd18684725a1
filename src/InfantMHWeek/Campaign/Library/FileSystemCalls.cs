using System.Runtime.InteropServices;
using System.Text;

namespace InfantMHWeek.Campaign.Library;

/// <summary>A folder on a disk, whatever its name is.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct FolderIdentity(ulong Device, ulong Node, long Born);

/// <summary>What .NET does not offer: swapping two names in one step, telling folders apart, and flushing a folder.</summary>
static class FileSystemCalls
{
    const int Here = -100,
        Free = 1,
        Swap = 2,
        Gone = 2,
        AlreadyThere = 17,
        CannotHere = 22,
        Unknown = 38;

    /// <summary>Where the file system cannot swap, the one replaces the other.</summary>
    /// <returns>False when there is nothing to swap with.</returns>
    public static bool Exchange(string one, string other)
    {
        var problem = Rename(one, other, Swap);
        if (problem == Gone)
            return false;
        if (problem is CannotHere or Unknown)
            File.Move(one, other, overwrite: true);
        else if (problem != 0)
            throw new IOException("The file could not be replaced: " + Marshal.GetPInvokeErrorMessage(problem));
        return true;
    }

    /// <returns>False when something is there already.</returns>
    public static bool MoveIfFree(string from, string to)
    {
        var problem = Rename(from, to, Free);
        if (problem == 0)
            return true;
        if (problem == AlreadyThere)
            return false;
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    /// <summary>Which folder stands under a name: another one under the same name has another identity.</summary>
    /// <returns>Null when there is none.</returns>
    public static FolderIdentity? IdentityOf(string folder)
    {
        const uint NodeAndBirth = 0x100 | 0x800;
        if (!Directory.Exists(folder))
            return null;
        if (OperatingSystem.IsLinux())
            try
            {
                var facts = new byte[256];
                if (statx(Here, Name(folder), 0, NodeAndBirth, facts) == 0)
                    return new(
                        BitConverter.ToUInt64(facts, 136),
                        BitConverter.ToUInt64(facts, 32),
                        BitConverter.ToInt64(facts, 80) ^ BitConverter.ToInt32(facts, 88)
                    );
            }
            catch (EntryPointNotFoundException)
            {
                // An old library of the system: then by its date alone.
            }
        return new(0, 0, Directory.GetCreationTimeUtc(folder).Ticks);
    }

    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var handle = open(Name(folder), 0);
        if (handle < 0)
            return;
        var answer = fsync(handle);
        _ = close(handle);
        if (answer != 0)
            throw new IOException("The folder could not be flushed.");
    }

    static int Rename(string from, string to, uint how)
    {
        if (!OperatingSystem.IsLinux())
            return CannotHere;
        try
        {
            return renameat2(Here, Name(from), Here, Name(to), how) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            return CannotHere;
        }
    }

    static byte[] Name(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int renameat2(int fromFolder, byte[] from, int toFolder, byte[] to, uint how);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int statx(int folder, byte[] path, int flags, uint wanted, byte[] facts);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int open(byte[] path, int how);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int fsync(int handle);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int close(int handle);
}
