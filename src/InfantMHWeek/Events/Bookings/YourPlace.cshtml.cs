using System.Globalization;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>A family's place, behind the link of a mail. Opening it changes nothing.</summary>
[FormPage(byToken: true)]
sealed class YourPlaceModel(SiteDb db, PlaceRegistrar registrar, TimeProvider clock) : PageModel
{
    [TempData]
    public string? Told { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    public string Token { get; private set; } = "";
    public PlaceBooking Place { get; private set; } = null!;
    public BookableEvent? Event { get; private set; }
    public DateTime Now => clock.GetUtcNow().UtcDateTime;
    int ahead;

    /// <summary>Other dates of the event that they could book too; only for those who have said that they will come.</summary>
    public IReadOnlyList<BookableDate> Others { get; private set; } = [];

    /// <summary>There is something for a diary.</summary>
    public bool HasCalendar => Place.TakesPlace && IsOn;

    bool IsOn => Place.Date.State == DateState.On && Place.Date.EndsAt > Now;
    public bool MayAccept => Place.State == BookingState.Held && IsOn;
    public bool MayRejoin => Place.Ended && IsOn && Place.Date.ClosesAt > Now && Event?.Terms is not null;

    /// <summary>For those with a place; others book to get it.</summary>
    public string? OnlineLink =>
        Place.State == BookingState.Accepted && IsOn && Event is { Off: false, Live: { Online: true, OnlineLink.Length: > 0 } live }
            ? live.OnlineLink
            : null;

    public string Headline =>
        Place.State switch
        {
            BookingState.Held => "We are keeping a place for you",
            BookingState.Accepted => "Your place is booked",
            BookingState.Waiting => "You are on the waiting list",
            BookingState.CalledOff when IsOn => "This date takes place after all",
            BookingState.CalledOff => "This date does not take place",
            _ => "You have no place",
        };

    public string Explained =>
        Place.State switch
        {
            BookingState.Held when Place.Date.State == DateState.Postponed =>
                "It is postponed, and you keep your place until there is a new date. We will write to you then, and ask whether you will "
                    + "come.",
            BookingState.Held when Place.KeptUntil > Now =>
                $"Please say by {Place.KeptUntil.Value.WithWeekday()} whether you will come. After that it goes to another family.",
            BookingState.Held => "Please say whether you will come.",
            BookingState.Accepted => "Keep our email: its link brings you back here if you cannot come.",
            BookingState.Waiting when ahead == 0 => "You are next. If a place becomes free, we will write to you.",
            BookingState.Waiting => string.Create(
                CultureInfo.InvariantCulture,
                $"There {(ahead == 1 ? "is 1 family" : $"are {ahead} families")} before you. If it is your turn, we will write to you."
            ),
            BookingState.Expired => "We did not hear from you in time, so the place went to another family.",
            BookingState.CalledOff when IsOn => "It had been cancelled, and your place ended then. We are sorry for the back and forth.",
            BookingState.CalledOff => "We are sorry. The organiser has cancelled it, or it is no longer on the website.",
            _ => "Thank you for telling us.",
        };

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        await OpenAsync(token, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string token, string? wish, string? date, CancellationToken cancel)
    {
        if (!await OpenAsync(token, cancel))
            return NotFound();
        if (wish == "forget")
        {
            if (!Sure)
                ModelState.AddModelError(nameof(Sure), "Please tick this if you are sure: it cannot be undone.");
            if (!ModelState.IsValid)
                return Page();
            await registrar.ForgetAsync(Place.Id, cancel);
            return Redirect("/events/places/deleted");
        }
        var became = wish switch
        {
            "accept" => await registrar.AcceptAsync(Place.Id, cancel),
            "give-up" => await registrar.GiveUpAsync(Place.Id, cancel),
            "rejoin" => await registrar.RejoinAsync(Place.Id, cancel),
            "also" => await registrar.BookAlsoAsync(Place.Id, date ?? "", cancel),
            _ => BookingResult.NotPossible,
        };
        Told = (wish, became) switch
        {
            ("accept", BookingResult.Done) => "Thank you. Your place is booked.",
            ("give-up", BookingResult.Done) => "Thank you for telling us.",
            ("rejoin", BookingResult.Done) => "You are on the list again.",
            ("also", BookingResult.Done) => "Thank you. We have sent you an email about that date, too, with a link of its own.",
            ("also", BookingResult.Full) => "The last place on that date has just gone, and this event keeps no waiting list.",
            ("also", BookingResult.Closed) => "Bookings for that date have closed.",
            _ => "Nothing has changed: this had been done before, or is no longer possible. This page shows how things stand now.",
        };
        return Redirect("/events/places/" + token);
    }

    async Task<bool> OpenAsync(string token, CancellationToken cancel)
    {
        ViewData["Head"] = new PageHead { Title = "Your place", Indexed = false };
        if (await db.OpenBookingAsync(token, cancel) is not { } place)
            return false;
        (Place, Token) = (place, token);
        var (of, date, position) = (place.Date.EventId, place.DateId, place.Position);
        Event = await db.Set<Event>().Where(e => e.Id == of).AsBookable().SingleOrDefaultAsync(cancel);
        if (place.State == BookingState.Waiting)
            ahead = await db.Set<PlaceBooking>()
                .CountAsync(b => b.DateId == date && b.State == BookingState.Waiting && b.Position < position, cancel);
        if (place.State == BookingState.Accepted && Event is not null)
            Others = await OthersAsync(Event, place.AddressKey, cancel);
        return true;
    }

    async Task<IReadOnlyList<BookableDate>> OthersAsync(BookableEvent e, string address, CancellationToken cancel)
    {
        var of = e.Id;
        var booked = await db.Set<PlaceBooking>()
            .Where(b => b.Date.EventId == of && b.AddressKey == address)
            .Where(b => b.State == BookingState.Waiting || b.State == BookingState.Held || b.State == BookingState.Accepted)
            .Select(b => b.Date.At)
            .ToListAsync(cancel);
        var all = await db.BookableDatesAsync(e, Now, cancel);
        return [.. all.Where(d => d.CanBook && !booked.Contains(d.Name, StringComparer.Ordinal))];
    }
}

/// <summary>Nothing is kept any more.</summary>
[FormPage]
sealed class DeletedModel : PageModel
{
    public void OnGet() => ViewData["Head"] = new PageHead { Title = "Deleted", Indexed = false };
}
