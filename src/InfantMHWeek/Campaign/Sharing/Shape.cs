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
        using var paint = new SKPaint
        {
            Color = Colour,
            IsAntialias = true,
            Style = Pen > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill,
            StrokeWidth = Pen,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.Save();
        canvas.Concat(place);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }
}
