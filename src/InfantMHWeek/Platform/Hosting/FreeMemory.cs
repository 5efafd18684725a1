using System.Runtime.InteropServices;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Memory that was used once and is not needed again goes back to the machine.</summary>
static class FreeMemory
{
    /// <summary>
    /// After work far larger than what comes next, such as reading thousands of pages: left to themselves the collector and the C library
    /// keep most of it for a next time. Everything stands still meanwhile, a tenth of a second in a large site.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Only the C library of GNU has it.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Trim(nuint keep);
}
