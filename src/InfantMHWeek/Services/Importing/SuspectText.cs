using System.Text.RegularExpressions;

namespace InfantMHWeek.Services.Importing;

/// <summary>Text that is not what it seems: turned, read in the wrong encoding, or a formula.</summary>
static partial class SuspectText
{
    /// <summary>A direction of writing that is turned makes a name read as another.</summary>
    static readonly System.Buffers.SearchValues<char> Turning = System.Buffers.SearchValues.Create(
        "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    /// <summary>UTF-8 that was read as Windows letters and saved again: <c>CafÃ©</c>.</summary>
    [GeneratedRegex("[ÃÂ][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï¿½", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReadWrongly { get; }

    /// <returns>Why it is not taken, in plain words; null where nothing is wrong with it.</returns>
    public static string? Problem(string raw) =>
        raw.AsSpan().ContainsAny(Turning) ? "It holds marks that nobody sees and that turn the direction of writing. Please take them out."
        : raw.Contains('\uFFFD', StringComparison.Ordinal) || ReadWrongly.IsMatch(raw)
            ? $"Letters in it are broken ({RecordFields.Shown(raw)}): it was read or saved in the wrong encoding. Save it as UTF-8."
        : IsFormula(raw) ? $"It begins like a formula of a spreadsheet ({RecordFields.Shown(raw)})."
        : null;

    /// <summary>A telephone number begins with a plus, and a list with a dash.</summary>
    static bool IsFormula(string raw) =>
        raw.TrimStart() is [var first, .. var rest]
        && (
            first is '=' or '@' or '＝' or '＠'
            || (
                first is '+' or '-' or '＋' or '－'
                && (
                    rest.Contains('(', StringComparison.Ordinal) && rest.Contains('!', StringComparison.Ordinal)
                    || rest.Contains('|', StringComparison.Ordinal)
                )
            )
        );
}
