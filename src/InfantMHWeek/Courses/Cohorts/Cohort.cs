using InfantMHWeek.Platform.Capacity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Cohorts;

/// <summary>What the public may do with a cohort at a moment.</summary>
enum CohortStage
{
    Draft,
    Coming,
    Open,
    Closed,
    Under,
    Over,
    Cancelled,
}

/// <summary>One run of a course: its sessions, its places, and when people may apply.</summary>
sealed class Cohort : IHasPlaces
{
    public const int CourseMaxLength = 120,
        NameMaxLength = 80,
        TitleMaxLength = 120,
        ReasonMaxLength = 500,
        MostPlaces = 1000;

    public required Guid Id { get; init; }

    /// <summary>The last part of the course page's address.</summary>
    public required string Course { get; init; }

    /// <summary>What the course is called in mails and on certificates.</summary>
    public required string Title { get; set; }

    /// <summary>Which run it is: <c>Spring 2027</c>.</summary>
    public required string Name { get; set; }
    public int Places { get; set; }

    /// <summary>Held, offered and accepted places. Only ever changed by <see cref="PlaceCount"/>.</summary>
    public int PlacesTaken { get; private set; }

    /// <summary>The position given last; positions are given in the order in which applications are committed.</summary>
    public long LastPosition { get; private set; }

    /// <summary>Most places for one organisation; null for no limit.</summary>
    public int? PerOrganisation { get; set; }

    /// <summary>Staff decide on each application before a place is held.</summary>
    public bool DecideFirst { get; set; }
    public int OfferHours { get; set; }
    public int HeadStartHours { get; set; }
    public int MissedAllowed { get; set; }

    /// <summary>Null until staff have opened it.</summary>
    public DateTime? OpensAt { get; set; }
    public DateTime? ClosesAt { get; set; }

    /// <summary>When those who waited for an opening were told; once.</summary>
    public DateTime? InterestToldAt { get; set; }
    public DateTime? EvaluationAskedAt { get; set; }

    /// <summary>Of the first and the last session, for queries.</summary>
    public DateTime? StartsAt { get; private set; }
    public DateTime? EndsAt { get; private set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? CancelledAt { get; private set; }
    public string? CancelReason { get; private set; }
    public IList<CourseSession> Sessions { get; } = new List<CourseSession>();

    public IEnumerable<CourseSession> InOrder => Sessions.OrderBy(s => s.Number);
    public int PlacesLeft => Math.Max(0, Places - PlacesTaken);
    public string FullName => $"{Title}, {Name}";

    /// <summary>When those with a head start may apply.</summary>
    public DateTime? HeadStartAt => OpensAt?.AddHours(-HeadStartHours);

    public CohortStage StageAt(DateTime now) =>
        CancelledAt is not null ? CohortStage.Cancelled
        : OpensAt is not { } opens ? CohortStage.Draft
        : EndsAt <= now ? CohortStage.Over
        : StartsAt <= now ? CohortStage.Under
        : ClosesAt <= now ? CohortStage.Closed
        : now < opens ? CohortStage.Coming
        : CohortStage.Open;

    /// <param name="early">The person registered their interest and follows the link of that mail.</param>
    public bool TakesApplications(DateTime now, bool early) =>
        StageAt(now) is CohortStage.Open || (early && StageAt(now) is CohortStage.Coming && HeadStartAt <= now);

    /// <summary>Offers are made until the first session begins.</summary>
    public bool OffersPlaces(DateTime now) => CancelledAt is null && OpensAt is not null && (StartsAt is null || now < StartsAt);

    public long NextPosition() => ++LastPosition;

    public void SessionsChanged() =>
        (StartsAt, EndsAt) = (Sessions.Min(s => (DateTime?)s.StartsUtc), Sessions.Max(s => (DateTime?)s.EndsUtc));

    /// <param name="shown">
    /// What whoever changed them had been shown: what they left alone stays as it is now. Null changes everything.
    /// </param>
    public void Change(CohortRules rules, CohortRules? shown)
    {
        T Pick<T>(T now, Func<CohortRules, T> of) =>
            shown is not null && EqualityComparer<T>.Default.Equals(of(shown), of(rules)) ? now : of(rules);
        (Name, Places, PerOrganisation) = (
            Pick(Name, r => r.Name),
            Pick(Places, r => r.Places),
            Pick(PerOrganisation, r => r.PerOrganisation)
        );
        (DecideFirst, OfferHours, HeadStartHours) = (
            Pick(DecideFirst, r => r.DecideFirst),
            Pick(OfferHours, r => r.OfferHours),
            Pick(HeadStartHours, r => r.HeadStartHours)
        );
        (MissedAllowed, OpensAt, ClosesAt) = (
            Pick(MissedAllowed, r => r.MissedAllowed),
            Pick(OpensAt, r => r.OpensAt),
            Pick(ClosesAt, r => r.ClosesAt)
        );
    }

    public void Cancel(DateTime now, string? reason) => (CancelledAt, CancelReason) = (now, reason);

    public sealed class Mapping : IEntityTypeConfiguration<Cohort>
    {
        public void Configure(EntityTypeBuilder<Cohort> builder)
        {
            builder.ToTable("Cohorts", table => table.HasCheckConstraint("CK_Cohorts_PlacesTaken", "\"PlacesTaken\" >= 0"));
            builder.Property(c => c.Course).HasMaxLength(CourseMaxLength);
            builder.Property(c => c.Title).HasMaxLength(TitleMaxLength);
            builder.Property(c => c.Name).HasMaxLength(NameMaxLength);
            builder.Property(c => c.CancelReason).HasMaxLength(ReasonMaxLength);
            builder.HasMany(c => c.Sessions).WithOne().HasForeignKey(s => s.CohortId);
            builder.Ignore(c => c.InOrder);
            builder.HasIndex(c => new { c.Course, c.OpensAt });
        }
    }
}
