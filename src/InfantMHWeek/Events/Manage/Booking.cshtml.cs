using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class BookingModel(SiteDb db, OrganiserActions desk) : EventStep(db, desk, "Cost and booking")
{
    [BindProperty]
    public string? Price { get; set; }

    [BindProperty]
    public string? PriceNote { get; set; }

    [BindProperty]
    public string? Book { get; set; }

    [BindProperty]
    public string? BookingLink { get; set; }

    [BindProperty]
    public string? BookingNote { get; set; }

    protected override void Show(EventDetails held)
    {
        Price = EventLabels.Costs.FirstOrDefault(c => c.Value == held.Cost).Slug;
        Book = held.Booking switch
        {
            Booking.NotNeeded => "no",
            Booking.Needed => "yes",
            _ => null,
        };
        (PriceNote, BookingLink, BookingNote) = (held.CostNote, held.BookingLink, held.BookingNote);
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        var cost = EventLabels.Costs.FirstOrDefault(c => c.Slug == Price).Value;
        if (cost == Cost.NotSaid)
            ModelState.AddModelError(nameof(Price), "Say whether it costs anything.");
        if (Book is not ("yes" or "no"))
            ModelState.AddModelError(nameof(Book), "Say whether people have to book.");
        var (costNote, link, note) = (
            Line(nameof(PriceNote), PriceNote, EventDetails.MaxLine),
            Link(nameof(BookingLink), BookingLink),
            Text(nameof(BookingNote), BookingNote, EventDetails.MaxNote)
        );
        if (Book == "yes" && shown.Places is null && link.Length == 0 && note.Length == 0 && ModelState.IsValid)
            ModelState.AddModelError(nameof(BookingNote), "Say how people book: a link, a phone number or an email address.");
        var booking = Book == "yes" ? Booking.Needed : Booking.NotNeeded;
        return Task.FromResult<Func<EventDetails, EventDetails>>(held =>
            held with
            {
                Cost = cost,
                CostNote = costNote,
                Booking = booking,
                BookingLink = link,
                BookingNote = note,
                Places = Book == "yes" ? held.Places : null,
            }
        );
    }
}
