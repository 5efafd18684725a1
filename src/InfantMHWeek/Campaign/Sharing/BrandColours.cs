using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The colours of the campaign, as in the style sheet.</summary>
static class BrandColours
{
    public static readonly SKColor Paper = new(0xfb, 0xf7, 0xf0);
    public static readonly SKColor Ink = new(0x2a, 0x24, 0x38);
    public static readonly SKColor Plum = new(0x5b, 0x2a, 0x5e);
    public static readonly SKColor Teal = new(0x17, 0x64, 0x5f);
    public static readonly SKColor Apricot = new(0xf3, 0xb9, 0x8a);
    public static readonly SKColor Rose = new(0xe8, 0x92, 0x7c);
    public static readonly SKColor Sand = new(0xef, 0xe3, 0xd0);
}
