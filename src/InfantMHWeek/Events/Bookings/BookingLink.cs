using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Bookings;

/// <summary>A link that was mailed to whoever booked, by the hash of its token. Each mail brings its own.</summary>
sealed class BookingLink : IHasTokenHash
{
    public required string Hash { get; init; }
    public required Guid BookingId { get; init; }
    public required DateTime MadeAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<BookingLink>
    {
        public void Configure(EntityTypeBuilder<BookingLink> builder)
        {
            builder.ToTable("EventBookingLinks");
            builder.HasTokenHashAsKey();
            builder.HasOne<PlaceBooking>().WithMany().HasForeignKey(l => l.BookingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

static class BookingLinks
{
    /// <summary>Makes a link; it is kept with what the caller saves.</summary>
    public static string NewBookingLink(this SiteDb db, Guid booking, DateTime now) =>
        db.Issue(hash => new BookingLink
        {
            Hash = hash,
            BookingId = booking,
            MadeAt = now,
        });

    /// <summary>The place that a token opens, or null; the same null for a forged, truncated or mistyped one.</summary>
    public static async Task<PlaceBooking?> OpenBookingAsync(this SiteDb db, string? token, CancellationToken cancel)
    {
        var id = await db.OpenedBy<BookingLink>(token).Select(l => (Guid?)l.BookingId).FirstOrDefaultAsync(cancel);
        return id is null ? null : await db.Set<PlaceBooking>().Include(b => b.Date).FirstOrDefaultAsync(b => b.Id == id, cancel);
    }
}
