using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Applications;

/// <summary>Where an application stands. Held, Offered and Accepted take a place.</summary>
enum ApplicationState
{
    Applied,
    Held,
    Waiting,
    Offered,
    Accepted,
    Declined,
    Cancelled,
    Expired,
    Withdrawn,
    TakenBack,
}

/// <summary>
/// One person's application for one cohort, and the place that comes of it. Every step is a record of who and when. What may
/// be done with it, and when, stands in <c>Application.Verbs.cs</c>.
/// </summary>
sealed partial class Application
{
    public const int NameMaxLength = 100,
        RoleMaxLength = 100,
        OrganisationMaxLength = 150,
        CharityNumberMaxLength = 20;
    public const int ReferenceLength = 9,
        StaffNoteMaxLength = 1000;

    readonly List<ApplicationStep> steps = [];

    Application() { }

    public Guid Id { get; private init; }
    public Guid CohortId { get; private init; }
    public Cohort Cohort { get; private init; } = null!;

    /// <summary>Said on the phone or in a mail; opens nothing.</summary>
    public string Reference { get; private init; } = "";
    public DateTime AppliedAt { get; private init; }

    /// <summary>The place in the queue: the order in which applications were committed. A new one is given when somebody rejoins.</summary>
    public long Position { get; private set; }
    public string Name { get; private set; } = "";
    public EmailAddress Email { get; private init; } = null!;

    /// <summary><see cref="EmailAddress.Key"/>; unique in a cohort.</summary>
    public string AddressKey { get; private init; } = "";
    public string? Role { get; private set; }
    public string Organisation { get; private init; } = "";

    /// <summary>The organisation's name for comparing (<see cref="Organisations.NameKey"/>).</summary>
    public string OrganisationKey { get; private init; } = "";
    public string? CharityNumber { get; private init; }

    /// <summary>The charity number for comparing (<see cref="Organisations.NumberKey"/>), or null.</summary>
    public string? CharityKey { get; private init; }
    public string Kind { get; private init; } = "";
    public string Nation { get; private init; } = "";
    public string WorksWith { get; private init; } = "";

    /// <summary>The person whose form named this colleague, or null.</summary>
    public string? NamedBy { get; private init; }
    public ApplicationState State { get; private set; }
    public DateTime StateSince { get; private set; }

    /// <summary>UTC; until when a held or offered place is kept for an answer.</summary>
    public DateTime? KeptUntil { get; private set; }

    /// <summary>UTC; when somebody whose held place is not confirmed is reminded. Null when there is nothing to remind of.</summary>
    public DateTime? RemindAt { get; private set; }

    /// <summary>Why a place went to somebody further back.</summary>
    public string? SkipReason { get; private set; }

    /// <summary>When a link of a mail to this address was used; until then the address may be misspelt.</summary>
    public DateTime? AddressUsedAt { get; private set; }
    public DateOnly? EvaluatedOn { get; private set; }
    public string? StaffNote { get; private set; }
    public IReadOnlyList<ApplicationStep> Steps => steps;

    public bool TakesPlace => State is ApplicationState.Held or ApplicationState.Offered or ApplicationState.Accepted;
    public bool HasPlace => State is ApplicationState.Held or ApplicationState.Accepted;

    /// <summary>Nothing is under way any more.</summary>
    public bool Ended =>
        State
            is ApplicationState.Declined
                or ApplicationState.Cancelled
                or ApplicationState.Expired
                or ApplicationState.Withdrawn
                or ApplicationState.TakenBack;

    /// <summary>Staff said no, or took a place back: only they can change that. The steps must have been loaded.</summary>
    public bool RefusedByStaff =>
        steps.Any(s =>
            s.State is ApplicationState.Declined or ApplicationState.TakenBack
            && s.By is not (ApplicationStep.Applicant or ApplicationStep.Site)
        );

    /// <summary>What belongs to the organisation and not to the person.</summary>
    public ApplicantOrganisation OrganisationOf => new(Organisation, CharityNumber, Kind, Nation, WorksWith);

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
            builder.Property(a => a.CharityKey).HasMaxLength(CharityNumberMaxLength);
            builder.Ignore(a => a.OrganisationOf);
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
            builder.HasIndex(a => new
            {
                a.CohortId,
                a.State,
                a.Position,
            });
            builder.HasIndex(a => new { a.CohortId, a.Position }).IsUnique();
            builder.HasIndex(a => new { a.State, a.KeptUntil });
            builder.HasIndex(a => a.RemindAt);
        }
    }
}

/// <summary>An organisation as somebody names it when they apply: the same for their colleagues.</summary>
/// <param name="WorksWith">Keys of <see cref="CourseLabels.WorksWith"/>, separated by commas.</param>
sealed record ApplicantOrganisation(string Name, string? CharityNumber, string Kind, string Nation, string WorksWith);

/// <summary>A person who applies.</summary>
sealed record Applicant(string Name, EmailAddress Email, string? Role = null, string? NamedBy = null);

/// <summary>One step of an application: what it became, when, by whom and why.</summary>
sealed class ApplicationStep
{
    public const string Applicant = "the applicant",
        Site = "the site";

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
sealed class AccessNeeds
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
