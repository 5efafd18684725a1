using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class OrganiserModel(SiteDb db, OrganiserActions desk) : EventStep(db, desk, "Who organises it")
{
    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? OrganiserLink { get; set; }

    [BindProperty]
    public string? YourName { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    protected override void Show(EventDetails held) =>
        (Organisation, OrganiserLink, YourName, Phone) = (held.Organiser, held.OrganiserLink, Event.ContactName, Event.ContactPhone);

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        YourName = Line(nameof(YourName), YourName, Event.MaxName, "Enter your name, so that we can speak to you.");
        Phone = Line(nameof(Phone), Phone, Event.MaxPhone);
        var (organiser, link) = (
            Line(nameof(Organisation), Organisation, EventDetails.MaxLine, "Enter who organises it."),
            Link(nameof(OrganiserLink), OrganiserLink)
        );
        return Task.FromResult<Func<EventDetails, EventDetails>>(held => held with { Organiser = organiser, OrganiserLink = link });
    }

    protected override void Keep(Event e) => (e.ContactName, e.ContactPhone) = (YourName!, Phone!);
}
