using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Places;

/// <summary>
/// One postcode of an imported file: its number (<see cref="Postcode.Key"/>) and where it is, in hundred-thousandths of a degree.
/// </summary>
sealed class PostcodePlace
{
    public required long Key { get; init; }
    public required int Latitude { get; init; }
    public required int Longitude { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<PostcodePlace>
    {
        public void Configure(EntityTypeBuilder<PostcodePlace> builder)
        {
            builder.ToTable("PostcodePlaces");
            builder.HasKey(p => p.Key);
            builder.Property(p => p.Key).ValueGeneratedNever();
        }
    }
}

/// <summary>Where the postcodes come from, and the words that their owner wants to be shown.</summary>
sealed class PlaceSource
{
    public required Guid Id { get; init; }
    public required string File { get; init; }
    public required string Attribution { get; init; }
    public required DateTime ImportedAt { get; init; }
    public required int Postcodes { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<PlaceSource>
    {
        public void Configure(EntityTypeBuilder<PlaceSource> builder)
        {
            builder.ToTable("PlaceSources");
            builder.Property(s => s.File).HasMaxLength(200);
            builder.Property(s => s.Attribution).HasMaxLength(600);
        }
    }
}
