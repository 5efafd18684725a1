using System.Text.RegularExpressions;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>Sets up a group with places, and asks the store what became of them.</summary>
sealed partial class BookingDesk(TestSite site)
{
    public const string Tuesday = "2026-06-16-1000",
        NextTuesday = "2026-06-23-1000";
    static readonly DateOnly First = new(2026, 6, 9);
    readonly GeneratedEvents generated = new(9);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestSite Site => site;

    /// <summary>Every Tuesday from 9 June 2026, 10:00 to 11:30.</summary>
    public static Schedule Tuesdays =>
        new(Repeat.Rule, [new(First, new(10, 0), First, new(11, 30))]) { Rule = RepeatRule.Weekly(1, DayOfWeek.Tuesday).ToString() };

    public async Task<(Event Event, string Token)> Group(PlaceTerms? places, Schedule? schedule = null)
    {
        var details = generated.Once("Baby Tuesdays") with
        {
            Schedule = schedule ?? Tuesdays,
            Places = places,
            Booking = places is null ? Booking.NotNeeded : Booking.Needed,
        };
        var e = generated.Published(details);
        return await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(Cancel);
            return (e, token);
        });
    }

    public async Task<T> With<T, TService>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<BookingResult> Book(Event e, string who, string date = Tuesday) =>
        With<BookingResult, PlaceRegistrar>(r =>
            r.BookAsync(new(e.Slug!, date, "Ann", EmailAddress.Parse($"{who}@home.example", null), 1, Guid.NewGuid()), Cancel)
        );

    public Task<BookingResult> GiveUp(Guid id) => With<BookingResult, PlaceRegistrar>(r => r.GiveUpAsync(id, Cancel));

    public Task<BookingResult> Accept(Guid id) => With<BookingResult, PlaceRegistrar>(r => r.AcceptAsync(id, Cancel));

    public Task<BookingResult> Rejoin(Guid id) => With<BookingResult, PlaceRegistrar>(r => r.RejoinAsync(id, Cancel));

    public Task Follow() => With<int, DateFollower>(f => f.FollowAllAsync(Cancel));

    public Task Expire() =>
        With<int, BookingJobs>(async jobs =>
        {
            await jobs.ExpireAsync(Cancel);
            return 0;
        });

    public Task<int> Remind() => With<int, BookingJobs>(jobs => jobs.RemindAsync(Cancel));

    /// <summary>All who asked for a place at a date, in the order of its list.</summary>
    public Task<List<PlaceBooking>> In(Event e, string date = Tuesday) =>
        site.InStore(db =>
            db.Set<PlaceBooking>()
                .AsNoTracking()
                .Include(b => b.Date)
                .Where(b => b.Date.EventId == e.Id && b.Date.At == date)
                .OrderBy(b => b.Position)
                .ToListAsync(Cancel)
        );

    public Task<BookedDate> Date(Event e, string date = Tuesday) =>
        site.InStore(db => db.Set<BookedDate>().AsNoTracking().SingleAsync(d => d.EventId == e.Id && d.At == date, Cancel));

    public Task<List<OutboxMail>> Mails(string? kind = null) =>
        site.InStore(async db =>
            (await db.Set<OutboxMail>().AsNoTracking().Where(m => m.Kind.StartsWith("event-place-")).ToListAsync(Cancel))
                .Where(m => kind is null || m.Kind == kind)
                .OrderBy(m => m.QueuedAt)
                .ThenBy(m => m.To.Text, StringComparer.Ordinal)
                .ToList()
        );

    /// <summary>Where the link of a mail leads.</summary>
    public static string LinkIn(OutboxMail mail) => Link().Match(mail.Text).Value;

    /// <summary>What is wrong with a date, in words; empty when all agrees.</summary>
    public async Task<string> Wrong(Event e, string name = Tuesday)
    {
        var (all, date, wrong) = (await In(e, name), await Date(e, name), new List<string>());
        if (all.Count(b => b.TakesPlace) is var taken && taken != date.PlacesTaken)
            wrong.Add($"{taken} have a place, {date.PlacesTaken} are counted");
        if (date.PlacesTaken < date.Places && all.Any(b => b.State == BookingState.Waiting))
            wrong.Add("a place is free and somebody waits");
        if (all.Select(b => b.Position).Distinct().Count() != all.Count)
            wrong.Add("two have the same position");
        return string.Join("; ", wrong);
    }

    [GeneratedRegex("/events/places/[A-Za-z0-9_-]{32}")]
    private static partial Regex Link();
}
