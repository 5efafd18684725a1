using System.Text.Encodings.Web;
using System.Text.Json;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Campaign.Checking;

/// <summary><c>content check [--format text|json|github]</c>: prints every fault, and fails on errors only.</summary>
static class ContentCheckCommand
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly Command Command = new("content check", "", (builder, _) => Task.FromResult(Run(builder.Configuration)));

    static int Run(ConfigurationManager settings)
    {
        var format = settings.Option("format") ?? "text";
        if (format is not ("text" or "json" or "github"))
        {
            Console.Error.WriteLine($"There is no format \"{format}\". There are: text, json, github.");
            return 2;
        }
        var (files, faults) = ContentChecker.Check(SiteFolders.Content(settings), TimeProvider.System.Today());
        int Count(Severity severity) => faults.Count(f => f.Severity == severity);
        var (errors, warnings, hints) = (Count(Severity.Error), Count(Severity.Warning), Count(Severity.Hint));

        if (format == "json")
            Console.Out.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        files,
                        errors,
                        warnings,
                        hints,
                        faults = faults.Select(f => new
                        {
                            f.File,
                            f.Line,
                            f.Column,
                            severity = f.SeverityWord,
                            f.Code,
                            f.Text,
                            f.Message,
                            f.Advice,
                        }),
                    },
                    Readable
                )
            );
        else
        {
            foreach (var fault in faults)
                Console.Out.WriteLine(format == "github" ? Annotation(fault) : fault.ToString());
            Console.Out.WriteLine(
                $"{files} files: {errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}, "
                    + $"{hints} {(hints == 1 ? "hint" : "hints")}"
            );
        }
        return errors > 0 ? 1 : 0;
    }

    /// <summary>A line that GitHub shows beside the changed file.</summary>
    static string Annotation(Diagnostic fault)
    {
        var level = fault.Severity == Severity.Hint ? "notice" : fault.SeverityWord;
        var words = (fault.Message + " " + fault.Advice).Trim();
        return $"::{level} file={Property(fault.File)},line={fault.Line},col={fault.Column},title={fault.Code}::{Escape(words)}";
    }

    static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) =>
        Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
