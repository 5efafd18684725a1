using System.Text.Json;
using InfantMHWeek.Services.Publishing;

namespace InfantMHWeek.Services.Importing;

/// <summary>What a service of a feed helps with, for whom and for which ages.</summary>
static class AttributesReader
{
    /// <summary>Terms of ours by their ids, and those of others that are called the same.</summary>
    /// <param name="fill">What is taken where the feed does not say it.</param>
    public static ServiceDetails Read(JsonElement record, JsonFields fields, ServiceDetails details, ServiceDetails? fill)
    {
        long tags = 0;
        foreach (var (attribute, path) in fields.Many(record, "", "attributes"))
        {
            var term = attribute.TryGetProperty("taxonomy_term", out var t) && t.ValueKind == JsonValueKind.Object ? t : default;
            var id = SourceIds.Of(attribute, "taxonomy_term_id") is { Length: > 0 } named ? named : SourceIds.Of(term);
            var name = term.ValueKind == JsonValueKind.Object ? fields.Line(term, path + "taxonomy_term.", "name", 300) : "";
            tags |= OpenReferralTaxonomies.TagOf(id, name);
        }
        var (least, most) = (
            fields.Number(record, "", "minimum_age", 0, 120, "no number of years"),
            fields.Number(record, "", "maximum_age", 0, 150, "no number of years")
        );
        if (least > most)
            fields.Refuse("minimum_age", $"It is more than maximum_age ({least} and {most}).");
        var read = ServiceTags.Read(tags, details);
        if (read.Ages == ChildAge.None && most is { } oldest && least is null or <= 5)
            read = read with { Ages = AgesBetween(least ?? 0, oldest) };
        return fill is null
            ? read
            : read with
            {
                Needs = read.Needs == Need.None ? fill.Needs : read.Needs,
                Audience = read.Audience == ServiceAudience.None ? fill.Audience : read.Audience,
                Access = read.Access == Access.None ? fill.Access : read.Access,
            };
    }

    static ChildAge AgesBetween(double least, double most) =>
        (least < 1 ? ChildAge.FirstYear : ChildAge.None)
        | (least < 2 && most > 1 ? ChildAge.SecondYear : ChildAge.None)
        | (most > 2 ? ChildAge.TwoToFive : ChildAge.None);
}
