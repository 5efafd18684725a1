using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services.Finding;

/// <summary>The finder's form: what was typed, read from the address and written back into it.</summary>
sealed record ServiceSearch
{
    public static readonly IReadOnlyList<int> MilesOffered = [2, 5, 10, 20, 30, 50];
    public static readonly IReadOnlyList<(string Slug, string Name)> Hows =
    [
        ("place", "At a place near me"),
        ("home", "At my home"),
        ("online", "Online, wherever I live"),
        ("phone", "By phone, wherever I live"),
    ];
    public const int PageSize = 20,
        MostPages = 50;

    public string Near { get; init; } = "";
    public int Miles { get; init; } = 10;
    public Region Region { get; init; }
    public string How { get; init; } = "";
    public Need Needs { get; init; }
    public ServiceAudience For { get; init; }
    public ChildAge Ages { get; init; }
    public ServiceFacts Facts { get; init; }
    public Languages Languages { get; init; }

    /// <summary>Only what one may ask oneself.</summary>
    public bool AskYourself { get; init; }
    public bool Free { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Help that comes over a wire, for whoever lives anywhere.</summary>
    public bool Remote => How is "online" or "phone";
    public bool Empty => this == new ServiceSearch();

    public static ServiceSearch Read(IQueryCollection typed)
    {
        var query = new AddressQuery(typed, PlaceFinder.MaxLength);
        return new()
        {
            Near = query.Text("near"),
            Miles = MilesOffered.Contains(query.Number("miles", 10)) ? query.Number("miles", 10) : 10,
            Region = Regions.Find(query.Text("region")),
            How = query.OneOf("how", Hows.Select(h => h.Slug)),
            Needs = query.Flags("need", ServiceLabels.Needs, (a, b) => a | b),
            For = query.Flags("for", ServiceLabels.Audiences, (a, b) => a | b),
            Ages = query.Flags("age", ServiceLabels.Ages, (a, b) => a | b),
            Facts = query.Flags("fact", ServiceLabels.Facts, (a, b) => a | b),
            Languages = query.Flags("language", ServiceLabels.Languages, (a, b) => a | b),
            AskYourself = query.Text("ask") == "yourself",
            Free = query.Text("cost") == "free",
            Page = Math.Clamp(query.Number("page", 1), 1, MostPages),
        };
    }

    public ServiceQuery ToQuery(Place? place) =>
        new()
        {
            Near = Remote ? null : place?.Point,
            Miles = Miles,
            Areas = Remote || place is null ? [] : ServiceArea.Around(place),
            Region = Remote || place is not null ? Region.None : Region,
            All =
                ServiceTags.Of(Facts)
                | (AskYourself ? ServiceTags.Of(Access.AskYourself) : 0)
                | How switch
                {
                    "place" => ServiceTags.Of(Ways.AtAPlace),
                    "home" => ServiceTags.Of(Ways.AtHome),
                    "online" => ServiceTags.Of(Ways.Online) | ServiceTags.Nationwide,
                    "phone" => ServiceTags.Of(Ways.Phone) | ServiceTags.Nationwide,
                    _ => 0,
                },
            AnyNeed = Needs == Need.None ? ServiceTags.Public : ServiceTags.Of(Needs),
            AnyAudience = For == ServiceAudience.None ? ServiceTags.Public : ServiceTags.Of(For),
            AnyAge = Ages == ChildAge.None ? ServiceTags.Public : ServiceTags.Of(Ages),
            AnyCost = Free ? ServiceTags.Of(ServiceCost.Free) | ServiceTags.Of(ServiceCost.Donation) : ServiceTags.Public,
            AnyLanguage = Languages == Languages.None ? ServiceTags.Public : ServiceTags.Of(Languages),
            Skip = (Page - 1) * PageSize,
            Take = PageSize,
        };

    /// <summary>As it stands in an address, with the question mark; nothing when nothing is asked.</summary>
    public string ToQueryString()
    {
        var text = new AddressQueryText();
        text.Add("near", Near);
        if (Near.Length > 0 && Miles != 10)
            text.Add("miles", Miles);
        text.Add("region", Regions.TileOf(Region)?.Slug ?? "").Add("how", How);
        foreach (var (_, slug, _) in ServiceLabels.Needs.Where(n => Needs.HasFlag(n.Value)))
            text.Add("need", slug);
        foreach (var (_, slug, _) in ServiceLabels.Audiences.Where(a => For.HasFlag(a.Value)))
            text.Add("for", slug);
        foreach (var (_, slug, _) in ServiceLabels.Ages.Where(a => Ages.HasFlag(a.Value)))
            text.Add("age", slug);
        foreach (var (_, slug, _) in ServiceLabels.Facts.Where(f => Facts.HasFlag(f.Value)))
            text.Add("fact", slug);
        foreach (var (_, slug, _) in ServiceLabels.Languages.Where(l => Languages.HasFlag(l.Value)))
            text.Add("language", slug);
        text.Add("ask", AskYourself ? "yourself" : "").Add("cost", Free ? "free" : "");
        if (Page > 1)
            text.Add("page", Page);
        return text.ToString();
    }
}
