using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

[FormPage(byToken: true)]
sealed class WhereModel(SiteDb db, ServiceActions desk) : ServicePart(db, desk, "Where it takes place")
{
    const int MostTyped = 600;
    public static IEnumerable<Choice> Reaches =>
        [
            new("any", "It does not matter where they live"),
            new("areas", "They must live in certain areas"),
            new("uk", "It is online, by phone or at home for everyone in the UK"),
        ];

    [BindProperty]
    public IReadOnlyList<string> How { get; set; } = [];

    [BindProperty]
    public string? Reach { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Areas { get; set; } = [];

    [BindProperty]
    public string? Districts { get; set; }

    public IReadOnlyList<ServicePlace> Places => Service.Latest.Places;

    protected override void Show(ServiceDetails held)
    {
        How = Slugs(ServiceLabels.Ways, held.Ways);
        Reach =
            held.Nationwide ? "uk"
            : held.Areas.Count + held.Districts.Count > 0 ? "areas"
            : held.Ways == Ways.None ? null
            : "any";
        Areas = [.. held.Areas.Select(a => Regions.TileOf(a)?.Slug).OfType<string>()];
        Districts = string.Join(", ", held.Districts);
    }

    protected override Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var ways = Ticked(How, ServiceLabels.Ways, (a, b) => a | b);
        if (ways == Ways.None)
            ModelState.AddModelError(nameof(How), "Choose at least one.");
        if (!Reaches.Any(r => r.Value == Reach))
            ModelState.AddModelError(nameof(Reach), "Choose one.");
        else if (Reach == "any" && ways != Ways.None && !ways.HasFlag(Ways.AtAPlace))
            ModelState.AddModelError(nameof(Reach), "If it has no place, say which areas it is for, or that it is for the whole UK.");
        IReadOnlyList<Region> areas = [.. Regions.All.Where(t => Areas.Contains(t.Slug, StringComparer.Ordinal)).Select(t => t.Region)];
        var districts = ReadDistricts();
        if (ModelState.IsValid && Reach == "areas" && areas.Count + districts.Count == 0)
            ModelState.AddModelError(nameof(Districts), "Enter postcode districts, or tick a nation or region.");
        var byArea = Reach == "areas";
        return Task.FromResult<Func<ServiceDetails, ServiceDetails>>(held =>
            held with
            {
                Ways = ways,
                Nationwide = Reach == "uk",
                Areas = byArea ? areas : [],
                Districts = byArea ? districts : [],
            }
        );
    }

    List<string> ReadDistricts()
    {
        if (Reach != "areas")
            return [];
        var codes = Line(nameof(Districts), Districts, MostTyped)
            .ToUpperInvariant()
            .Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (codes.Count > ServiceDetails.MostDistricts)
            ModelState.AddModelError(nameof(Districts), $"Enter at most {ServiceDetails.MostDistricts}, or tick a nation or region.");
        else if (
            codes.FirstOrDefault(c => !Gazetteer.Default.Districts.ContainsKey(c) && !Gazetteer.Default.Areas.ContainsKey(c)) is { } odd
        )
            ModelState.AddModelError(nameof(Districts), $"We don’t know “{odd}”. Enter the first half of postcodes, such as LS1, LS2, BD.");
        return codes;
    }

    protected override string Next => Places.Count == 0 && How.Contains("place", StringComparer.Ordinal) ? Back + "/place" : Back;
}
