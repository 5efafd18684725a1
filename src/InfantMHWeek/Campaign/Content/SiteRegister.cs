using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>site.yml</c>: who the site is, its menu and who runs it.</summary>
static class SiteRegister
{
    static readonly string[] Entries =
    [
        "name",
        "short-name",
        "strapline",
        "featured-theme",
        "article",
        "navigation",
        "footer",
        "contacts",
        "organisation",
    ];

    public static SiteIdentity Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        if (entries.Count == 0 && !faults.Breaking)
            faults.Add(
                DiagnosticKinds.MissingKey,
                1,
                1,
                "name",
                "site.yml says nothing: the site would have no name and no menu.",
                "Bring it back from its history, or write the line name: and the lines of the menu."
            );
        var site = new RegisterFields(entries, Entries, faults);
        var contacts = site.Map("contacts") is { } map ? new RegisterFields(map.Entries, ["email"], faults) : null;
        return new SiteIdentity
        {
            Name = site.Line("name") ?? new SiteIdentity().Name,
            ShortName = site.Line("short-name") ?? new SiteIdentity().ShortName,
            Strapline = site.Line("strapline") ?? "",
            FeaturedTheme = site.Line("featured-theme"),
            FeaturedThemeLine = entries.FirstOrDefault(e => e.Key.Value == "featured-theme")?.Key.Line ?? 1,
            Article = site.Line("article"),
            Navigation = site.Lines("navigation"),
            Footer = site.Lines("footer"),
            ContactEmail = contacts?.Line("email"),
            Organisation = RunBy(entries, site, faults),
        };
    }

    static Organisation? RunBy(IReadOnlyList<YamlEntry> entries, RegisterFields site, DiagnosticList faults)
    {
        if (site.Map("organisation") is not { } map)
            return null;
        var facts = new RegisterFields(map.Entries, ["name", "charity-number", "address", "data-controller"], faults);
        var (number, address, controller) = (facts.Line("charity-number"), facts.Line("address"), facts.Line("data-controller"));
        if (facts.Line("name") is { } name)
            return new(name, number, address, controller);
        if ((number ?? address ?? controller) is not null)
            facts.Required("name", entries.First(e => e.Key.Value == "organisation").Key);
        return null;
    }
}
