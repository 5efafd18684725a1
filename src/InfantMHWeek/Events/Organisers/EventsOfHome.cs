using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Organisers;

/// <summary>The events on an organiser's own page.</summary>
sealed class EventsOfHome : IOrganiserOffers
{
    public string Name => "event";

    public string Another => "Offer another event";

    public Task<IReadOnlyList<EmailAddress>> HeldAddressesAsync(SiteDb db, EmailAddress typed, CancellationToken cancel) =>
        db.Set<Event>().HeldAddressesAsync(typed, cancel);

    public async Task<IReadOnlyList<OfferedItem>> FindAsync(
        SiteDb db,
        EmailAddress contact,
        ManageLinkAccess key,
        DateTime now,
        CancellationToken cancel
    )
    {
        var addresses = await HeldAddressesAsync(db, contact, cancel);
        var own = db.Set<Event>().AsNoTracking().Where(e => addresses.Contains(e.Contact));
        var events = await own.OrderByDescending(e => e.Id).ToListAsync(cancel);
        var dates = await db.Set<EventDate>()
            .Where(d => own.Any(e => e.Id == d.EventId))
            .GroupBy(d => d.EventId)
            .Select(d => new
            {
                d.Key,
                Next = d.Where(o => o.EndUtc > now).Min(o => (DateTime?)o.StartUtc),
                Last = d.Max(o => o.StartUtc),
            })
            .ToDictionaryAsync(d => d.Key, d => (d.Next, d.Last), cancel);
        var messages = StaffWords.Steps;
        var said = await db.Set<EventStep>()
            .Where(s => own.Any(e => e.Id == s.EventId) && s.Words != "" && s.Who != Event.Organiser && messages.Contains(s.What))
            .Select(s => new
            {
                s.EventId,
                s.At,
                s.Words,
            })
            .ToListAsync(cancel);
        var last = said.GroupBy(s => s.EventId).ToDictionary(g => g.Key, g => g.MaxBy(s => s.At)!);
        return
        [
            .. events
                .Where(e => e.IsForOrganiser)
                .Select(e =>
                    ItemOf(e, key, dates.TryGetValue(e.Id, out var found) ? found : null, now) with
                    {
                        Staff = last.TryGetValue(e.Id, out var words) ? (words.At, words.Words) : null,
                    }
                ),
        ];
    }

    static OfferedItem ItemOf(Event e, ManageLinkAccess key, (DateTime? Next, DateTime Last)? dates, DateTime now)
    {
        var over = e.IsOver(new(now, TimeSpan.Zero));
        return new(
            "Event",
            e.Latest.Title.Length > 0 ? e.Latest.Title : "An event without a name",
            "/events/manage/" + key.For(e.Id),
            OrganiserStates.GroupOf(e.State, over),
            OrganiserStates.Of(e, over)
        )
        {
            When = WhenOf(e, dates),
            // A press behind the link confirms the address, also of a draft that somebody else began: that is done on its own page.
            Copies = e.ConfirmedAt is not null && e.Latest.Title.Length > 0,
            Asks = over && e is { IsPublic: true, ReportedAt: null, CancelledAt: null },
        };
    }

    static string WhenOf(Event e, (DateTime? Next, DateTime Last)? dates) =>
        dates is { } of
            ? of.Next is { } next
                ? "Next on " + next.WithWeekday()
                : "Was last on " + UkTime.DayOf(of.Last).WithWeekday()
            : e.Latest.Schedule.All().Take(2).ToList() is [var first, ..] known
                ? (known.Count == 1 && first.LastDay == first.Day ? "On " : "From ") + first.Day.WithWeekday()
                : "";

    public async Task<string> BeginAsync(
        SiteDb db,
        EmailAddress contact,
        ManageLinkAccess key,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var addresses = await HeldAddressesAsync(db, contact, cancel);
        var own = await db.Set<Event>()
            .Where(e => addresses.Contains(e.Contact) && e.ConfirmedAt != null && e.ImportedAt == null)
            .OrderByDescending(e => e.Id)
            .ToListAsync(cancel);
        var begun = own.Find(e => e is { SentAt: null, WithdrawnAt: null, CopiedFrom: null } && e.Latest.Title.Length == 0);
        if (begun is null)
        {
            var (known, who) = (own.Find(e => e.Latest.Organiser.Length > 0), own.Find(e => e.ContactName.Length > 0));
            begun = Event.Start(
                contact,
                now,
                new() { Organiser = known?.Latest.Organiser ?? "", OrganiserLink = known?.Latest.OrganiserLink ?? "" }
            );
            (begun.ContactName, begun.ContactPhone) = (who?.ContactName ?? "", who?.ContactPhone ?? "");
            begun.Confirm(now);
            db.Add(begun);
        }
        return "/events/manage/" + key.For(begun.Id);
    }
}
