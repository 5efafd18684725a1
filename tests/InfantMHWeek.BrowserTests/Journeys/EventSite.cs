using InfantMHWeek.BrowserTests;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

[assembly: AssemblyFixture(typeof(EventSite))]

namespace InfantMHWeek.BrowserTests;

/// <summary>A site of its own, because these journeys fill it with events that other tests do not expect.</summary>
public sealed class EventSite : SiteUnderTest
{
    /// <summary>Events round Leeds and elsewhere, of every public state, once.</summary>
    public Task FillAsync() =>
        FillOnceAsync(db =>
        {
            var now = DateTimeOffset.UtcNow;
            for (var n = 0; n < 30; n++)
            {
                var e = Made(n, DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 + n % 9), now);
                e.Approve("Ruth", e.Revision, now);
                if (n == 3)
                    e.Cancel("Ruth", "The hall is flooded.", now);
                if (n == 4)
                    e.Postpone("Ruth", "Our singer is ill.", now);
                db.Set<Event>().Add(e);
            }
        });

    internal static Event Made(int n, DateOnly day, DateTimeOffset now)
    {
        string[] districts = ["LS1", "LS6", "HG1", "M1", "EH1", "CF10", "BT1", "EX1", "N1", "SE1"];
        var place = Gazetteer.Default.Districts[districts[n % districts.Length]];
        var time = new EventTime(day, new(9 + n % 8, 30), day, new(10 + n % 8, 45));
        var e = Event.Start(
            EmailAddress.Parse("organiser@example.org", null),
            now,
            new()
            {
                Title = $"Songs and stories {n + 1}",
                Summary = "Songs, toys, a cup of tea and good company.",
                Description = "Come as you are.\n\nBring a blanket.",
                Schedule = n % 5 == 0 ? new(Repeat.Weekly, [time], day.AddDays(35)) : Schedule.Once(time),
                Attendance = n % 7 == 6 ? Attendance.Online : Attendance.InPerson,
                Venue = "Village hall",
                Address = "High Street",
                Town = place.Town,
                Point = place.Point,
                Region = place.Region,
                OnlineLink = n % 7 == 6 ? "https://meet.example/songs" : "",
                OnlineLinkShown = true,
                Audience = Audience.Families | Audience.Fathers,
                Stage = Stage.UpToSixMonths,
                Yes = EventFacts.StepFree | EventFacts.Changing,
                No = EventFacts.Parking,
                Cost = Cost.Free,
                Booking = Booking.Needed,
                BookingNote = "Ring the library.",
                Organiser = "Families together",
                OrganiserLink = "https://families.example/",
            }
        );
        e.Confirm(now);
        e.Send(now);
        return e;
    }
}
