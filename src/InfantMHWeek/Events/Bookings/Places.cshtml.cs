using System.Globalization;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Bookings;

/// <summary>Whether people book a place here, and by which rules. Numbers only, so that nobody need approve it.</summary>
[FormPage(byToken: true)]
sealed class PlacesModel(SiteDb db, OrganiserActions desk) : Manage.EventStep(db, desk, "Places")
{
    public static readonly IReadOnlyList<Choice> Closings =
    [
        new("0", "Until it begins"),
        new("2", "Until two hours before it begins"),
        new("12", "Until twelve hours before"),
        new("24", "Until the day before, at the same time"),
        new("48", "Until two days before"),
        new("168", "Until a week before"),
    ];

    [BindProperty]
    public string? Here { get; set; }

    [BindProperty]
    public string? Count { get; set; }

    [BindProperty]
    public string? Closes { get; set; }

    [BindProperty]
    public string? Waiting { get; set; }

    protected override void Show(EventDetails held)
    {
        var terms = held.Places ?? new(0);
        Here = held.Places is null ? "no" : "yes";
        Count = held.Places?.Count.ToString(CultureInfo.InvariantCulture);
        Closes = terms.CloseHours.ToString(CultureInfo.InvariantCulture);
        Waiting = terms.WaitingList ? "yes" : "no";
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        if (Here == "no")
            return Task.FromResult<Func<EventDetails, EventDetails>>(Off);
        if (Here != "yes")
            ModelState.AddModelError(nameof(Here), "Say whether people book here.");
        if (
            !int.TryParse(Count?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > PlaceTerms.Most
        )
            ModelState.AddModelError(nameof(Count), $"Enter how many places there are, from 1 to {PlaceTerms.Most}.");
        if (Closings.All(c => c.Value != Closes))
            ModelState.AddModelError(nameof(Closes), "Choose one of these.");
        if (Waiting is not ("yes" or "no"))
            ModelState.AddModelError(nameof(Waiting), "Say whether there is a waiting list.");
        var hours = ModelState.IsValid ? int.Parse(Closes!, CultureInfo.InvariantCulture) : 0;
        var terms = new PlaceTerms(count, hours, Waiting == "yes");
        return Task.FromResult<Func<EventDetails, EventDetails>>(held => held with { Places = terms, Booking = Booking.Needed });
    }

    /// <summary>Where no other way to book is told, nobody is asked to book.</summary>
    static EventDetails Off(EventDetails held) =>
        held with
        {
            Places = null,
            Booking =
                held.Places is not null && held.BookingLink.Length == 0 && held.BookingNote.Length == 0 ? Booking.NotNeeded : held.Booking,
        };
}
