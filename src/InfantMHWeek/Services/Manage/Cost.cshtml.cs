using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

[FormPage(byToken: true)]
sealed class CostModel(SiteDb db, ServiceActions desk) : ServicePart(db, desk, "Cost, languages and access")
{
    [BindProperty]
    public string? Price { get; set; }

    [BindProperty]
    public string? PriceNote { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Languages { get; set; } = [];

    [BindProperty]
    public string? OtherLanguages { get; set; }

    /// <summary>By the fact's short name: yes, no, or nothing.</summary>
    [BindProperty]
    public IDictionary<string, string> Fact { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    protected override void Show(ServiceDetails held)
    {
        Price = ServiceLabels.Costs.FirstOrDefault(c => c.Value == held.Cost).Slug;
        (PriceNote, OtherLanguages) = (held.CostNote, held.OtherLanguages);
        Languages = Slugs(ServiceLabels.Languages, held.Languages);
        Fact = ServiceLabels.Facts.ToDictionary(
            f => f.Slug,
            f =>
                held.Yes.HasFlag(f.Value) ? "yes"
                : held.No.HasFlag(f.Value) ? "no"
                : "",
            StringComparer.Ordinal
        );
    }

    protected override Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var cost = ServiceLabels.Costs.FirstOrDefault(c => c.Slug == Price).Value;
        if (cost == ServiceCost.NotSaid)
            ModelState.AddModelError(nameof(Price), "Say whether it costs anything.");
        var (note, other) = (
            Line(nameof(PriceNote), PriceNote, ServiceDetails.MaxLine),
            Line(nameof(OtherLanguages), OtherLanguages, ServiceDetails.MaxLine)
        );
        var languages = Ticked(Languages, ServiceLabels.Languages, (a, b) => a | b);
        var (yes, no) = (Said("yes"), Said("no"));
        return Task.FromResult<Func<ServiceDetails, ServiceDetails>>(held =>
            held with
            {
                Cost = cost,
                CostNote = note,
                Languages = languages,
                OtherLanguages = other,
                Yes = yes,
                No = no,
            }
        );

        ServiceFacts Said(string answer) =>
            ServiceLabels
                .Facts.Where(f => Fact.TryGetValue(f.Slug, out var said) && said == answer)
                .Aggregate(ServiceFacts.None, (sum, f) => sum | f.Value);
    }
}
