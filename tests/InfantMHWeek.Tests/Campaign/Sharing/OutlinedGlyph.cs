using SkiaSharp;

namespace InfantMHWeek.Tests.Campaign.Sharing;

/// <summary>One glyph of the typeface: outlines of its own, or other glyphs moved to their place.</summary>
sealed record OutlinedGlyph(
    int Advance,
    IReadOnlyList<IReadOnlyList<OutlinePoint>> Contours,
    IReadOnlyList<(int Glyph, int X, int Y)> Parts
)
{
    public SKRectI Bounds { get; init; }
}

readonly record struct OutlinePoint(int X, int Y, bool OnCurve);
