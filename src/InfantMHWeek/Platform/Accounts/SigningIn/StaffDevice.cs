using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>
/// A browser that is known as somebody's: they have signed in there, or opened a link from their mailbox. It opens nothing; but no
/// stranger's attempts count against it (<see cref="SignInBudgets"/>), and signing in there is no news.
/// </summary>
sealed class StaffDevice
{
    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required string BrowserHash { get; init; }
    public required DateTime SeenAt { get; set; }

    /// <summary>Null while it is known by a mailed link only.</summary>
    public DateTime? SignedInAt { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<StaffDevice>
    {
        public void Configure(EntityTypeBuilder<StaffDevice> builder)
        {
            builder.ToTable("StaffDevices");
            builder.Property(d => d.BrowserHash).HasMaxLength(Secret.HashLength);
            builder.HasIndex(d => new { d.BrowserHash, d.StaffId }).IsUnique();
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(d => d.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Knows and forgets browsers.</summary>
sealed class StaffDevices(TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>Its id; null when this browser is not known as theirs.</returns>
    public Task<Guid?> FindAsync(SiteDb db, Guid staff, string? browser, CancellationToken cancel) => FindAsync(db, browser, staff, cancel);

    /// <summary>Whether anybody at all is known in it.</summary>
    public Task<Guid?> FindAnyAsync(SiteDb db, string? browser, CancellationToken cancel) => FindAsync(db, browser, null, cancel);

    async Task<Guid?> FindAsync(SiteDb db, string? browser, Guid? staff, CancellationToken cancel)
    {
        if (browser is null)
            return null;
        var since = Now - StaffBrowser.Lasts;
        return await db.Set<StaffDevice>()
            .AsNoTracking()
            .Where(d => d.BrowserHash == browser && d.SeenAt > since && (staff == null || d.StaffId == staff))
            .OrderBy(d => d.Id)
            .Select(d => (Guid?)d.Id)
            .FirstOrDefaultAsync(cancel);
    }

    /// <returns>Whether they had signed in there before.</returns>
    public async Task<bool> RememberAsync(SiteDb db, Guid staff, string browser, bool signedIn, CancellationToken cancel)
    {
        var now = Now;
        var device = await db.Set<StaffDevice>().FirstOrDefaultAsync(d => d.StaffId == staff && d.BrowserHash == browser, cancel);
        if (device is null)
            db.Set<StaffDevice>()
                .Add(
                    device = new()
                    {
                        Id = Guid.CreateVersion7(clock.GetUtcNow()),
                        StaffId = staff,
                        BrowserHash = browser,
                        SeenAt = now,
                    }
                );
        var before = device.SignedInAt is not null && device.SeenAt > now - StaffBrowser.Lasts;
        device.SeenAt = now;
        if (signedIn)
            device.SignedInAt = now;
        return before;
    }

    /// <param name="but">A browser that stays known.</param>
    public static Task ForgetAsync(SiteDb db, Guid staff, string? but, CancellationToken cancel) =>
        db.Set<StaffDevice>().Where(d => d.StaffId == staff && d.BrowserHash != but).ExecuteDeleteAsync(cancel);
}
