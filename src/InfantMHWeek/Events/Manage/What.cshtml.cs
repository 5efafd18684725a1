using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
public sealed class WhatModel(SiteDb db, TimeProvider clock) : EventStep(db, clock, "What it is")
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Summary { get; set; }
    [BindProperty] public string? Description { get; set; }

    protected override void Show(EventDetails held) => (Name, Summary, Description) = (held.Title, held.Summary, held.Description);

    protected override Task<EventDetails> ReadAsync(EventDetails held, CancellationToken cancel) => Task.FromResult(held with
    {
        Title = Line(nameof(Name), Name, EventDetails.MaxTitle, "Enter the name of the event."),
        Summary = Line(nameof(Summary), Summary, EventDetails.MaxSummary, "Say in one or two sentences what it is."),
        Description = Text(nameof(Description), Description, EventDetails.MaxDescription),
    });
}
