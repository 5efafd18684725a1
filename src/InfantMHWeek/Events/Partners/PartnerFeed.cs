using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Partners;

/// <summary>
/// A partner's calendar that staff named once and the site reads every day: whose it is, what becomes of what is in it, and how the last
/// readings went.
/// </summary>
sealed partial class PartnerFeed
{
    public const int MaxName = 80,
        MaxAddress = 500,
        MaxProblem = 500,
        MaxWords = 300,
        MaxLines = 8000,
        MaxVersion = 200;

    public required Guid Id { get; init; }

    /// <summary>As readers see it: "From the calendar of …".</summary>
    public string Name { get; private set; } = "";

    /// <summary>The partner's own page, to which readers are led; empty where there is none.</summary>
    public string Website { get; private set; } = "";

    /// <summary>Where the calendar is read; only staff see it, because it may hold a secret.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Who is asked about its events, and gets the mails about them.</summary>
    public EmailAddress Contact { get; private set; } = null!;
    public string ContactName { get; private set; } = "";
    public FeedTerms Terms { get; private set; } = new();

    /// <summary>What is new or changed in it is published without a person, where nothing in it asks for one.</summary>
    public bool Trusted { get; private set; }

    public required DateTime AddedAt { get; init; }
    public DateTime? StoppedAt { get; private set; }

    /// <summary>When it is read next.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>Who reads it just now, and until when that is believed.</summary>
    public Guid? Reader { get; private set; }
    public DateTime? ReaderUntil { get; private set; }

    /// <summary>When it was last read without trouble, and what came of it in words.</summary>
    public DateTime? ReadAt { get; private set; }

    /// <summary>When all of it was last read: what we hold of it reaches only a year ahead.</summary>
    public DateTime? ReadInFullAt { get; private set; }
    public string Outcome { get; private set; } = "";

    /// <summary>What of it could not be used, a line each.</summary>
    public string LeftOut { get; private set; } = "";

    /// <summary>What looked wrong in it, so that nothing was concluded from it; empty where nothing did.</summary>
    public string Warning { get; private set; } = "";

    /// <summary>Since when it cannot be read, why, and how often that was tried.</summary>
    public DateTime? FailingSince { get; private set; }
    public string Problem { get; private set; } = "";
    public int Failures { get; private set; }

    /// <summary>By what its server knows the version that was brought in last.</summary>
    public string? ETag { get; private set; }
    public string? LastModified { get; private set; }

    /// <summary>Rises with every change by a person, so that nobody changes what they have not seen.</summary>
    public int Revision { get; private set; }

    public sealed class Mapping : IEntityTypeConfiguration<PartnerFeed>
    {
        public void Configure(EntityTypeBuilder<PartnerFeed> builder)
        {
            builder.ToTable("EventFeeds");
            builder.Property(f => f.Name).HasMaxLength(MaxName);
            builder.Property(f => f.Website).HasMaxLength(UserText.MaxLink);
            builder.Property(f => f.Address).HasMaxLength(MaxAddress);
            builder.Property(f => f.ContactName).HasMaxLength(Event.MaxName);
            builder.Property(f => f.Terms).HasConversion(t => t.ToJson(), text => FeedTerms.Read(text));
            builder.Property(f => f.Outcome).HasMaxLength(MaxWords);
            builder.Property(f => f.LeftOut).HasMaxLength(MaxLines);
            builder.Property(f => f.Warning).HasMaxLength(MaxProblem);
            builder.Property(f => f.Problem).HasMaxLength(MaxProblem);
            builder.Property(f => f.ETag).HasMaxLength(MaxVersion);
            builder.Property(f => f.LastModified).HasMaxLength(MaxVersion);
            builder.HasIndex(f => f.Address).IsUnique();
            builder.HasIndex(f => f.DueAt);
        }
    }
}
