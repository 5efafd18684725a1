using System.Text.Json;

namespace InfantMHWeek.Services.Importing;

/// <summary>The languages of a service of a feed.</summary>
static class LanguagesReader
{
    public static ServiceDetails Read(JsonElement record, JsonFields fields, ServiceDetails details)
    {
        var (known, others) = (Languages.None, new List<string>());
        foreach (var (language, path) in fields.Many(record, "", "languages"))
        {
            var (code, name) = (
                fields.Line(language, path, "code", 20).ToLowerInvariant(),
                fields.Line(language, path, "name", ServiceDetails.MaxLine)
            );
            var found = ServiceLabels.Languages.FirstOrDefault(l =>
                l.Slug == code || l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            );
            if (found.Slug is not null)
                known |= found.Value;
            else if (code != "en" && !name.Equals("English", StringComparison.OrdinalIgnoreCase) && name.Length > 0)
                others.Add(name);
        }
        var other = string.Join(", ", others);
        return details with { Languages = known, OtherLanguages = fields.Line("languages", other, ServiceDetails.MaxLine) };
    }
}
