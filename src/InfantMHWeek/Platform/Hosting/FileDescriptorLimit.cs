using System.Globalization;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>How many files and connections the system lets this process have open at once, and what the site makes of it.</summary>
static class FileDescriptorLimit
{
    /// <summary>Below <see cref="Least"/> the site cannot start; below <see cref="Enough"/> a busy day does not fit.</summary>
    public const int Least = 900,
        Enough = 4096;

    /// <summary>
    /// The program itself (some 360 at rest), the store, the content's watchers, mail. Without them the runtime itself ends.
    /// </summary>
    const int Own = 700;

    /// <returns>Null where there is no limit, or none that can be read.</returns>
    static long? Limit()
    {
        try
        {
            const string Name = "Max open files";
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
            return long.TryParse(
                line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var limit
            )
                ? limit
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Comes before all else: with still fewer the runtime cannot load what it needs to say anything.</summary>
    /// <exception cref="SettingsException">There are too few to start with.</exception>
    public static void Refuse()
    {
        if (Limit() is { } limit && limit < Least)
            throw new SettingsException(
                $"Only {limit} files may be open at once, and the site needs {Least} at least. Raise the limit (ulimit -n, or "
                    + "LimitNOFILE= in the unit)."
            );
    }

    public static string? Doubt() =>
        Limit() is { } limit && limit < Enough
            ? $"Only {limit} files may be open at once, so {MostConnections()} visitors can be connected; {Enough} and more are usual. "
                + "Raise the limit (ulimit -n, or LimitNOFILE= in the unit)."
            : null;

    /// <summary>How many connections leave the site what it needs itself; null where there is no limit.</summary>
    public static long? MostConnections() => Limit() is { } limit ? Math.Max(limit - Own, 10) : null;
}
