using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Editing.Pictures;

/// <summary>
/// What staff said of a picture when they brought it: its alternative text, empty on purpose if it is decoration. Who made it and
/// what in it matters stand in <c>pictures.yml</c>.
/// </summary>
sealed class MediaPicture
{
    public const int AlternativeMaxLength = 250,
        CreditMaxLength = 120;

    /// <summary>The file's name in the media folder.</summary>
    public required string File { get; init; }
    public required string Alternative { get; set; }
    public required bool Decorative { get; set; }
    public required DateTime At { get; set; }
    public required string Who { get; set; }

    /// <summary>What to write in a page to show it.</summary>
    public string Markdown => Decorative ? $"![](/media/{File} \"decorative\")" : $"![{Escaped(Alternative)}](/media/{File})";

    static string Escaped(string words) =>
        words.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    public sealed class Mapping : IEntityTypeConfiguration<MediaPicture>
    {
        public void Configure(EntityTypeBuilder<MediaPicture> builder)
        {
            builder.ToTable("MediaPictures");
            builder.HasKey(p => p.File);
            builder.Property(p => p.File).HasMaxLength(100);
            builder.Property(p => p.Alternative).HasMaxLength(AlternativeMaxLength);
            builder.Property(p => p.Who).HasMaxLength(100);
        }
    }
}
