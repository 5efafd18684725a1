using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>A mailed link that opens all that is offered from one address, for some days; the store keeps its hash only.</summary>
sealed class OrganiserLink : IHasTokenHash
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>A form that was opened before the link ended is still taken for so long, so that nothing typed is lost.</summary>
    public static readonly TimeSpan StillTaken = TimeSpan.FromHours(4);

    public required string Hash { get; init; }

    /// <summary>As it stands with what is offered; the mail went there.</summary>
    public required EmailAddress Contact { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime EndsAt { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<OrganiserLink>
    {
        public void Configure(EntityTypeBuilder<OrganiserLink> builder)
        {
            builder.ToTable("OrganiserLinks");
            builder.HasTokenHashAsKey();
            builder.HasIndex(l => l.EndsAt);
        }
    }
}

static class OrganiserLinks
{
    /// <summary>Makes a link to all that is offered from an address; it is kept with what the caller saves.</summary>
    public static string NewHome(this SiteDb db, EmailAddress contact, DateTime now) =>
        db.Issue(hash => new OrganiserLink
        {
            Hash = hash,
            Contact = contact,
            MadeAt = now,
            EndsAt = now + OrganiserLink.Lasts,
        });

    /// <summary>The home that a key opens, or from which it opens one thing; null for any other key, and once the link has ended.</summary>
    public static async Task<OrganiserLink?> OpenHomeAsync(this SiteDb db, ManageLinkAccess key, CancellationToken cancel) =>
        key.Home is null
            ? null
            : await db.OpenedByHash<OrganiserLink>(key.Hash).AsNoTracking().SingleOrDefaultAsync(l => l.EndsAt > key.OpenAt, cancel);
}
