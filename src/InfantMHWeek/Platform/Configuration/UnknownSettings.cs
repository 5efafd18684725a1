using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>
/// Settings that somebody wrote and nobody reads. They are told and refuse nothing: after going back to an older version, the
/// settings of the newer one are still there.
/// </summary>
static class UnknownSettings
{
    /// <summary>Sections that the framework and the log read.</summary>
    static readonly string[] Elsewhere = ["Kestrel", "Serilog", "Logging", "DOTNET", "ASPNETCORE"];

    /// <returns>A sentence for each.</returns>
    public static IEnumerable<string> In(IConfiguration configuration, IReadOnlyCollection<SettingsSection> sections)
    {
        foreach (var section in sections)
        foreach (var written in configuration.GetSection(section.Name).GetChildren())
            if (!section.Keys.Contains(written.Key, StringComparer.OrdinalIgnoreCase))
                yield return Sentence(
                    written.Path,
                    ClosestMatch.To(written.Key, section.Keys) is { } near ? $"{section.Name}:{near}" : null
                );

        var names = sections.Select(s => s.Name).ToList();
        // Only what has something below it: everything else may be the environment's own.
        foreach (var written in configuration.GetChildren().Where(c => c.GetChildren().Any()))
            if (
                !names.Concat(Elsewhere).Contains(written.Key, StringComparer.OrdinalIgnoreCase)
                && ClosestMatch.To(written.Key, names) is { } near
            )
                yield return Sentence(written.GetChildren().First().Path, $"{near}:{written.GetChildren().First().Key}");
    }

    static string Sentence(string written, string? meant) =>
        $"There is no setting {written}, so it does nothing{(meant is null ? "." : $"; did you mean {meant}?")}";
}
