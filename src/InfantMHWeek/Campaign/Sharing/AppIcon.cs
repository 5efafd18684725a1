using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>Draws the mark as an app icon. Its ground fills the square, so that each system can cut it to its own outline.</summary>
static class AppIcon
{
    public static byte[] Draw(int size) => Png.Draw(size, size, BrandColours.Plum, canvas =>
        {
            foreach (var shape in Mark.Shapes(BrandColours.Apricot, BrandColours.Paper))
                shape.At(new SKPoint(size / 2f, size / 2f), size * 0.0031f).Draw(canvas);
        });
}
