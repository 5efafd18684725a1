using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Sharing;
using SkiaSharp;

namespace InfantMHWeek.Tests.Campaign.Sharing;

/// <summary>
/// The strokes of the alphabet as outlines that a font can hold: quadratic curves in thousandths of an em, where up is positive.
/// </summary>
sealed class LetterOutlines
{
    const float Pen = 122;

    /// <summary>How exactly a stroke is followed: a quarter of a thousandth would double the file, and no screen would show it.</summary>
    const float Exactness = 0.2f;

    const string More =
        "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĞğĠġĢģĨĩĪīĮ"
        + "įİĶķĹĺĻļĽľŃńŅņŇňŌōŐőŔŕŖŗŘřŚśŞşŠšŢţŤťŨũŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưȘșȚțẀẁẂẃẄẅẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲ"
        + "ẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ…";

    readonly Dictionary<Rune, int> byCharacter = [];
    readonly List<OutlinedGlyph> glyphs = [];

    public IReadOnlyList<OutlinedGlyph> Glyphs => glyphs;

    /// <summary>Which glyph is shown for a character, the combining marks left out: they only stand on letters.</summary>
    public IReadOnlyDictionary<Rune, int> ByCharacter { get; }

    public LetterOutlines()
    {
        Add(null, Box());
        foreach (var character in Alphabet.Characters.OrderBy(c => c.Value))
            if (Alphabet.TryGet(character, out var glyph))
                Add(character, Outlined(glyph));
        Add(new(' '), new((int)Alphabet.WordSpace, [], []));
        Add(new('\u00a0'), new((int)Alphabet.WordSpace, [], []));
        foreach (var character in More.EnumerateRunes())
            Add(character, Composed(character));
        ByCharacter = byCharacter
            .Where(c => Rune.GetUnicodeCategory(c.Key) != UnicodeCategory.NonSpacingMark)
            .ToDictionary(c => c.Key, c => c.Value);
    }

    void Add(Rune? character, OutlinedGlyph glyph)
    {
        if (character is { } c)
            byCharacter[c] = glyphs.Count;
        glyphs.Add(glyph with { Bounds = BoundsOf(glyph) });
    }

    SKRectI BoundsOf(OutlinedGlyph glyph)
    {
        var points = glyph.Contours.SelectMany(c => c).Select(p => (p.X, p.Y));
        points = points.Concat(
            glyph.Parts.SelectMany(p =>
                new[]
                {
                    (glyphs[p.Glyph].Bounds.Left + p.X, glyphs[p.Glyph].Bounds.Top + p.Y),
                    (glyphs[p.Glyph].Bounds.Right + p.X, glyphs[p.Glyph].Bounds.Bottom + p.Y),
                }
            )
        );
        var all = points.ToList();
        return all.Count == 0 ? default : new(all.Min(p => p.Item1), all.Min(p => p.Item2), all.Max(p => p.Item1), all.Max(p => p.Item2));
    }

    /// <summary>As <see cref="Lettering"/> writes it: letters one after the other, marks on the letter before them.</summary>
    OutlinedGlyph Composed(Rune character)
    {
        List<(int, int, int)> parts = [];
        float x = 0;
        (Alphabet.Glyph Glyph, float At)? letter = null;
        var runes = character.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var mark = Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
            if (rune.Value is 'i' && i + 1 < runes.Length && Alphabet.TryGet(runes[i + 1], out var above) && above.SitsAbove)
                rune = new('ı');
            if (!Alphabet.TryGet(rune, out var glyph))
                throw new InvalidOperationException($"The alphabet lacks U+{rune.Value:X4}, which {character} needs.");
            if (!mark)
            {
                parts.Add((byCharacter[rune], (int)x, 0));
                letter = (glyph, x);
                x += glyph.Advance;
            }
            else if (letter is var (below, at))
            {
                // A second mark above stands on the first.
                var lift =
                    runes[1..i].Any(r => Alphabet.TryGet(r, out var m) && m.SitsAbove) && glyph.SitsAbove && rune.Value != 0x031B ? 130 : 0;
                var up = glyph.SitsAbove ? -(below.Bounds.Top + Alphabet.SmallLetter) + lift : 0;
                parts.Add((byCharacter[rune], (int)MathF.Round(at + below.Left + below.Bounds.MidX), (int)MathF.Round(up)));
            }
        }
        return new((int)MathF.Round(x), [], parts);
    }

    static OutlinedGlyph Box() =>
        new(
            600,
            [
                [new(60, 0, true), new(60, 700, true), new(540, 700, true), new(540, 0, true)],
            ],
            []
        );

    static OutlinedGlyph Outlined(Alphabet.Glyph glyph)
    {
        using var pen = Shape.Paint(SKColors.Black, Pen * glyph.Pen);
        using var outline = new SKPath();
        pen.GetFillPath(glyph.Strokes, outline, SKRect.Create(-4000, -4000, 8000, 8000), Exactness);
        outline.Transform(SKMatrix.CreateScaleTranslation(1, -Alphabet.PenFlatness, glyph.Left, 0));
        return new((int)MathF.Round(glyph.Advance), [.. Contours(outline)], []);
    }

    static IEnumerable<IReadOnlyList<OutlinePoint>> Contours(SKPath path)
    {
        List<OutlinePoint> contour = [];
        using var iterator = path.CreateRawIterator();
        var points = new SKPoint[4];
        SKPathVerb verb;
        while ((verb = iterator.Next(points)) != SKPathVerb.Done)
        {
            switch (verb)
            {
                case SKPathVerb.Move:
                    if (contour.Count > 2)
                        yield return Tidied(contour);
                    contour = [On(points[0])];
                    break;
                case SKPathVerb.Line:
                    contour.Add(On(points[1]));
                    break;
                case SKPathVerb.Quad:
                    contour.Add(Off(points[1]));
                    contour.Add(On(points[2]));
                    break;
                case SKPathVerb.Conic:
                    var quads = SKPath.ConvertConicToQuads(points[0], points[1], points[2], iterator.ConicWeight(), 1);
                    for (var i = 1; i + 1 < quads.Length; i += 2)
                    {
                        contour.Add(Off(quads[i]));
                        contour.Add(On(quads[i + 1]));
                    }
                    break;
                case SKPathVerb.Cubic:
                    throw new InvalidOperationException("A stroke's outline holds a cubic curve, which this font cannot.");
            }
        }
        if (contour.Count > 2)
            yield return Tidied(contour);
    }

    static OutlinePoint On(SKPoint point) => new((int)MathF.Round(point.X), (int)MathF.Round(point.Y), true);

    static OutlinePoint Off(SKPoint point) => On(point) with { OnCurve = false };

    /// <summary>Without points that say nothing: repeated ones, and those half-way between two that steer.</summary>
    static List<OutlinePoint> Tidied(List<OutlinePoint> contour)
    {
        var kept = new List<OutlinePoint>();
        foreach (var point in contour)
            if (kept.Count == 0 || (kept[^1].X, kept[^1].Y) != (point.X, point.Y))
                kept.Add(point);
        if (kept.Count > 1 && (kept[0].X, kept[0].Y) == (kept[^1].X, kept[^1].Y))
            kept.RemoveAt(kept.Count - 1);
        return
        [
            .. kept.Where(
                (p, i) =>
                {
                    var (before, after) = (kept[(i + kept.Count - 1) % kept.Count], kept[(i + 1) % kept.Count]);
                    return i == 0
                        || !p.OnCurve
                        || before.OnCurve
                        || after.OnCurve
                        || Math.Abs(before.X + after.X - 2 * p.X) > 2
                        || Math.Abs(before.Y + after.Y - 2 * p.Y) > 2;
                }
            ),
        ];
    }
}
