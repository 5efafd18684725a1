using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Events.Bookings;

enum BookingState
{
    Waiting,

    /// <summary>A place is kept for them until they say that they will come, or their time is over.</summary>
    Held,
    Accepted,
    GivenUp,
    Expired,

    /// <summary>The date does not take place.</summary>
    CalledOff,
}

/// <summary>What became of a wish about a place.</summary>
enum BookingResult
{
    Done,
    Full,
    Closed,
    Unknown,

    /// <summary>It was so before, or is no longer possible; nothing has changed.</summary>
    NotPossible,
}

/// <summary>
/// A family's place at one date, or their turn on its waiting list. The law is the course's: a place is kept for whoever is first, they say
/// yes in time, or it passes on to the next. So nobody shuts others out with addresses that are not theirs, and a place that became free is
/// not lost on a family that made other plans.
/// </summary>
sealed class PlaceBooking
{
    public const int MaxName = 100,
        MostBabies = 6;

    public required Guid Id { get; init; }
    public required Guid DateId { get; init; }
    public BookedDate Date { get; init; } = null!;
    public int Position { get; private set; }
    public required string Name { get; set; }
    public required EmailAddress Email { get; init; }
    public required string AddressKey { get; init; }
    public int Babies { get; set; }

    /// <summary>Names the opening of the form: sent twice, it is one wish.</summary>
    public Guid? Form { get; set; }
    public DateTime BookedAt { get; private set; }
    public BookingState State { get; private set; }
    public DateTime StateSince { get; private set; }

    /// <summary>UTC; until when they may say that they will come.</summary>
    public DateTime? KeptUntil { get; private set; }
    public DateTime? RemindedAt { get; set; }

    /// <summary>Rises with each step, and names the mail that tells of it.</summary>
    public int Step { get; private set; }

    public bool TakesPlace => State is BookingState.Held or BookingState.Accepted;
    public bool Ended => State is not (BookingState.Waiting or BookingState.Held or BookingState.Accepted);

    public static PlaceBooking Start(BookedDate date, string name, EmailAddress email, int babies, Guid? form, DateTimeOffset now)
    {
        var started = new PlaceBooking
        {
            Id = Guid.CreateVersion7(now),
            DateId = date.Id,
            Name = name,
            Email = email,
            AddressKey = email.Key,
            Babies = babies,
            Form = form,
        };
        started.QueueUp(date, now.UtcDateTime);
        return started;
    }

    /// <summary>Once more after it had ended, at the end of the list.</summary>
    public bool Rejoin(BookedDate date, DateTime now)
    {
        if (!Ended)
            return false;
        QueueUp(date, now);
        return true;
    }

    public bool Hold(DateTime until, DateTime now)
    {
        if (State != BookingState.Waiting)
            return false;
        Become(BookingState.Held, now);
        KeptUntil = until;
        return true;
    }

    /// <summary>The date is another one, or certain again: they have time anew to say whether they will come.</summary>
    /// <param name="startsAt">Nothing is kept for longer.</param>
    public bool HoldAnew(DateTime atLeastUntil, DateTime startsAt, DateTime now)
    {
        var until = KeptUntil > atLeastUntil ? KeptUntil.Value : atLeastUntil;
        until = until < startsAt ? until : startsAt;
        if (State != BookingState.Held || KeptUntil == until)
            return false;
        Become(BookingState.Held, now);
        KeptUntil = until;
        return true;
    }

    public bool Accept(DateTime now)
    {
        if (State != BookingState.Held)
            return false;
        Become(BookingState.Accepted, now);
        return true;
    }

    public bool GiveUp(DateTime now)
    {
        if (Ended)
            return false;
        Become(BookingState.GivenUp, now);
        return true;
    }

    public bool Expire(DateTime now)
    {
        if (State != BookingState.Held || KeptUntil is null || KeptUntil > now)
            return false;
        Become(BookingState.Expired, now);
        return true;
    }

    public bool CallOff(DateTime now)
    {
        if (Ended)
            return false;
        Become(BookingState.CalledOff, now);
        return true;
    }

    void QueueUp(BookedDate date, DateTime now)
    {
        (Position, BookedAt, RemindedAt) = (date.NextPosition(), now, null);
        Become(BookingState.Waiting, now);
    }

    void Become(BookingState state, DateTime now)
    {
        (State, StateSince, KeptUntil) = (state, now, null);
        Step++;
    }

    public sealed class Mapping : IEntityTypeConfiguration<PlaceBooking>
    {
        public void Configure(EntityTypeBuilder<PlaceBooking> builder)
        {
            builder.ToTable("EventBookings");
            builder.Property(b => b.Id).ValueGeneratedNever();
            builder.Property(b => b.Name).HasMaxLength(MaxName);
            builder.Property(b => b.AddressKey).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(b => b.State).HasConversion<string>().HasMaxLength(10);
            builder.HasOne(b => b.Date).WithMany().HasForeignKey(b => b.DateId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(b => new { b.DateId, b.AddressKey }).IsUnique();
            builder.HasIndex(b => new { b.DateId, b.Position }).IsUnique();
            builder.HasIndex(b => new { b.State, b.KeptUntil });
        }
    }
}
