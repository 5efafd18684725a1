using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// Whose a file is. The framework does not tell, and a site that was started as root by mistake would leave files its own account
/// cannot open.
/// </summary>
static class FileOwner
{
    const int AtCurrentFolder = -100,
        WithOwner = 8,
        OwnerAt = 20;

    /// <summary>False also where it cannot be known, or nothing is there.</summary>
    public static bool IsAnother(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var answer = new byte[256];
        return statx(AtCurrentFolder, path, 0, WithOwner, answer) == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(OwnerAt)) != geteuid();
    }

    [
        DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)
    ]
    static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] answer);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern uint geteuid();
}
