using System.Globalization;
using System.Text;
using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>Writes one line of text in the <see cref="Alphabet"/>.</summary>
static class Lettering
{
    static readonly Rune DotlessI = new('ı');

    /// <summary>The width of a line in pixels, at <paramref name="size"/> pixels to the em.</summary>
    public static float WidthOf(string text, float size) => Place(text).Width * size / Alphabet.Em;

    /// <summary>Draws a line whose ink begins at <paramref name="start"/> and stands on it.</summary>
    /// <param name="weight">The width of the pen, in thousandths of <paramref name="size"/>.</param>
    public static void Draw(SKCanvas canvas, string text, SKPoint start, float size, float weight, SKColor colour)
    {
        using var pen = Shape.Paint(colour, weight);
        var scale = size / Alphabet.Em;
        foreach (var (glyph, x, y) in Place(text).Glyphs)
        {
            pen.StrokeWidth = weight * glyph.Pen;
            canvas.Save();
            canvas.Translate(start.X + (x + weight / 2) * scale, start.Y + y * scale);
            canvas.Scale(scale, scale * Alphabet.PenFlatness);
            canvas.DrawPath(glyph.Strokes, pen);
            canvas.Restore();
        }
    }

    static (List<Placed> Glyphs, float Width) Place(string text)
    {
        var runes = Decompose(text);
        List<Placed> placed = [];
        Placed? letter = null;
        var before = Rune.ReplacementChar;
        float x = 0;
        for (var i = 0; i < runes.Length; i++)
        {
            if (IsAttached(runes[i]))
            {
                if (letter is not null && Alphabet.TryGet(runes[i], out var mark))
                    placed.Add(letter.With(mark));
                continue;
            }
            x += Alphabet.Kern(before, runes[i]);
            before = runes[i];
            if (Alphabet.TryGet(LosesItsDot(runes, i) ? DotlessI : runes[i], out var glyph))
            {
                // The first stroke of a line stands on the margin, whatever space the letter keeps before it.
                if (placed.Count is 0 && x is 0)
                    x = -glyph.Left;
                placed.Add(letter = new(glyph, x + glyph.Left, 0));
                x += glyph.Advance;
            }
            else
            {
                letter = null;
                x += Alphabet.WordSpace;
            }
        }
        return (placed, x);
    }

    /// <summary>Letters and their marks apart. Half a surrogate pair and U+FFFE, which .NET refuses to take apart, become blanks.</summary>
    static Rune[] Decompose(string text) =>
        [.. string.Concat(text.EnumerateRunes()).Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormKD).EnumerateRunes()];

    static bool IsAttached(Rune character) =>
        Rune.GetUnicodeCategory(character)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    static bool LosesItsDot(Rune[] runes, int i) =>
        runes[i].Value is 'i'
        && i + 1 < runes.Length
        && IsAttached(runes[i + 1])
        && Alphabet.TryGet(runes[i + 1], out var mark)
        && mark.SitsAbove;

    sealed record Placed(Alphabet.Glyph Glyph, float X, float Y)
    {
        public Placed With(Alphabet.Glyph mark) =>
            new(mark, X + Glyph.Bounds.MidX, mark.SitsAbove ? Glyph.Bounds.Top + Alphabet.SmallLetter : 0);
    }
}
