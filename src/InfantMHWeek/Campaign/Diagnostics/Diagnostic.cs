namespace InfantMHWeek.Campaign.Diagnostics;

/// <summary>How much a fault matters. Only errors fail the check; hints never do.</summary>
enum Severity
{
    Hint,
    Warning,
    Error,
}

/// <summary>
/// One thing that can be wrong with content. <paramref name="Breaks"/> means that the page cannot be shown as its
/// editor meant it, so the site keeps its last good version (or answers 503) instead of guessing.
/// </summary>
sealed record DiagnosticKind(string Code, Severity Severity, bool Breaks = false);

/// <summary>
/// A fault found in one file. Lines and columns count from 1. <paramref name="Text"/> is what was written,
/// <paramref name="Advice"/> is what to write instead.
/// </summary>
sealed record Diagnostic(DiagnosticKind Kind, string File, int Line, int Column, string Text, string Message, string Advice)
{
    public Severity Severity => Kind.Severity;
    public string Code => Kind.Code;

    /// <summary>The line that editors and compilers know how to open: <c>file:line:column: error CODE: message</c>.</summary>
    public override string ToString() =>
        OnOneLine($"{File}:{Line}:{Column}: {SeverityWord} {Code}: {Message}{(Advice.Length > 0 ? " " + Advice : "")}");

    /// <summary>
    /// What was written may hold line ends and signs that command a terminal or a build server; they are printed as a question mark.
    /// </summary>
    static string OnOneLine(string text) =>
        text.Any(IsUnprintable) ? string.Concat(text.Select(c => IsUnprintable(c) ? '\uFFFD' : c)) : text;

    static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public string SeverityWord =>
        Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "hint",
        };
}

/// <summary>Collects the faults of one file, all at once.</summary>
sealed class DiagnosticList(string file)
{
    // One hostile file could otherwise fill the log and the memory.
    const int Most = 1000;

    readonly List<Diagnostic> faults = [];

    public string File { get; } = file;
    public IReadOnlyList<Diagnostic> All => faults;
    public bool Breaking { get; private set; }

    /// <summary>True when no more are kept: nobody reads a thousand faults of one file.</summary>
    public bool Full => faults.Count >= Most;

    public void Add(DiagnosticKind kind, int line, int column, string text, string message, string advice = "")
    {
        Breaking |= kind.Breaks;
        if (!Full)
            faults.Add(new(kind, File, Math.Max(1, line), Math.Max(1, column), text.Length > 120 ? text[..120] : text, message, advice));
    }
}
