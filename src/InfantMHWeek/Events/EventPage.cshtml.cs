using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Events.Publishing;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

/// <summary>One event. What was withdrawn answers 410, so that search engines forget it; what was joined leads to the other.</summary>
[CachedPage(keep: false)]
sealed class EventPageModel(SiteDb db, EventFinder finder, IEnumerable<OrganisationLinks> offers, SiteAddress address, PageClock clock)
    : PageModel
{
    public PublicEvent? Event { get; private set; }
    public ScheduleSummary When { get; private set; } = null!;
    public IReadOnlyList<EventRow> Similar { get; private set; } = [];
    public bool Past { get; private set; }

    /// <summary>What else the site has of its organiser.</summary>
    public IReadOnlyList<OfferedElsewhere> Elsewhere { get; private set; } = [];

    /// <summary>Who its organiser is, where they told it and a person of the staff has read it; and what else they have on.</summary>
    public ProfileDetails? Profile { get; private set; }
    public IReadOnlyList<PublicEvent> Others { get; private set; } = [];

    /// <summary>The dates of which places are booked here, and how many are left.</summary>
    public IReadOnlyList<BookableDate> Bookable { get; private set; } = [];

    /// <summary>The partner's calendar that it is from.</summary>
    public FeedCredit? Credit { get; private set; }

    /// <summary>It was here once and was taken down.</summary>
    public bool Withdrawn { get; private set; }
    public EventDetails Live => Event!.Live;
    public CalendarLinks Calendars => CalendarLinks.Of(Event!, address);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        Event = await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
        if (Event is null)
        {
            if (await db.JoinedPathAsync(slug, cancel) is { } path)
                return RedirectPermanent(path);
            Withdrawn = await db.Set<Event>().AnyAsync(e => e.Slug == slug && e.WithdrawnAt != null, cancel);
            Response.StatusCode = Withdrawn ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
            ViewData["Head"] = new PageHead
            {
                Title = Withdrawn ? "This event is no longer listed" : "Page not found",
                Indexed = false,
                IsListing = true,
            };
            return Page();
        }
        var now = clock.GetUtcNow().UtcDateTime;
        When = ScheduleSummary.Of(Live.Schedule, Event.DatesUntil, now);
        Past = When.Past;
        if (!Past)
            Similar = await SimilarAsync(now, cancel);
        Bookable = await db.BookableDatesAsync(Event.Slug, now, cancel);
        var contact = await EventsOfOrganiser.ContactAsync(db, Event.Id, cancel);
        if (
            contact is not null
            && await db.Set<OrganiserProfile>().AsNoTracking().ProfileOfAsync(contact, cancel) is { IsPublic: true } known
        )
            (Profile, Others) = (known.Live, await EventsOfOrganiser.OthersAsync(db, contact, Event.Id, now, cancel));
        Elsewhere = await offers.ElsewhereAsync(EventsOfOrganiser.Feature, db, contact, Live.Organiser, now, cancel);
        var id = Event.Id;
        Credit = await db.Set<Event>()
            .Where(e => e.Id == id)
            .Join(db.Set<PartnerFeed>(), e => e.FeedId, f => (Guid?)f.Id, (_, f) => new FeedCredit(f.Name, f.Website))
            .SingleOrDefaultAsync(cancel);
        ViewData["Head"] = new PageHead
        {
            Title = Event.TitleWithState,
            Summary = Live.Summary,
            Path = Event.Path,
            SharePicture = Event.Path + ".png",
            JsonLd = EventJsonLd.Of(Event, address, now),
            IsListing = true,
            Indexed = !Event.Sample,
        };
        return Page();
    }

    async Task<IReadOnlyList<EventRow>> SimilarAsync(DateTime now, CancellationToken cancel)
    {
        var query = new EventQuery
        {
            Near = Live.InPerson ? Live.Point : null,
            Miles = 20,
            FromUtc = UkTime.MidnightUtc(clock.Today()),
            ToUtc = now.AddDays(60),
            EndsAfterUtc = now,
            AnyAudience = EventTags.Of(Live.Audience),
            All = Live.InPerson ? EventTags.InPerson : EventTags.Online,
            ByDistance = Live.InPerson,
            Take = 4,
        };
        return
        [
            .. (await db.RowsAsync(await finder.FindAsync(query, cancel), now, cancel))
                .Where(r => r.Event.Id != Event!.Id)
                .DistinctBy(r => r.Event.Id)
                .Take(3),
        ];
    }
}
