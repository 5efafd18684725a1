using System.Text.Json.Nodes;

namespace InfantMHWeek.Services.Publishing;

/// <summary>The lists of words by which services are sorted, in the form of the standard.</summary>
static class OpenReferralTaxonomies
{
    public const string Needs = "What it helps with",
        Audiences = "Who it is for",
        Ages = "How old the child is",
        Accesses = "How to come to it",
        Ways = "In what form help is given",
        Facts = "What there is";

    /// <summary>The lists of words by which services are sorted, each with its terms.</summary>
    public static readonly IReadOnlyList<(Guid Id, string Name, string About, IReadOnlyList<OpenReferralTerm> Terms)> All =
    [
        Of(
            "needs",
            Needs,
            "What a family needs, in the words that people use.",
            ServiceLabels.Needs.Select(n => Term("need", n.Slug, n.Name, ServiceTags.Of(n.Value)))
        ),
        Of(
            "audiences",
            Audiences,
            "Whom a service is for.",
            ServiceLabels.Audiences.Select(a => Term("audience", a.Slug, a.Name, ServiceTags.Of(a.Value)))
        ),
        Of(
            "ages",
            Ages,
            "How old the child is with whom a family comes.",
            ServiceLabels.Ages.Select(a => Term("age", a.Slug, a.Name, ServiceTags.Of(a.Value)))
        ),
        Of(
            "accesses",
            Accesses,
            "Whether one may ask oneself, and who else can refer a family.",
            ServiceLabels.Accesses.Select(a => Term("access", a.Slug, NameOf(a), ServiceTags.Of(a.Value)))
        ),
        Of(
            "ways",
            Ways,
            "Whether help is given at a place, at home, online or by phone.",
            ServiceLabels.Ways.Select(w => Term("way", w.Slug, w.Name, ServiceTags.Of(w.Value)))
        ),
        Of(
            "facts",
            Facts,
            "What makes it easier to come.",
            ServiceLabels.Facts.Select(f => Term("fact", f.Slug, f.Name, ServiceTags.Of(f.Value)))
        ),
    ];

    static (Guid, string, string, IReadOnlyList<OpenReferralTerm>) Of(
        string id,
        string name,
        string about,
        IEnumerable<OpenReferralTerm> terms
    ) => (OpenReferralIds.Named("taxonomy " + id), name, about, [.. terms]);

    static OpenReferralTerm Term(string kind, string slug, string name, long tag) =>
        new(OpenReferralIds.Named($"{kind} {slug}"), name, tag);

    /// <summary>What has been published stays as it is, whatever the pages call it.</summary>
    static string NameOf((Access Value, string Slug, string Name) access) =>
        access.Value == Access.AskYourself ? "You can ask yourself" : access.Name;

    /// <returns>What a term of ours says, by its id or else by its name; nothing for terms of others.</returns>
    public static long TagOf(string id, string name)
    {
        var terms = All.SelectMany(t => t.Terms);
        return Guid.TryParse(id, out var known) && terms.FirstOrDefault(t => t.Id == known) is { } term
            ? term.Tag
            : terms.Where(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Aggregate(0L, (sum, t) => sum | t.Tag);
    }

    public static JsonObject Json((Guid Id, string Name, string About, IReadOnlyList<OpenReferralTerm> Terms) taxonomy) =>
        OpenReferralJson.Of(("id", taxonomy.Id.ToString()), ("name", taxonomy.Name), ("description", taxonomy.About), ("version", "1"));

    public static JsonObject Json(Guid taxonomy, string about, OpenReferralTerm term) =>
        OpenReferralJson.Of(
            ("id", term.Id.ToString()),
            ("name", term.Name),
            ("description", $"{about}: {term.Name}"),
            ("taxonomy_id", taxonomy.ToString())
        );
}

/// <summary>A word by which services are sorted.</summary>
/// <param name="Tag">Of the services that have it.</param>
sealed record OpenReferralTerm(Guid Id, string Name, long Tag);
