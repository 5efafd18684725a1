using System.Text.Json;
using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Moderation;

/// <summary>What an organiser says of themselves: one whole version, offered or approved. Plain text.</summary>
sealed record ProfileDetails : IModeratedDetails<ProfileDetails>
{
    public const int MaxName = EventDetails.MaxLine,
        MaxAbout = 600;

    public string Name { get; init; } = "";
    public string About { get; init; } = "";
    public string Link { get; init; } = "";

    [JsonIgnore]
    public string Title => Name;

    /// <summary>All of it is words, so all of it waits for a person.</summary>
    public ProfileDetails WithHarmlessOf(ProfileDetails other) => this;

    public bool SameAs(ProfileDetails? other) => this == other;

    public IEnumerable<string> Missing()
    {
        if (Name.Length == 0)
            yield return "name";
        if (About.Length == 0)
            yield return "about";
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static IEnumerable<(string What, string Before, string After)> Between(ProfileDetails before, ProfileDetails after)
    {
        yield return ("Name", before.Name, after.Name);
        yield return ("About them", before.About, after.About);
        yield return ("Website", before.Link, after.Link);
    }
}

/// <summary>
/// Who an organiser is, as the pages of all their events tell it once a person of the staff has read it. There is one of an address.
/// </summary>
sealed class OrganiserProfile : Moderated<ProfileDetails>
{
    /// <summary>What staff wrote to them last, and when.</summary>
    public string StaffWords { get; private set; } = "";
    public DateTime? StaffWroteAt { get; private set; }

    public static OrganiserProfile Start(EmailAddress contact, DateTimeOffset now)
    {
        var started = new OrganiserProfile
        {
            Id = Guid.CreateVersion7(now),
            Contact = contact,
            StartedAt = now.UtcDateTime,
            Proposed = new(),
        };
        // It is begun behind a mailed link only.
        started.Confirm(now);
        return started;
    }

    protected override string Kind => "organiser";

    /// <summary>The audit log has the rest of its history.</summary>
    protected override void AddStep(DateTimeOffset now, string who, string what, string words)
    {
        if (what == Platform.Moderation.StaffWords.Approved)
            (StaffWords, StaffWroteAt) = ("", null);
        else if (who != Organiser && words.Length > 0)
            (StaffWords, StaffWroteAt) = (words, now.UtcDateTime);
    }

    /// <summary>No finder knows it.</summary>
    protected override void SetRows() { }

    public sealed class Mapping : IEntityTypeConfiguration<OrganiserProfile>
    {
        public void Configure(EntityTypeBuilder<OrganiserProfile> builder)
        {
            builder.ToTable("OrganiserProfiles");
            builder.KeepsDetails<OrganiserProfile, ProfileDetails>();
            builder.Property(p => p.ContactName).HasMaxLength(Event.MaxName);
            builder.Property(p => p.ContactPhone).HasMaxLength(Event.MaxPhone);
            builder.Property(p => p.StaffWords).HasMaxLength(Event.MaxWords);
        }
    }
}

static class OrganiserProfiles
{
    /// <summary>The profile of an address, in whichever letters' case it stands there.</summary>
    public static async Task<OrganiserProfile?> ProfileOfAsync(
        this IQueryable<OrganiserProfile> profiles,
        EmailAddress contact,
        CancellationToken cancel
    )
    {
        var addresses = await profiles.HeldAddressesAsync(contact, cancel);
        return addresses.Count == 0
            ? null
            : await profiles.Where(p => addresses.Contains(p.Contact)).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancel);
    }
}
