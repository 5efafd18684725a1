using InfantMHWeek.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses;

/// <summary>Where an application stands. Held, Offered and Accepted take a place.</summary>
public enum ApplicationState { Applied, Held, Waiting, Offered, Accepted, Declined, Cancelled, Expired, Withdrawn }

/// <summary>One person's application for one cohort, and the place that comes of it. Every step is a record of who and when.</summary>
public sealed class Application
{
    public const int NameMaxLength = 100, RoleMaxLength = 100, OrganisationMaxLength = 150, CharityNumberMaxLength = 20, PhoneMaxLength = 30, ReferenceLength = 9, StaffNoteMaxLength = 1000;

    public required Guid Id { get; init; }
    public required Guid CohortId { get; init; }
    public Cohort Cohort { get; init; } = null!;

    /// <summary>Said on the phone or in a mail; opens nothing.</summary>
    public required string Reference { get; init; }
    public required DateTime AppliedAt { get; init; }

    /// <summary>The place in the queue: the order in which applications were committed. A new one is given when somebody rejoins.</summary>
    public required long Position { get; set; }
    public required string Name { get; set; }
    public required EmailAddress Email { get; set; }

    /// <summary><see cref="EmailAddress.Key"/>; unique in a cohort.</summary>
    public required string AddressKey { get; set; }
    public string? Role { get; set; }
    public required string Organisation { get; set; }

    /// <summary>The same for the same organisation, however it is written.</summary>
    public required string OrganisationKey { get; set; }
    public string? CharityNumber { get; set; }
    public required string Kind { get; set; }
    public required string Nation { get; set; }
    public required string WorksWith { get; set; }

    /// <summary>The person whose form named this colleague, or null.</summary>
    public string? NamedBy { get; set; }
    public ApplicationState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public DateTime? OfferedUntil { get; private set; }

    /// <summary>Why a place went to somebody further back.</summary>
    public string? SkipReason { get; set; }

    /// <summary>When a link of a mail to this address was used; until then the address may be misspelt.</summary>
    public DateTime? AddressUsedAt { get; private set; }
    public DateOnly? EvaluatedOn { get; set; }
    public string? StaffNote { get; set; }
    public IList<ApplicationStep> Steps { get; } = new List<ApplicationStep>();

    public bool TakesPlace => State is ApplicationState.Held or ApplicationState.Offered or ApplicationState.Accepted;
    public bool HasPlace => State is ApplicationState.Held or ApplicationState.Accepted;

    /// <summary>Nothing is under way any more.</summary>
    public bool Ended => State is ApplicationState.Declined or ApplicationState.Cancelled or ApplicationState.Expired or ApplicationState.Withdrawn;

    public void Become(ApplicationState state, DateTime now, string by, string? reason = null)
    {
        (State, StateSince, OfferedUntil) = (state, now, null);
        if (state != ApplicationState.Waiting) SkipReason = null;
        Steps.Add(new() { Id = Guid.CreateVersion7(new DateTimeOffset(now)), State = state, At = now, By = by, Reason = reason });
    }

    public void Offer(DateTime until, DateTime now)
    {
        Become(ApplicationState.Offered, now, ApplicationStep.Site);
        OfferedUntil = until;
    }

    public void AddressUsed(DateTime now) => AddressUsedAt ??= now;

    public void PassTo(string name, EmailAddress email)
    {
        (Name, Email, AddressKey, AddressUsedAt, Role) = (name, email, email.Key, null, null);
    }

    public static string KeyOf(string organisation, string? charityNumber)
    {
        var number = string.Concat((charityNumber ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (number.Length >= 5) return number;
        var name = string.Concat(organisation.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return name.Length == 0 ? organisation.ToUpperInvariant() : name;
    }

    public sealed class Mapping : IEntityTypeConfiguration<Application>
    {
        public void Configure(EntityTypeBuilder<Application> builder)
        {
            builder.ToTable("Applications");
            builder.HasOne(a => a.Cohort).WithMany().HasForeignKey(a => a.CohortId);
            builder.Property(a => a.Reference).HasMaxLength(ReferenceLength);
            builder.Property(a => a.Name).HasMaxLength(NameMaxLength);
            builder.Property(a => a.AddressKey).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(a => a.Role).HasMaxLength(RoleMaxLength);
            builder.Property(a => a.Organisation).HasMaxLength(OrganisationMaxLength);
            builder.Property(a => a.OrganisationKey).HasMaxLength(OrganisationMaxLength);
            builder.Property(a => a.CharityNumber).HasMaxLength(CharityNumberMaxLength);
            builder.Property(a => a.Kind).HasMaxLength(30);
            builder.Property(a => a.Nation).HasMaxLength(30);
            builder.Property(a => a.WorksWith).HasMaxLength(100);
            builder.Property(a => a.NamedBy).HasMaxLength(NameMaxLength);
            builder.Property(a => a.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(a => a.SkipReason).HasMaxLength(100);
            builder.Property(a => a.StaffNote).HasMaxLength(StaffNoteMaxLength);
            builder.HasMany(a => a.Steps).WithOne().HasForeignKey(s => s.ApplicationId);
            builder.HasIndex(a => new { a.CohortId, a.AddressKey }).IsUnique();
            builder.HasIndex(a => a.Reference).IsUnique();
            builder.HasIndex(a => new { a.CohortId, a.State, a.Position });
            builder.HasIndex(a => new { a.State, a.OfferedUntil });
        }
    }
}

/// <summary>One step of an application: what it became, when, by whom and why.</summary>
public sealed class ApplicationStep
{
    public const string Applicant = "the applicant", Site = "the site";

    public required Guid Id { get; init; }
    public Guid ApplicationId { get; init; }
    public required ApplicationState State { get; init; }
    public required DateTime At { get; init; }

    /// <summary><see cref="Applicant"/>, <see cref="Site"/>, or a name of the staff.</summary>
    public required string By { get; init; }
    public string? Reason { get; init; }

    public sealed class Mapping : IEntityTypeConfiguration<ApplicationStep>
    {
        public void Configure(EntityTypeBuilder<ApplicationStep> builder)
        {
            builder.ToTable("ApplicationSteps");
            // We give the key; otherwise a step that is added to its application is taken for one that is stored already.
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(s => s.By).HasMaxLength(100);
            builder.Property(s => s.Reason).HasMaxLength(Cohort.ReasonMaxLength);
        }
    }
}

/// <summary>What a person needs in order to take part. Health data: kept apart, and deleted soon after the course.</summary>
public sealed class AccessNeeds
{
    public const int TextMaxLength = 1000;

    public required Guid ApplicationId { get; init; }
    public required string Text { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<AccessNeeds>
    {
        public void Configure(EntityTypeBuilder<AccessNeeds> builder)
        {
            builder.ToTable("AccessNeeds");
            builder.HasKey(n => n.ApplicationId);
            builder.Property(n => n.Text).HasMaxLength(TextMaxLength);
            builder.HasOne<Application>().WithOne().HasForeignKey<AccessNeeds>(n => n.ApplicationId);
        }
    }
}
