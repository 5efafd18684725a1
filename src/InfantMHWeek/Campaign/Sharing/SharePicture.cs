using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The picture that is shown beside a link to a page, where people share it.</summary>
static class SharePicture
{
    public const int Width = 1200;
    public const int Height = 630;

    const float Margin = 72;
    const float Column = 650;
    const float SiteLine = 548;

    // Larger than the picture, so that only its edge is seen: a moon that rises beside the words.
    static readonly SKPoint Moon = new(1192, 315);
    const float MoonRadius = 424;
    static readonly SKPoint MoonMiddle = new(990, 315);

    /// <summary>Draws a page's title, an optional line of detail, the site's name and an illustration; returns PNG bytes.</summary>
    /// <param name="picture">The name of an illustration; an unknown one, or none, gives the circle.</param>
    public static byte[] Draw(string title, string siteName, string? detail, string? picture) =>
        Png.Draw(Width, Height, BrandColours.Paper, canvas =>
        {
            DrawMoon(canvas, Illustration.Of(picture));
            DrawWords(canvas, title, detail);
            DrawSite(canvas, siteName);
        });

    static void DrawMoon(SKCanvas canvas, Illustration illustration)
    {
        using var moon = new SKPath();
        moon.AddCircle(Moon.X, Moon.Y, MoonRadius);
        canvas.Save();
        canvas.ClipPath(moon, antialias: true);
        canvas.Clear(illustration.Ground);
        canvas.Translate(MoonMiddle);
        foreach (var shape in illustration.Shapes)
            shape.Draw(canvas);
        canvas.Restore();
    }

    static void DrawWords(SKCanvas canvas, string title, string? detail)
    {
        // High enough for three lines of the largest letters, or four of smaller ones.
        const float room = 318;
        const float middle = 272,
            gap = 18;
        var heading = TextBlock.Fit(title, largest: 88, smallest: 44, new SKSize(Column, room), maxLines: 4);
        var line = TextBlock.Fit(detail ?? "", largest: 36, smallest: 26, new SKSize(Column, 60), maxLines: 1);
        var start = middle - (heading.Height + gap + line.Height) / 2;
        heading.Draw(canvas, Margin, start, weight: 110, BrandColours.Ink);
        line.Draw(canvas, Margin, start + heading.Height + gap, weight: 94, BrandColours.Plum);
    }

    static void DrawSite(SKCanvas canvas, string siteName)
    {
        const float radius = 30;
        foreach (var shape in Mark.Shapes(BrandColours.Plum, BrandColours.Rose))
            shape.At(new SKPoint(Margin + radius, SiteLine), radius / 100).Draw(canvas);
        var name = TextBlock.Fit(siteName, largest: 30, smallest: 20, new SKSize(Column - 3 * radius, 60), maxLines: 1);
        name.Draw(canvas, Margin + 2.6f * radius, SiteLine - name.Size * 0.6f, weight: 94, BrandColours.Ink);
    }
}
