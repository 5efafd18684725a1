using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>support.yml</c>: the lines that help.</summary>
static class SupportRegister
{
    static readonly string[] Keys =
    [
        "name",
        "for",
        "phone",
        "text",
        "chat",
        "link",
        "nation",
        "hours",
        "cost",
        "languages",
        "about",
        "first",
        "emergency",
        "checked",
        "withdrawn",
    ];

    static readonly string[] Areas = ["UK", Nations.WithoutNorthernIreland, .. Nations.All.Select(n => n.Label)];

    public static List<SupportService> Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var services = new List<SupportService>();
        foreach (var (id, fields) in RegisterFields.Blocks(entries, Keys, faults))
        {
            var nation = fields.Line("nation") ?? "UK";
            if (!Areas.Contains(nation))
                faults.Add(
                    DiagnosticKinds.BadValue,
                    id.Line,
                    id.Column,
                    nation,
                    $"\"{nation}\" is not a nation here.",
                    "Choose one of: " + string.Join(", ", Areas) + "."
                );
            var day = fields.Date("checked", faults);
            services.Add(
                new(
                    id.Value,
                    fields.Required("name", id),
                    fields.Line("for"),
                    fields.Line("phone"),
                    fields.Link("link"),
                    nation,
                    fields.Yes("emergency"),
                    day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    id.Line
                )
                {
                    Text = fields.Line("text"),
                    Chat = fields.Link("chat"),
                    Hours = fields.Line("hours"),
                    Cost = fields.Line("cost"),
                    Languages = fields.Line("languages"),
                    First = fields.Yes("first"),
                    Withdrawn = fields.Yes("withdrawn"),
                    About = Topics(id, fields, faults),
                }
            );
        }
        return services;
    }

    static string[] Topics(YamlText id, RegisterFields fields, DiagnosticList faults)
    {
        var written = (fields.Line("about") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = SupportTopics.All.Select(t => t.Name).ToArray();
        foreach (var topic in written.Except(known, StringComparer.Ordinal))
            faults.Add(
                DiagnosticKinds.BadValue,
                id.Line,
                id.Column,
                topic,
                $"\"{topic}\" is nothing that help is sorted by.",
                $"Choose of: {string.Join(", ", known)}."
            );
        return written;
    }
}
