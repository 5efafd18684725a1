using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>sources.yml</c>: what findings and figures rest on.</summary>
static class SourceRegister
{
    static readonly string[] Keys = ["title", "publisher", "link", "published", "respondents", "base", "fieldwork", "method", "note"];

    public static Dictionary<string, Source> Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (id, fields) in RegisterFields.Blocks(entries, Keys, faults))
        {
            sources[id.Value] = new(
                id.Value,
                fields.Required("title", id),
                fields.Line("publisher"),
                fields.Link("link"),
                fields.Date("published", faults),
                fields.Line("respondents"),
                fields.Line("base"),
                fields.Line("fieldwork"),
                fields.Line("method"),
                fields.Line("note"),
                id.Line
            );
        }
        return sources;
    }
}
