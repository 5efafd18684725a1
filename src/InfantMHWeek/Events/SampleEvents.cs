using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events;

/// <summary>In development only: some events round today, each marked as a sample, so that a newcomer sees a living site.</summary>
sealed class SampleEvents(SiteStore store, TimeProvider clock, ILogger<SampleEvents> log) : SampleRows<Event>(store, clock, log)
{
    static readonly (string Name, string Summary, Audience For, Stage Stage)[] Kinds =
    [
        (
            "Baby and me stay and play",
            "Songs, toys, a cup of tea and good company.",
            Audience.Families | Audience.Mothers,
            Stage.UpToSixMonths | Stage.UpToOneYear
        ),
        ("Dads and babies walk", "A slow walk with prams, and time to talk.", Audience.Fathers | Audience.Families, Stage.UpToOneYear),
        ("Getting to know your bump", "An hour for parents-to-be about the bond before birth.", Audience.ParentsToBe, Stage.Pregnancy),
        ("Talk: why early relationships matter", "An evening for people who work with families.", Audience.Professionals, Stage.None),
        (
            "Quiet morning at the library",
            "Low light, few people, books for small hands.",
            Audience.Families | Audience.Carers,
            Stage.UpToTwoYears
        ),
    ];

    protected override IEnumerable<Event> Made()
    {
        var (now, today) = (Clock.GetUtcNow(), Clock.Today());
        for (var n = 0; n < 40; n++)
        {
            var (name, summary, audience, stage) = Kinds[n % Kinds.Length];
            var place = Gazetteer.Default.Districts[Districts[n % Districts.Count]];
            var start = new TimeOnly(9 + n % 9, n % 2 * 30);
            var time = new EventTime(today.AddDays(n % 28), start, today.AddDays(n % 28), start.AddMinutes(60 + n % 3 * 30));
            var e = Event.Start(
                EmailAddress.Parse("samples@example.org", null),
                now,
                new()
                {
                    Title = n % 6 == 5 ? $"{name}, online" : $"{name} in {place.Town}",
                    Summary = summary,
                    Schedule = n % 4 == 0 ? new(Repeat.Weekly, [time], time.Day.AddDays(35)) : Schedule.Once(time),
                    Attendance = n % 6 == 5 ? Attendance.Online : Attendance.InPerson,
                    Venue = "Sample hall",
                    Town = place.Town,
                    Point = place.Point,
                    Region = place.Region,
                    Audience = audience,
                    Stage = stage,
                    Yes = n % 6 == 5 ? EventFacts.None : (EventFacts)(n * 37 % 1024),
                    No = n % 6 == 5 ? EventFacts.None : (EventFacts)(n * 91 % 1024) & ~(EventFacts)(n * 37 % 1024),
                    Cost = n % 5 == 0 ? Cost.Paid : Cost.Free,
                    Booking = Booking.NotNeeded,
                    BookingNote = "This is a sample.",
                    Organiser = "Sample organiser",
                },
                sample: true
            );
            e.Confirm(now);
            e.Send(now);
            if (n % 10 != 9)
                e.Approve("Sample", e.Revision, now);
            if (n == 7)
                e.Cancel("Sample", "", now);
            if (n == 8)
                e.Postpone("Sample", "", now);
            yield return e;
        }
    }
}
