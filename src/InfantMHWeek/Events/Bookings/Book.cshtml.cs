using System.Globalization;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>
/// A family books a place at one date. The answer is the same whether or not their address has one already: only its owner is told.
/// </summary>
[FormPage, PublicForm("place")]
sealed class BookModel(SiteDb db, PlaceRegistrar registrar, FormGuard guard, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Seen { get; set; }

    [BindProperty]
    public string? Babies { get; set; }

    public BookableEvent Event { get; private set; } = null!;

    /// <summary>Null where it can be booked no more, and perhaps never could.</summary>
    public BookableDate? Date { get; private set; }

    /// <summary>Something was typed, and must not be lost where the last place has gone meanwhile.</summary>
    public bool Typed => HttpMethods.IsPost(Request.Method);

    string WhyNot =>
        Event switch
        {
            { WithdrawnAt: not null } => "this event is no longer listed",
            { CancelledAt: not null } => "this event has been cancelled",
            { PostponedAt: not null } => "this event has been postponed",
            { Terms: null } => "places at this event are not booked here any more",
            _ => "this date does not take place, or has begun",
        };

    public async Task<IActionResult> OnGetAsync(string slug, string date, CancellationToken cancel) =>
        await FindAsync(slug, date, cancel) && Date is not null ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, string date, CancellationToken cancel)
    {
        if (!await FindAsync(slug, date, cancel))
            return NotFound();
        if (Date is null)
        {
            ModelState.AddModelError("", $"Nothing was booked: {WhyNot}. What you typed is still here.");
            return Page();
        }
        var name = ModelState.Line(nameof(Name), Name, PlaceBooking.MaxName, "Enter your name.");
        var email = ModelState.Address(nameof(Email), Email, Seen);
        if (
            !int.TryParse(Babies?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var babies)
            || babies > PlaceBooking.MostBabies
        )
            ModelState.AddModelError(nameof(Babies), $"Enter a number from 0 to {PlaceBooking.MostBabies}.");
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, email, cancel) is { } refusal)
            return refusal;
        var wish = new BookingWish(slug, date, name!, email!, babies, guard.FormInstanceId(HttpContext));
        switch (await registrar.BookAsync(wish, cancel))
        {
            case BookingResult.Done:
                return Redirect("/events/book/sent");
            case BookingResult.Full:
                ModelState.AddModelError("", "The last place has just gone, and this event keeps no waiting list. Perhaps another date?");
                break;
            case BookingResult.Closed:
                ModelState.AddModelError("", "Bookings for this date have closed.");
                break;
            default:
                ModelState.AddModelError("", "This date has just changed. Please look at the event again.");
                break;
        }
        return Page();
    }

    async Task<bool> FindAsync(string slug, string date, CancellationToken cancel)
    {
        if (await db.Set<Event>().Where(e => e.Slug == slug).AsBookable().SingleOrDefaultAsync(cancel) is not { } e)
            return false;
        var dates = await db.BookableDatesAsync(e, clock.GetUtcNow().UtcDateTime, cancel);
        (Event, Date) = (e, dates.FirstOrDefault(d => d.Name == date));
        ViewData["Head"] = new PageHead { Title = "Book a place", Indexed = false };
        return true;
    }
}

/// <summary>The answer to every address.</summary>
[FormPage]
sealed class BookSentModel : PageModel
{
    public void OnGet() => ViewData["Head"] = new PageHead { Title = "Check your email", Indexed = false };
}
