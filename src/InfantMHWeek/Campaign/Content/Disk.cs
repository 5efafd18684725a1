using System.Runtime.InteropServices;
using System.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>What .NET does not offer: swapping two names in one step, and flushing a folder.</summary>
static class Disk
{
    const int Here = -100, Free = 1, Swap = 2, Gone = 2, AlreadyThere = 17, CannotHere = 22, Unknown = 38;

    /// <summary>Where the file system cannot swap, the one replaces the other.</summary>
    /// <returns>False when there is nothing to swap with.</returns>
    public static bool Exchange(string one, string other)
    {
        var problem = Rename(one, other, Swap);
        if (problem == Gone) return false;
        if (problem is CannotHere or Unknown) File.Move(one, other, overwrite: true);
        else if (problem != 0) throw new IOException("The file could not be replaced: " + Marshal.GetPInvokeErrorMessage(problem));
        return true;
    }

    /// <returns>False when something is there already.</returns>
    public static bool MoveIfFree(string from, string to)
    {
        var problem = Rename(from, to, Free);
        if (problem == 0) return true;
        if (problem == AlreadyThere) return false;
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

    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var handle = open(Name(folder), 0);
        if (handle < 0) return;
        var answer = fsync(handle);
        _ = close(handle);
        if (answer != 0) throw new IOException("The folder could not be flushed.");
    }

    static int Rename(string from, string to, uint how)
    {
        if (!OperatingSystem.IsLinux()) return CannotHere;
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
    static extern int open(byte[] path, int how);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int fsync(int handle);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int close(int handle);
}
