using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>
/// The site's own letters, because the machines that draw share pictures have no fonts. Each is the middle line of a
/// round pen's stroke. The single-storey a and g, as in the books that children first read, set the tone.
/// </summary>
/// <remarks>
/// A thousand units make an em. The baseline is 0 and up is negative: capitals reach -700, small letters -490,
/// ascenders -740 and descenders 210. Spaces beside a letter are measured from the middle of its outermost strokes.
/// </remarks>
static partial class Alphabet
{
    public const float Em = 1000;
    public const float WordSpace = 262;

    /// <summary>Marks are drawn to sit on letters of this height.</summary>
    public const float SmallLetter = 490;

    /// <summary>To the eye, level strokes look heavier than upright ones, so the pen is a little flatter than wide.</summary>
    public const float PenFlatness = 0.94f;

    static readonly FrozenDictionary<Rune, Glyph> Glyphs = ReadGlyphs();
    static readonly FrozenDictionary<(Rune, Rune), float> Kerning = ReadKerning();

    /// <summary>Every character that can be written, the combining marks included.</summary>
    public static IEnumerable<Rune> Characters => Glyphs.Keys;

    public static bool TryGet(Rune character, [NotNullWhen(true)] out Glyph? glyph) => Glyphs.TryGetValue(character, out glyph);

    public static float Kern(Rune before, Rune after) => Kerning.GetValueOrDefault((before, after));

    static FrozenDictionary<Rune, Glyph> ReadGlyphs()
    {
        var letters = Rows(Letters, 5).Select(row => (Character: Rune.GetRuneAt(row[0], 0), Glyph: ReadGlyph(row)));
        var marks = Rows(Marks, 5)
            .Select(row =>
                (Character: new Rune(int.Parse(row[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)), Glyph: ReadGlyph(row))
            );
        return letters.Concat(marks).ToFrozenDictionary(entry => entry.Character, entry => entry.Glyph);
    }

    static Glyph ReadGlyph(string[] row)
    {
        var strokes = SKPath.ParseSvgPathData(row[4]) ?? throw new FormatException($"The strokes of '{row[0]}' cannot be read.");
        var bounds = strokes.TightBounds;
        strokes.Transform(SKMatrix.CreateScale(1, 1 / PenFlatness));
        // Skia computes a path's bounds on first use: done here, paths are only read afterwards, on any thread.
        _ = strokes.Bounds;
        return new(Left: Number(row[1]), Right: Number(row[2]), Pen: Number(row[3]) / 100, bounds, strokes);
    }

    static FrozenDictionary<(Rune, Rune), float> ReadKerning() =>
        (
            from row in Rows(Pairs, 3)
            from before in row[0].EnumerateRunes()
            from after in row[1].EnumerateRunes()
            select (Pair: (before, after), Move: Number(row[2]))
        ).ToFrozenDictionary(entry => entry.Pair, entry => entry.Move);

    static IEnumerable<string[]> Rows(string table, int columns) =>
        table.Split('\n').Select(line => line.Split(' ', columns, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>One letter: <paramref name="Strokes"/> are drawn from x = <paramref name="Left"/>, in the flattened pen's space.</summary>
    public sealed record Glyph(float Left, float Right, float Pen, SKRect Bounds, SKPath Strokes)
    {
        public float Advance => Left + Bounds.Width + Right;

        public bool SitsAbove => Bounds.Bottom < -SmallLetter;
    }
}
