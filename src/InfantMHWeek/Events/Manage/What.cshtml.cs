using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class WhatModel(SiteDb db, OrganiserActions desk) : EventStep(db, desk, "What it is")
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    protected override void Show(EventDetails held) => (Name, Summary, Description) = (held.Title, held.Summary, held.Description);

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        var title = Line(nameof(Name), Name, EventDetails.MaxTitle, "Enter the name of the event.");
        var summary = Line(nameof(Summary), Summary, EventDetails.MaxSummary, "Say in one or two sentences what it is.");
        var description = Text(nameof(Description), Description, EventDetails.MaxDescription);
        return Task.FromResult<Func<EventDetails, EventDetails>>(held =>
            held with
            {
                Title = title,
                Summary = summary,
                Description = description,
            }
        );
    }
}
