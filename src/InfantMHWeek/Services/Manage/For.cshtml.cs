using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

[FormPage(byToken: true)]
sealed class ForModel(SiteDb db, ServiceActions desk) : ServicePart(db, desk, "What it is for, and who")
{
    [BindProperty]
    public IReadOnlyList<string> Needs { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Audience { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Ages { get; set; } = [];

    protected override void Show(ServiceDetails held) =>
        (Needs, Audience, Ages) = (
            Slugs(ServiceLabels.Needs, held.Needs),
            Slugs(ServiceLabels.Audiences, held.Audience),
            Slugs(ServiceLabels.Ages, held.Ages)
        );

    protected override Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var needs = Ticked(Needs, ServiceLabels.Needs, (a, b) => a | b);
        var audience = Ticked(Audience, ServiceLabels.Audiences, (a, b) => a | b);
        var ages = Ticked(Ages, ServiceLabels.Ages, (a, b) => a | b);
        if (needs == Need.None)
            ModelState.AddModelError(nameof(Needs), "Choose at least one, so that families find it.");
        if (audience == ServiceAudience.None)
            ModelState.AddModelError(nameof(Audience), "Choose at least one.");
        return Task.FromResult<Func<ServiceDetails, ServiceDetails>>(held => held with { Needs = needs, Audience = audience, Ages = ages });
    }
}
