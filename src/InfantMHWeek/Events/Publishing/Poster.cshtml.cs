using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Publishing;

/// <summary>One approved event on one sheet of A4: what, when and where in large print, and a code that leads to its page.</summary>
[CachedPage(keep: false)]
sealed class PosterModel(SiteDb db, SiteAddress address, PageClock clock) : PageModel
{
    const int MostDates = 4,
        MostNext = 3;

    public PublicEvent Event { get; private set; } = null!;

    /// <summary>Its rule and hours where it repeats, a line for weekdays with hours of their own; else its dates.</summary>
    public IReadOnlyList<string> When { get; private set; } = [];

    /// <summary>Of what repeats the dates that come next, each with what parts it from the one after it.</summary>
    public IReadOnlyList<string> Next { get; private set; } = [];
    public string Link { get; private set; } = "";

    /// <summary>The address as people type it.</summary>
    public string Shown => Link[(Link.IndexOf("//", StringComparison.Ordinal) + 2)..];

    public string Where =>
        Event.Live.InPerson
            ? string.Join(
                ", ",
                new[] { Event.Live.Venue, Event.Live.Address, Event.Live.Town, Event.Live.Postcode }.Where(t => t.Length > 0)
            ) + (Event.Live.Online ? ", and online" : "")
            : "Online";

    /// <summary>What a family asks first.</summary>
    public IEnumerable<string> Facts =>
        new[]
        {
            string.Join(", ", EventLabels.NamesOf(Event.Live.Audience)),
            string.Join(
                ": ",
                new[] { EventLabels.NameOf(Event.Live.Cost), Event.Live.CostNote }.Where(t =>
                    t.Length > 0 && Event.Live.Cost != Cost.NotSaid
                )
            ),
            EventLabels.BookingOf(Event.Live),
        }.Where(f => f.Length > 0);

    /// <summary>With its weekday and when it begins where that is not always the same.</summary>
    static string Short(PublicEvent e, EventTime time) =>
        time.Day.ToString(e.Live.Schedule.Hours is null ? "d MMMM" : "dddd d MMMM", TimeInWords.British)
        + (e.Live.Schedule.Hours is null ? "" : $", {time.Starts:HH:mm}");

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel) is not { } e)
            return await db.JoinedPathAsync(slug, cancel) is { } path ? RedirectPermanent(path + "/poster") : NotFound();
        (Event, Link) = (e, address.Of(e.Path));
        var summary = ScheduleSummary.Of(e.Live.Schedule, e.DatesUntil, clock.GetUtcNow().UtcDateTime, MostDates);
        if (summary is { Every: not null, Past: false })
        {
            var next = summary.Dates.Take(MostNext).Select(d => Short(e, d.Time)).ToList();
            Next = [.. next[..^1].Select(d => d + (e.Live.Schedule.Hours is null ? "," : ";")), next[^1]];
        }
        When = summary.Every is { } every
            ? [.. every.Split(ScheduleWords.Between)]
            :
            [
                .. summary.Dates.Select(d => EventTimes.InWords(d.Time)),
                .. summary.More > 0 ? [$"and {summary.More} more"] : Array.Empty<string>(),
            ];
        ViewData["Head"] = new PageHead
        {
            Title = $"Poster: {e.TitleWithState}",
            Path = e.Path + "/poster",
            Indexed = false,
            IsListing = true,
            WeekLine = false,
        };
        return Page();
    }
}
