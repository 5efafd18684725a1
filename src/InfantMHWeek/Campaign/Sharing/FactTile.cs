using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Rendering;
using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>A square picture of one figure with what it says and where it comes from, for people to share.</summary>
static class FactTile
{
    public const int Side = 1080;
    const float Margin = 84,
        Column = Side - 2 * Margin,
        Foot = 968;

    static readonly SKPoint RingMiddle = new(Side / 2f, 330);
    const float RingRadius = 196,
        RingPen = 58;

    /// <returns>PNG bytes.</returns>
    public static byte[] Draw(KeyFact fact, IReadOnlyDictionary<string, Source> sources, string siteName) =>
        Png.Draw(Side, Side, BrandColours.Paper, canvas =>
        {
            if (fact.Share is { } share)
                DrawRing(canvas, share);
            var number = TextBlock.Fit(fact.Number, largest: 132, smallest: 60, new SKSize(2 * RingRadius - RingPen, 160), maxLines: 1);
            var width = Lettering.WidthOf(number.Lines[0], number.Size);
            number.Draw(canvas, RingMiddle.X - width / 2, RingMiddle.Y - number.Height / 2, weight: 110, BrandColours.Plum);
            var words = TextBlock.Fit(fact.Words, largest: 56, smallest: 34, new SKSize(Column, 216), maxLines: 4);
            words.Draw(canvas, Margin, 600, weight: 100, BrandColours.Ink);
            var source = TextBlock.Fit(SourceOf(fact, sources), largest: 28, smallest: 22, new SKSize(Column, 72), maxLines: 2);
            source.Draw(canvas, Margin, 840, weight: 86, BrandColours.Teal);
            DrawSite(canvas, siteName);
        });

    static void DrawRing(SKCanvas canvas, double share)
    {
        var around = SKRect.Create(RingMiddle.X - RingRadius, RingMiddle.Y - RingRadius, 2 * RingRadius, 2 * RingRadius);
        using var track = Shape.Paint(BrandColours.Sand, RingPen);
        using var value = Shape.Paint(BrandColours.Rose, RingPen);
        value.StrokeCap = SKStrokeCap.Butt;
        canvas.DrawOval(around, track);
        canvas.DrawArc(around, -90, (float)(share / 100 * 360), useCenter: false, value);
    }

    static string SourceOf(KeyFact fact, IReadOnlyDictionary<string, Source> sources) =>
        "Source: "
        + string.Join(
            "; ",
            fact.Sources.Select(id => sources.GetValueOrDefault(id))
                .OfType<Source>()
                .Select(s => string.Join(", ", new[] { s.Title, s.Publisher, YearOf(s.Published) }.OfType<string>()))
        );

    static string? YearOf(string? published) => published is { Length: >= 4 } ? published[..4] : published;

    static void DrawSite(SKCanvas canvas, string siteName)
    {
        const float radius = 34;
        foreach (var shape in Mark.Shapes(BrandColours.Plum, BrandColours.Rose))
            shape.At(new SKPoint(Margin + radius, Foot), radius / 100).Draw(canvas);
        var name = TextBlock.Fit(siteName, largest: 36, smallest: 22, new SKSize(Column - 3 * radius, 60), maxLines: 1);
        name.Draw(canvas, Margin + 2.6f * radius, Foot - name.Size * 0.6f, weight: 94, BrandColours.Ink);
    }
}
