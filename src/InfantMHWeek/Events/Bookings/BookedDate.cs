using System.Globalization;
using InfantMHWeek.Platform.Capacity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Bookings;

enum DateState
{
    On,
    Postponed,

    /// <summary>It does not take place, or is not on the website any more.</summary>
    Off,
}

/// <summary>What has become of a date, for those with a place.</summary>
enum DateTurn
{
    None,

    /// <summary>It is at another time or place, or takes place after it had been postponed.</summary>
    Changed,
    Postponed,
    Off,

    /// <summary>It takes place after all. Places had ended when it was cancelled.</summary>
    OnAgain,
}

/// <summary>When and where a date was to be, before it followed its event (UTC).</summary>
readonly record struct DateBefore(DateTime StartsAt, DateTime EndsAt, string Where);

/// <summary>
/// One date of an event, with its places. The row is made when the first place is asked for, and follows its event from then on; what
/// the organiser says is copied here so that one update can decide.
/// </summary>
sealed class BookedDate : IHasPlaces
{
    public const int AtLength = 15,
        MaxWhere = 400;
    const string AtFormat = "yyyy-MM-dd-HHmm";

    public required Guid Id { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>Which date of the event; stays when the date is moved (<see cref="Occurrence.At"/>).</summary>
    public required string At { get; set; }
    public DateTime StartsAt { get; set; }
    public DateTime EndsAt { get; set; }
    public string Where { get; set; } = "";

    /// <summary>From then on nobody books, and no free place is passed on: the organiser has their list.</summary>
    public DateTime ClosesAt { get; set; }
    public int Places { get; set; }
    public int PlacesTaken { get; private set; }

    /// <summary>The position given last; positions are given in the order in which people are stored.</summary>
    public int LastPosition { get; private set; }
    public DateState State { get; set; }

    /// <summary>How often the event had been changed when this date was last compared with it.</summary>
    public int Sequence { get; set; }

    public static string NameOf(DateTime at) => at.ToString(AtFormat, CultureInfo.InvariantCulture);

    public static BookedDate Of(BookableEvent e, Occurrence date, DateTimeOffset now)
    {
        var made = new BookedDate
        {
            Id = Guid.CreateVersion7(now),
            EventId = e.Id,
            At = NameOf(date.At),
        };
        made.Take(e, date);
        return made;
    }

    public int NextPosition() => ++LastPosition;

    /// <summary>Takes over what its event says now.</summary>
    /// <param name="date">The date as it is there; null where there is none any more.</param>
    public DateTurn Follow(BookableEvent e, Occurrence? date, DateTime now)
    {
        var (before, start, end, where) = (State, StartsAt, EndsAt, Where);
        if (EndsAt <= now)
        {
            Sequence = e.Sequence;
            return DateTurn.None;
        }
        State =
            e.Off || date is null ? DateState.Off
            : e.PostponedAt is not null ? DateState.Postponed
            : DateState.On;
        if (date is null)
            Sequence = e.Sequence;
        else
            Take(e, date);
        return State switch
        {
            DateState.Off => before == DateState.Off ? DateTurn.None : DateTurn.Off,
            DateState.Postponed => before == DateState.Postponed ? DateTurn.None : DateTurn.Postponed,
            _ when before == DateState.Off => DateTurn.OnAgain,
            _ => before == DateState.Postponed || (before == DateState.On && (start, end, where) != (StartsAt, EndsAt, Where))
                ? DateTurn.Changed
                : DateTurn.None,
        };
    }

    void Take(BookableEvent e, Occurrence date)
    {
        (At, StartsAt, EndsAt, Where) = (NameOf(date.At), date.Time.StartUtc, date.Time.EndUtc, e.Where);
        if (Where.Length > MaxWhere)
            Where = Where[..MaxWhere];
        if (e.Live.Places is { } terms)
            Places = terms.Count;
        ClosesAt = StartsAt.AddHours(-(e.Live.Places?.CloseHours ?? 0));
        Sequence = e.Sequence;
    }

    public sealed class Mapping : IEntityTypeConfiguration<BookedDate>
    {
        public void Configure(EntityTypeBuilder<BookedDate> builder)
        {
            builder.ToTable("EventBookedDates");
            builder.Property(d => d.Id).ValueGeneratedNever();
            builder.Property(d => d.At).HasMaxLength(AtLength);
            builder.Property(d => d.Where).HasMaxLength(MaxWhere);
            builder.Property(d => d.State).HasConversion<string>().HasMaxLength(10);
            builder.HasOne<Event>().WithMany().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(d => new { d.EventId, d.At }).IsUnique();
            builder.HasIndex(d => d.EndsAt);
        }
    }
}
