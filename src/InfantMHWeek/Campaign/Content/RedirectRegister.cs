using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>redirects.yml</c>: addresses that have moved.</summary>
static class RedirectRegister
{
    public static Dictionary<string, string> Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var redirects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in entries)
        {
            // Both sides stay on this site: a redirect must never become a way to send readers elsewhere.
            if (
                to is YamlText target
                && RegisterFields.IsPath(from.Value)
                && RegisterFields.IsPath(target.Value)
                && target.Value.All(char.IsAscii)
                && target.Value != from.Value
            )
                redirects[from.Value] = target.Value;
            else
                faults.Add(
                    DiagnosticKinds.BadValue,
                    from.Line,
                    from.Column,
                    from.Value,
                    "A redirect leads from one path of this site to another, written in plain letters.",
                    "Write: /old-path: /new-path"
                );
        }
        return redirects;
    }
}
