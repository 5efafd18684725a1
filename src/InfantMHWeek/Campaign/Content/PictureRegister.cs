using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>pictures.yml</c>: who made a picture, and what of it must stay in view.</summary>
static class PictureRegister
{
    public static Dictionary<string, PictureCredits> Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var pictures = new Dictionary<string, PictureCredits>(StringComparer.Ordinal);
        // "version" says nothing to readers: it changes when the picture is replaced, so that pages are made anew.
        foreach (var (name, fields) in RegisterFields.Blocks(entries, ["credit", "focus", "version"], faults))
        {
            var focus = fields.Line("focus");
            if (focus is not null && !PictureCredits.Places.Contains(focus, StringComparer.Ordinal))
                faults.Add(
                    DiagnosticKinds.BadValue,
                    name.Line,
                    name.Column,
                    focus,
                    $"\"{focus}\" is no place in a picture.",
                    "Choose one of: " + string.Join(", ", PictureCredits.Places) + "."
                );
            _ = fields.Line("version");
            pictures[name.Value] = new(fields.Line("credit"), focus);
        }
        return pictures;
    }
}
