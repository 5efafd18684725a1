using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

[FormPage(byToken: true)]
sealed class WhatModel(SiteDb db, ServiceActions desk) : ServicePart(db, desk, "What it is and who runs it")
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? OrganisationAbout { get; set; }

    [BindProperty]
    public string? OrganisationLink { get; set; }

    [BindProperty]
    public string? YourName { get; set; }

    [BindProperty]
    public string? YourPhone { get; set; }

    protected override void Show(ServiceDetails held)
    {
        (Name, Summary, Description) = (held.Title, held.Summary, held.Description);
        (Organisation, OrganisationAbout, OrganisationLink) = (held.Organisation, held.OrganisationAbout, held.OrganisationLink);
        (YourName, YourPhone) = (Service.ContactName, Service.ContactPhone);
    }

    protected override Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var title = Line(nameof(Name), Name, ServiceDetails.MaxTitle, "Enter the name of the service.");
        var summary = Text(nameof(Summary), Summary, ServiceDetails.MaxSummary, "Say in one or two sentences what it does.");
        var description = Text(nameof(Description), Description, ServiceDetails.MaxDescription);
        var organisation = Line(nameof(Organisation), Organisation, ServiceDetails.MaxLine, "Enter who runs it.");
        var about = Text(nameof(OrganisationAbout), OrganisationAbout, ServiceDetails.MaxNote);
        var link = Link(nameof(OrganisationLink), OrganisationLink);
        YourName = Line(nameof(YourName), YourName, FamilyService.MaxName, "Enter your name, so that we can speak to you.");
        YourPhone = Line(nameof(YourPhone), YourPhone, FamilyService.MaxPhone);
        return Task.FromResult<Func<ServiceDetails, ServiceDetails>>(held =>
            held with
            {
                Title = title,
                Summary = summary.Replace('\n', ' '),
                Description = description,
                Organisation = organisation,
                OrganisationAbout = about,
                OrganisationLink = link,
            }
        );
    }

    protected override void Keep(FamilyService service) => (service.ContactName, service.ContactPhone) = (YourName!, YourPhone!);
}
