using InfantMHWeek.Platform.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events;

/// <summary>
/// One day of a public event, with all that the finder filters by, so that an index alone answers. Only
/// <see cref="Event"/> makes them, and only of what was approved: what has none cannot be found.
/// </summary>
sealed class EventDate
{
    public required Guid EventId { get; init; }
    public required int Number { get; init; }
    public DateOnly Day { get; set; }
    public DateTime StartUtc { get; set; }
    public DateTime EndUtc { get; set; }

    /// <summary>The square on the map (<see cref="Grid"/>); 0 for what is only online.</summary>
    public int Cell { get; set; }
    public Region Region { get; set; }
    public long Tags { get; set; }

    /// <summary>Minutes since midnight by the wall clock.</summary>
    public int Minute { get; set; }
    public int Minutes { get; set; }

    // The place as a point on the unit ball: how near two are is then three multiplications, exact, in any database.
    public double X { get; set; }
    public double Y { get; set; }
    public double Z { get; set; }

    internal void Set(EventDetails live, DatePart part)
    {
        (Day, StartUtc, EndUtc) = (part.Day, part.StartUtc, part.EndUtc);
        Region = live.InPerson ? live.Region : Region.None;
        Tags = EventTags.Of(live);
        Minute = part.Day == part.Time.Day ? part.Time.Starts.Hour * 60 + part.Time.Starts.Minute : 0;
        Minutes = (int)(EndUtc - StartUtc).TotalMinutes;
        var point = live.InPerson ? live.Point : null;
        Cell = point is null ? 0 : Grid.CellOf(point);
        (X, Y, Z) = point is null ? default : point.OnBall();
    }

    public sealed class Mapping : IEntityTypeConfiguration<EventDate>
    {
        public void Configure(EntityTypeBuilder<EventDate> builder)
        {
            builder.ToTable("EventDates");
            builder.HasKey(d => new { d.EventId, d.Number });
            // The finder's three ways in; what follows the first two columns is there so that the row itself is not read.
            builder.HasIndex(
                d => new
                {
                    d.Cell,
                    d.StartUtc,
                    d.EndUtc,
                    d.Tags,
                    d.Minute,
                    d.Minutes,
                    d.X,
                    d.Y,
                    d.Z,
                    d.Region,
                    d.EventId,
                },
                "IX_EventDates_Near"
            );
            builder.HasIndex(
                d => new
                {
                    d.Region,
                    d.StartUtc,
                    d.EndUtc,
                    d.Tags,
                    d.Minute,
                    d.Minutes,
                    d.EventId,
                },
                "IX_EventDates_Region"
            );
            builder.HasIndex(
                d => new
                {
                    d.StartUtc,
                    d.EndUtc,
                    d.Tags,
                    d.Minute,
                    d.Minutes,
                    d.X,
                    d.Y,
                    d.Z,
                    d.Region,
                    d.EventId,
                },
                "IX_EventDates_All"
            );
        }
    }
}

/// <summary>All yes-or-no things of an event in one number.</summary>
static class EventTags
{
    const int StageAt = 6,
        FactsAt = 10,
        CostAt = 20,
        AttendanceAt = 23;
    public const long InPerson = 1L << AttendanceAt,
        Online = 1L << (AttendanceAt + 1),
        Public = 1L << 30,
        Repeats = 1L << 31;

    public static long Of(EventDetails e) =>
        Public
        | Of(e.Audience)
        | Of(e.Stage)
        | Of(e.Yes)
        | Of(e.Cost)
        | (e.InPerson ? InPerson : 0)
        | (e.Online ? Online : 0)
        | (e.Schedule.Repeats ? Repeats : 0);

    public static long Of(Audience audience) => (long)audience;

    public static long Of(Stage stage) => (long)stage << StageAt;

    public static long Of(EventFacts yes) => (long)yes << FactsAt;

    public static long Of(Cost cost) => cost == Cost.NotSaid ? 0 : 1L << (CostAt + (int)cost - 1);
}
