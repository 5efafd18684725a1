using System.Globalization;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Bookings;

/// <summary>The organiser's list, next date first: to be looked at and printed, never kept by a browser or a search engine.</summary>
[FormPage(byToken: true)]
sealed class WhoComesModel(SiteDb db, TimeProvider clock) : PageModel
{
    public sealed record Family(string Name, int Babies, string Email, string Place);

    public sealed record Date(string Name, string When, string InWords, IReadOnlyList<Family> Families);

    public string Token { get; private set; } = "";
    public string Title { get; private set; } = "";
    public IReadOnlyList<Date> Dates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenEventAsync(key, cancel) is not { Event.IsPublic: true } hand
        )
            return this.Unopened(token);
        (Token, Title) = (token, hand.Event.Live!.Title);
        ViewData["Head"] = new PageHead { Title = "Who has booked", Indexed = false };
        var (id, now) = (hand.Event.Id, clock.GetUtcNow().UtcDateTime);
        var all = await db.Set<PlaceBooking>()
            .AsNoTracking()
            .Include(b => b.Date)
            .Where(b => b.Date.EventId == id)
            .Where(b => b.State == BookingState.Waiting || b.State == BookingState.Held || b.State == BookingState.Accepted)
            .OrderBy(b => b.Position)
            .ToListAsync(cancel);
        Dates =
        [
            .. all.GroupBy(b => b.DateId)
                .Select(g => (g.First().Date, Families: g.ToList()))
                .OrderBy(d => d.Date.EndsAt <= now)
                .ThenBy(d => d.Date.StartsAt)
                .Select(d => Of(d.Date, d.Families)),
        ];
        return Page();
    }

    static Date Of(BookedDate date, List<PlaceBooking> families)
    {
        var come = families.FindAll(b => b.TakesPlace);
        var babies = come.Sum(b => b.Babies);
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{come.Count} of {date.Places} places, {babies} {(babies == 1 ? "baby" : "babies")}, {families.Count - come.Count} waiting"
        );
        return new(
            date.At,
            date.StartsAt.WithWeekday(),
            date.State == DateState.Postponed ? counts + ". Postponed." : counts + ".",
            [
                .. families
                    .OrderBy(b => !b.TakesPlace)
                    .ThenBy(b => b.TakesPlace ? b.Name : "", StringComparer.OrdinalIgnoreCase)
                    .ThenBy(b => b.Position)
                    .Select(b => new Family(b.Name, b.Babies, b.Email.Text, InWords(b.State))),
            ]
        );
    }

    static string InWords(BookingState state) =>
        state switch
        {
            BookingState.Accepted => "booked",
            BookingState.Held => "not confirmed yet",
            _ => "waiting",
        };
}
