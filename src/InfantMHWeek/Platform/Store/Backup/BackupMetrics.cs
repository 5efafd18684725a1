using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>How old the newest backup is, and whether there is room for more.</summary>
static class BackupMetrics
{
    public static readonly Metric Age = new("infantmhweek.backup.age", "s", "Since the newest backup; missing while there is none"),
        DiskFree = new("infantmhweek.disk.free", "By", "Free on the disk of the data folder"),
        DiskSize = new("infantmhweek.disk.size", "By", "Size of the disk of the data folder");

    public static readonly MetricSource Source = new([DiskFree, DiskSize, Age], Read);

    static IReadOnlyList<MetricValue> Read(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var disk = new DriveInfo(SiteFolders.Data(services.GetRequiredService<IConfiguration>()));
        var backup = services
            .GetRequiredService<NightlyBackup>()
            .Existing()
            .Take(1)
            .Select(file => MomentIn(Path.GetFileName(file)))
            .OfType<DateTime>();
        return
        [
            new(DiskFree, disk.AvailableFreeSpace),
            new(DiskSize, disk.TotalSize),
            .. backup.Select(taken => new MetricValue(Age, (now - taken).TotalSeconds)),
        ];
    }

    /// <summary>A copied file has another date; its name says when it was taken.</summary>
    static DateTime? MomentIn(string name) =>
        DateTime.TryParseExact(
            name.Split('-', '.').ElementAtOrDefault(1),
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var taken
        )
            ? taken
            : null;
}
