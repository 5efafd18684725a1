using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
public sealed class OrganiserModel(SiteDb db, TimeProvider clock) : EventStep(db, clock, "Who organises it")
{
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? OrganiserLink { get; set; }
    [BindProperty] public string? YourName { get; set; }
    [BindProperty] public string? Phone { get; set; }

    protected override void Show(EventDetails held) => (Organisation, OrganiserLink, YourName, Phone) = (held.Organiser, held.OrganiserLink, Event.ContactName, Event.ContactPhone);

    protected override Task<EventDetails> ReadAsync(EventDetails held, CancellationToken cancel)
    {
        YourName = Line(nameof(YourName), YourName, Event.MaxName, "Enter your name, so that we can speak to you.");
        Phone = Line(nameof(Phone), Phone, Event.MaxPhone);
        return Task.FromResult(held with { Organiser = Line(nameof(Organisation), Organisation, EventDetails.MaxLine, "Enter who organises it."), OrganiserLink = Link(nameof(OrganiserLink), OrganiserLink) });
    }

    protected override void Keep(Event e) => (e.ContactName, e.ContactPhone) = (YourName!, Phone!);
}
