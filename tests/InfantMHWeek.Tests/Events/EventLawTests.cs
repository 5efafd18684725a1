using InfantMHWeek.Events;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests.Events;

/// <summary>What may be done to an event, in thousands of orders: nothing is public that no person approved.</summary>
public sealed class EventLawTests
{
    static readonly DateTimeOffset Now = TestSite.Start;

    [Fact]
    public void Whatever_is_done_in_whatever_order_only_approved_words_are_public()
    {
        var random = new Random(41);
        var (published, changes) = (0, 0);
        for (var round = 0; round < 2000; round++)
        {
            var generated = new GeneratedEvents(round);
            var address = EmailAddress.Parse("organiser@example.org", null);
            var e =
                round % 3 == 0
                    ? Event.Import(address, "1", generated.Details(), generated.Details(), "Staff", Now)
                    : Event.Start(address, Now, generated.Details());
            EventDetails? approved = null;
            HashSet<string> written = [""];
            for (var step = 0; step < 25; step++)
            {
                switch (random.Next(16))
                {
                    case 0:
                        e.Confirm(Now);
                        break;
                    case 1:
                        e.Send(Now);
                        break;
                    case 2:
                        e.Propose(generated.Details(), Now);
                        break;
                    case 3:
                        e.Propose(e.Latest with { Yes = EventFacts.Parking, Stage = Stage.Pregnancy }, Now);
                        break;
                    case 4 or 5:
                        var read = e.Latest;
                        var revision = e.Revision - random.Next(2);
                        var mayBe = e.Waiting && revision == e.Revision && e.ConfirmedAt is not null && e.SentAt is not null;
                        if (e.Approve("Staff", revision, Now) == Decision.Done)
                        {
                            Assert.True(mayBe);
                            approved = read;
                            written.Add(read.Notice);
                        }
                        break;
                    case 6:
                        e.Ask("Staff", e.Revision, "Why?", Now);
                        break;
                    case 7:
                        e.Decline("Staff", e.Revision, "No.", Now);
                        break;
                    case 8 when random.Next(4) == 0:
                        e.Cancel(Event.Organiser, random.Next(2) == 0 ? "" : $"Note {random.Next()}", Now);
                        break;
                    case 9 when random.Next(4) == 0:
                        e.Postpone(Event.Organiser, random.Next(2) == 0 ? "" : $"Note {random.Next()}", Now);
                        break;
                    case 11:
                        e.Propose(generated.Details(), Now, "Staff");
                        break;
                    case 12:
                        e.ChangeNotice(Event.Organiser, $"Note {random.Next()}", Now);
                        break;
                    case 13 when random.Next(4) == 0:
                        var note = $"Staff wrote {random.Next()}";
                        if (e.Postpone("Staff", note, Now))
                            written.Add(note);
                        break;
                    case 14 or 15 when e.IsPublic:
                        ChangeOneDate(e, random);
                        break;
                    case 10 when random.Next(12) == 0:
                        e.Withdraw(Event.Organiser, "", Now);
                        break;
                }
                if (!e.IsPublic)
                    Assert.Empty(e.Dates);
                if (approved is null)
                    Assert.False(e.IsPublic);
                else if (e.IsPublic)
                {
                    // All but ticks and choices is what a person read.
                    Assert.True(AsRead(e.Live!, approved).SameAs(approved with { Schedule = approved.Schedule.AsPlanned() }));
                    Assert.Contains(e.Live!.Notice, written);
                    Assert.Equal(e.Live.Schedule.ByDay().Select(p => p.StartUtc).Order(), e.Dates.Select(d => d.StartUtc).Order());
                    changes += (e.Live.Schedule.Changes?.Count ?? 0) + (e.Live.Schedule.Added?.Count ?? 0);
                    published++;
                }
            }
        }
        Assert.True(published > 1000 && changes > 100, $"{published} looks, {changes} single dates: that proves little.");
    }

    /// <summary>Single dates may be other ones than a person read; nothing else.</summary>
    static EventDetails AsRead(EventDetails live, EventDetails approved) =>
        live.WithHarmlessOf(approved) with
        {
            Notice = approved.Notice,
            Schedule = live.Schedule.AsPlanned(),
        };

    static void ChangeOneDate(Event e, Random random)
    {
        var dates = e.Live!.Schedule.Occurrences().ToList();
        var date = dates.Count == 0 ? null : dates[random.Next(dates.Count)];
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(random.Next(1, 90));
        e.ChangeDate(
            Event.Organiser,
            (DateAct)random.Next(4),
            date?.At ?? default,
            new(day, new(random.Next(8, 20), 0), day, new(21, 0)),
            Now
        );
    }

    [Fact]
    public void Nobody_decides_on_what_they_have_not_read()
    {
        var generated = new GeneratedEvents(1);
        var e = Event.Start(EmailAddress.Parse("organiser@example.org", null), Now, generated.Details());
        e.Send(Now);
        e.Confirm(Now);
        var read = e.Revision;
        e.Propose(e.Latest with { Title = "Something else" }, Now);

        Assert.Equal(Decision.ChangedMeanwhile, e.Approve("Staff", read, Now));
        Assert.False(e.IsPublic);
        Assert.Equal(Decision.Done, e.Approve("Staff", e.Revision, Now));
        Assert.True(e.IsPublic);
    }

    [Fact]
    public void A_cancellation_shows_at_once_and_its_words_when_a_person_has_read_them()
    {
        var e = new GeneratedEvents(3).Published();
        Assert.True(e.Cancel(Event.Organiser, "The hall is flooded.", Now));
        Assert.Equal((EventState.Cancelled, "", true), (e.State, e.Live!.Notice, e.Waiting));
        Assert.Equal(Decision.Done, e.Approve("Staff", e.Revision, Now));
        Assert.Equal("The hall is flooded.", e.Live!.Notice);
        Assert.True(e.CancelledAt is not null);
    }

    [Fact]
    public void New_dates_end_a_postponement_and_what_was_said_of_it()
    {
        var e = new GeneratedEvents(3).Published();
        e.Postpone("Staff", "Our singer is ill.", Now);
        Assert.Equal("Our singer is ill.", e.Live!.Notice);
        e.Propose(e.Latest with { Schedule = Schedule.Once(new(new(2026, 9, 1), new(10, 0), new(2026, 9, 1), new(11, 0))) }, Now);
        Assert.Equal(EventState.Postponed, e.State);
        e.Approve("Staff", e.Revision, Now);
        Assert.Equal((EventState.Published, ""), (e.State, e.Live!.Notice));
    }

    [Fact]
    public void The_approved_version_stays_while_a_change_waits()
    {
        var e = new GeneratedEvents(2).Published();
        var (before, sequence) = (e.Live!, e.Sequence);
        e.Propose(before with { Title = "Another name", Cost = Cost.Paid }, Now);

        Assert.Equal(before.Title, e.Live!.Title);
        Assert.Equal(Cost.Paid, e.Live.Cost);
        Assert.True(e.Waiting && e.IsPublic);
        e.Approve("Staff", e.Revision, Now);
        Assert.Equal("Another name", e.Live!.Title);
        Assert.True(e.Sequence > sequence);
    }

    [Theory]
    [InlineData(2027, 3, 28, 1, 30, "does not exist")]
    [InlineData(2027, 6, 1, 23, 0, "after the start")]
    public void Times_that_cannot_be_are_refused(int year, int month, int day, int hour, int minute, string words)
    {
        var date = new DateOnly(year, month, day);
        var schedule = Schedule.Once(new(date, new(hour, minute), date, new(hour == 23 ? 22 : hour + 2, minute)));
        Assert.Contains(words, Assert.Single(schedule.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_weekly_event_keeps_its_wall_clock_over_a_clock_change()
    {
        var first = new DateOnly(2027, 3, 23);
        var all = new Schedule(Repeat.Weekly, [new(first, new(10, 0), first, new(11, 0))], first.AddDays(14)).All().ToList();
        Assert.Equal([10, 9, 9], all.Select(t => t.StartUtc.Hour));
        Assert.All(all, t => Assert.Equal(new TimeOnly(10, 0), t.Starts));
    }
}
