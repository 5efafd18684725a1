using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>One flat shape of a drawing: SVG path data, filled, or drawn with a round pen if it has one.</summary>
sealed record Shape(SKColor Colour, string Path, float Pen = 0)
{
    SKMatrix place = SKMatrix.Identity;

    public Shape At(SKPoint origin, float scale) => this with { place = SKMatrix.CreateScaleTranslation(scale, scale, origin.X, origin.Y) };

    public void Draw(SKCanvas canvas)
    {
        using var path = SKPath.ParseSvgPathData(Path);
        using var paint = Paint(Colour, Pen);
        canvas.Save();
        canvas.Concat(place);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    /// <summary>A round pen, or a fill where the pen has no width.</summary>
    public static SKPaint Paint(SKColor colour, float pen) =>
        new()
        {
            Color = colour,
            IsAntialias = true,
            Style = pen > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill,
            StrokeWidth = pen,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
}
