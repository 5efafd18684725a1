using System.Diagnostics.CodeAnalysis;

namespace InfantMHWeek.Platform.Places;

/// <summary>A whole UK postcode: <c>LS1 4AP</c>. Whether it is in use is another question.</summary>
sealed record Postcode : IParsable<Postcode>
{
    Postcode(string outward, string inward) => (Outward, Inward) = (outward, inward);

    /// <summary>The district: <c>LS1</c>.</summary>
    public string Outward { get; }
    public string Inward { get; }
    public string Sector => $"{Outward} {Inward[0]}";

    public override string ToString() => $"{Outward} {Inward}";

    public static Postcode Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var postcode) ? postcode : throw new FormatException("Not a postcode.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out Postcode? result)
    {
        result = null;
        if (Compact(s) is not { Length: >= 5 } text)
            return false;
        var (outward, inward) = (text[..^3], text[^3..]);
        if (!IsOutward(outward) || !IsInward(inward))
            return false;
        result = new(outward, inward);
        return true;
    }

    /// <summary>What was typed as one word of capitals and digits; null if it holds anything else or is too long for a postcode.</summary>
    public static string? Compact(string? typed)
    {
        Span<char> kept = stackalloc char[7];
        var count = 0;
        foreach (var letter in typed ?? "")
        {
            if (letter is ' ' or '-' or '\u00a0')
                continue;
            if (count == kept.Length || !char.IsAsciiLetterOrDigit(letter))
                return null;
            kept[count++] = char.ToUpperInvariant(letter);
        }
        return new string(kept[..count]);
    }

    /// <summary>One or two letters, a digit, and perhaps a digit or letter more.</summary>
    public static bool IsOutward(ReadOnlySpan<char> text)
    {
        var letters = AreaLength(text);
        if (letters is 0 or > 2)
            return text is "GIR";
        var rest = text[letters..];
        return rest.Length switch
        {
            1 => char.IsAsciiDigit(rest[0]),
            2 => char.IsAsciiDigit(rest[0]) && char.IsAsciiLetterOrDigit(rest[1]),
            _ => false,
        };
    }

    public static int AreaLength(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('0', '9') is >= 0 and var at ? at : text.Length;

    static bool IsInward(ReadOnlySpan<char> text) => char.IsAsciiDigit(text[0]) && IsUnitLetter(text[1]) && IsUnitLetter(text[2]);

    /// <summary>Letters that look like others are never used at the end.</summary>
    static bool IsUnitLetter(char letter) => char.IsAsciiLetterUpper(letter) && !"CIKMOV".Contains(letter, StringComparison.Ordinal);

    /// <summary>A number for each postcode, in such an order that those of one sector follow each other.</summary>
    public long Key => (Pack(Outward.PadRight(4, ' ')) * 37 + Digit(Inward[0])) * 37 * 37 + Digit(Inward[1]) * 37 + Digit(Inward[2]);

    /// <summary>From the first to before the last number of a sector, such as <c>LS1 4</c>.</summary>
    public static (long From, long To) SectorKeys(string outward, char digit)
    {
        var first = (Pack(outward.PadRight(4, ' ')) * 37 + Digit(digit)) * 37 * 37;
        return (first, first + 37 * 37);
    }

    public static (long From, long To) DistrictKeys(string outward)
    {
        var first = Pack(outward.PadRight(4, ' ')) * 37 * 37 * 37;
        return (first, first + 37 * 37 * 37);
    }

    /// <summary>A number for each district (<c>LS1</c>) and area (<c>LS</c>), below two million.</summary>
    public static int OutwardKey(string outward) => (int)Pack(outward.PadRight(4, ' '));

    static long Pack(string text) => text.Aggregate(0L, (sum, letter) => sum * 37 + Digit(letter));

    static int Digit(char letter) =>
        letter switch
        {
            ' ' => 0,
            >= '0' and <= '9' => letter - '0' + 1,
            _ => letter - 'A' + 11,
        };
}
