using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Moderation;

/// <summary>
/// The bytes of a picture, drawn anew by us, in two widths. They lie in the store and not in a folder: so they come along with every
/// backup and move, and every instance has them.
/// </summary>
sealed class EventPicture
{
    public required Guid Id { get; init; }
    public required Guid EventId { get; init; }
    public required DateTime AddedAt { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required byte[] Large { get; init; }

    /// <summary>Empty where the picture is no wider than that.</summary>
    public required byte[] Small { get; init; }

    public PictureDetails Details(string alternative) => new(Id, Width, Height, alternative);

    public EventPicture For(Guid other, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            EventId = other,
            AddedAt = now.UtcDateTime,
            Width = Width,
            Height = Height,
            Large = Large,
            Small = Small,
        };

    public sealed class Mapping : IEntityTypeConfiguration<EventPicture>
    {
        public void Configure(EntityTypeBuilder<EventPicture> builder)
        {
            builder.ToTable("EventPictures");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasOne<Event>().WithMany().HasForeignKey(p => p.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

static class EventPictures
{
    /// <summary>The bytes of one picture of an event.</summary>
    public static Task<byte[]?> BytesAsync(this SiteDb db, Guid e, Guid picture, bool small, CancellationToken cancel) =>
        db.Set<EventPicture>()
            .Where(p => p.Id == picture && p.EventId == e)
            .Select(p => small && p.Small.Length > 0 ? p.Small : p.Large)
            .SingleOrDefaultAsync(cancel);

    /// <summary>Inside a write: deletes what no version shows any more. What was refused or taken down shows none.</summary>
    public static async Task DropUnusedPicturesAsync(this SiteDb inside, Event e, CancellationToken cancel)
    {
        if (e.WithdrawnAt is not null || e is { DeclinedAt: not null, Live: null })
            e.ForgetPictures();
        var (id, used) = (e.Id, e.PicturesInUse.ToList());
        await inside.Set<EventPicture>().Where(p => p.EventId == id && !used.Contains(p.Id)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Inside a write: a copy has the picture of what was copied, and keeps it when that goes.</summary>
    public static async Task CopyPictureAsync(this SiteDb inside, Event from, Event to, DateTimeOffset now, CancellationToken cancel)
    {
        if (from.Latest.Picture is not { } shown)
            return;
        var bytes = await inside.Set<EventPicture>().SingleOrDefaultAsync(p => p.Id == shown.Id, cancel);
        var own = bytes?.For(to.Id, now);
        if (own is not null)
            inside.Add(own);
        to.Propose(to.Latest with { Picture = own?.Details(shown.Alternative) }, now);
    }
}
