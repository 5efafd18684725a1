using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests.Events;

/// <summary>Events by the thousand, the same for the same seed.</summary>
sealed class GeneratedEvents(int seed)
{
    static readonly GeoPoint[] Towns =
    [
        new(51.51, -.12),
        new(53.80, -1.55),
        new(53.48, -2.24),
        new(55.95, -3.19),
        new(54.60, -5.93),
        new(51.48, -3.18),
        new(50.37, -4.14),
        new(60.15, -1.15),
    ];
    readonly Random random = new(seed);

    public static readonly DateTimeOffset Now = TestSite.Start;

    public EventDetails Details()
    {
        var near = Towns[random.Next(Towns.Length)];
        var attendance = (Attendance)random.Next(3);
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(random.Next(-20, 120));
        var start = new TimeOnly(random.Next(7, 23), random.Next(4) * 15);
        var length = random.Next(1, 13) * 15;
        var end = day.ToDateTime(start).AddMinutes(random.Next(40) == 0 ? length + 1440 * random.Next(1, 4) : length);
        var time = new EventTime(day, start, DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end));
        return new()
        {
            Title = $"Baby event {random.Next(1_000_000)}",
            Summary = "For babies and their families.",
            Schedule = random.Next(4) switch
            {
                0 => new(Repeat.Weekly, [time], day.AddDays(7 * random.Next(1, 12))),
                1 => new(Repeat.Several, [time, time.DaysLater(random.Next(1, 5)), time.DaysLater(random.Next(5, 30))]),
                _ => Schedule.Once(time),
            },
            Attendance = attendance,
            Venue = "Village hall",
            Town = "Town",
            Point =
                attendance == Attendance.Online
                    ? null
                    : new(near.Latitude + (random.NextDouble() - .5) * .9, near.Longitude + (random.NextDouble() - .5) * 1.2),
            Region = (Region)random.Next(1, 13),
            OnlineLink = "https://meet.example/1",
            Audience = (Audience)random.Next(1, 64),
            Stage = (Stage)random.Next(16),
            Yes = (EventFacts)random.Next(1024),
            Cost = (Cost)random.Next(4),
            Booking = Booking.NotNeeded,
            Organiser = "Families together",
        };
    }

    public Event Published(EventDetails? details = null)
    {
        var made = Event.Start(EmailAddress.Parse("organiser@example.org", null), Now, details ?? Details());
        made.Confirm(Now);
        made.Send(Now);
        Assert.Equal(Decision.Done, made.Approve("A colleague", made.Revision, Now));
        return made;
    }

    public Event Waiting(EventDetails? details = null)
    {
        var made = Event.Start(EmailAddress.Parse("organiser@example.org", null), Now, details ?? Details());
        made.Confirm(Now);
        made.Send(Now);
        return made;
    }

    /// <summary>One hour on one day that is to come.</summary>
    public EventDetails Once(string title) =>
        Details() with
        {
            Title = title,
            Attendance = Attendance.InPerson,
            Point = Towns[1],
            Region = Region.Yorkshire,
            Schedule = Schedule.Once(new(new(2026, 6, 20), new(10, 0), new(2026, 6, 20), new(11, 0))),
        };

    public EventQuery Query()
    {
        var near = Towns[random.Next(Towns.Length)];
        var from = Now.UtcDateTime.Date.AddDays(random.Next(60));
        var minute = random.Next(3) == 0 ? random.Next(6, 16) * 60 : 0;
        return new()
        {
            Near = random.Next(4) == 0 ? null : new(near.Latitude + random.NextDouble() * .3, near.Longitude + random.NextDouble() * .3),
            Miles = EventSearch.MilesOffered[random.Next(6)],
            Region = random.Next(2) == 0 ? Region.None : (Region)random.Next(1, 13),
            FromUtc = from,
            ToUtc = from.AddDays(random.Next(1, 60)),
            EndsAfterUtc = Now.UtcDateTime.AddDays(random.Next(-3, 10)),
            All =
                (random.Next(3) == 0 ? EventTags.Of((EventFacts)(1 << random.Next(10))) : 0) | (random.Next(4) == 0 ? EventTags.Online : 0),
            AnyAudience = random.Next(2) == 0 ? EventTags.Public : EventTags.Of((Audience)random.Next(1, 64)),
            AnyStage = random.Next(2) == 0 ? EventTags.Public : EventTags.Of((Stage)random.Next(1, 16)),
            AnyCost = random.Next(2) == 0 ? EventTags.Public : EventTags.Of(Cost.Free),
            FromMinute = minute,
            ToMinute = minute == 0 ? 1440 : minute + 180,
            MostMinutes = random.Next(3) == 0 ? 90 : 1500,
            ByDistance = random.Next(2) == 0,
            Skip = random.Next(4) == 0 ? 20 : 0,
            EveryDate = random.Next(3) == 0,
        };
    }
}
