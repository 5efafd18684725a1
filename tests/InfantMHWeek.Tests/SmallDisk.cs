using System.Diagnostics;

namespace InfantMHWeek.Tests;

/// <summary>A disk of few megabytes over a folder, where this process may mount one; otherwise the folder is made read-only.</summary>
sealed class SmallDisk(string folder, bool mounted) : IAsyncDisposable
{
    string Filler => Path.Combine(folder, "filler.bin");

    public void MustBeMounted() =>
        Assert.SkipUnless(
            mounted,
            "This process may not mount a disk (only root on Linux may), and without one of its own the store cannot be made full."
        );

    public static async Task<SmallDisk> Under(string folder) =>
        new(
            folder,
            OperatingSystem.IsLinux()
                && Environment.IsPrivilegedProcess
                && await Run("mount", "-t", "tmpfs", "-o", "size=12m,mode=0700", "tmpfs", folder)
        );

    public void Fill()
    {
        if (!mounted)
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return;
        }
        try
        {
            using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full to the last block.
        }
    }

    public void Empty()
    {
        if (mounted)
            File.Delete(Filler);
        else if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public async ValueTask DisposeAsync()
    {
        Empty();
        if (mounted)
            await Run("umount", "-l", folder);
    }

    static async Task<bool> Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
