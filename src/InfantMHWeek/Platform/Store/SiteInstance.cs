using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// A running site on this database, as it says itself again and again; for those on other machines, where no file lock reaches.
/// </summary>
sealed class SiteInstance
{
    public const int MaxLength = 400;

    /// <summary>How often it says so, and after how long without a word it is believed to have ended without saying that.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMinutes(1),
        Silence = TimeSpan.FromMinutes(3),
        Forgotten = TimeSpan.FromDays(1);

    public required Guid Id { get; init; }
    public required string Machine { get; init; }

    /// <summary>Its data folder.</summary>
    public required string Folder { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime SeenAt { get; set; }

    public bool IsSilent(DateTime now) => (now - SeenAt).Duration() > Silence;

    /// <summary>
    /// Refuses when a site elsewhere runs on the database. Ask with the data folder in hand (<see cref="SiteLock"/>): what is left of
    /// this machine's own has ended.
    /// </summary>
    /// <param name="says">Is told of those that seem to have ended without a word.</param>
    /// <exception cref="SettingsException">One runs.</exception>
    internal static void Refuse(IConfiguration settings, TimeProvider clock, Action<string> says)
    {
        using var db = StoreServices.Open(settings);
        var (now, here) = (clock.GetUtcNow().UtcDateTime, Path.GetFullPath(SiteFolders.Data(settings)));
        List<SiteInstance> elsewhere =
        [
            .. db.Set<SiteInstance>()
                .AsNoTracking()
                .OrderBy(i => i.StartedAt)
                .ToList()
                .Where(i => i.Machine != Environment.MachineName || i.Folder != here),
        ];
        if (elsewhere.Find(i => !i.IsSilent(now)) is { } running)
            throw new SettingsException(
                $"A site runs on this database: on {running.Machine}, with the data folder {running.Folder}, last heard of at "
                    + $"{running.SeenAt.InUk()}. Stop it first. If it was killed, it is passed over {Silence.TotalMinutes:0} minutes "
                    + "after its last word. Nothing was changed."
            );
        foreach (var ended in elsewhere)
            says($"A site on {ended.Machine} ended without saying so; it was last heard of at {ended.SeenAt.InUk()}.");
    }

    public sealed class Mapping : IEntityTypeConfiguration<SiteInstance>
    {
        public void Configure(EntityTypeBuilder<SiteInstance> builder)
        {
            builder.ToTable("SiteInstances");
            builder.Property(i => i.Machine).HasMaxLength(MaxLength);
            builder.Property(i => i.Folder).HasMaxLength(MaxLength);
        }
    }
}
