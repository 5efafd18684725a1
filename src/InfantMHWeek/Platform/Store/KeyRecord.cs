using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// That a key in the data folder belongs to this database. A site on another's keys, or without them, is refused at the start.
/// </summary>
sealed class KeyRecord
{
    const string Prefix = "key-",
        Ending = ".xml";

    public required Guid Id { get; init; }

    /// <summary>The ids of the keys in a folder; their names hold them.</summary>
    public static IReadOnlyList<Guid> In(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, Prefix + "*" + Ending)
                    .Select(f => Guid.TryParse(Path.GetFileName(f)[Prefix.Length..^Ending.Length], out var id) ? id : (Guid?)null)
                    .OfType<Guid>(),
            ]
            : [];

    public sealed class Mapping : IEntityTypeConfiguration<KeyRecord>
    {
        public void Configure(EntityTypeBuilder<KeyRecord> builder) => builder.ToTable("KeyRecords");
    }
}
