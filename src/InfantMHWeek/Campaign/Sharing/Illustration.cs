using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The abstract pictures beside a title: flat shapes around 0, within about 180 units, on a coloured ground.</summary>
sealed record Illustration(SKColor Ground, params Shape[] Shapes)
{
    const string Fingers = "M-56,60 L-84,-96 M-4,40 L-14,-146 M48,46 L62,-122 M94,74 L132,-50 M14,170 C-84,158 -126,100 -152,40";
    const string Palm = "M-86,64 L-40,0 L60,10 L122,84 C108,146 102,204 22,204 C-48,204 -80,150 -86,64 Z";

    static readonly Shape Halo = new(BrandColours.Paper.WithAlpha(0x1c), "M-178,0 a178,178 0 1,0 356,0 a178,178 0 1,0 -356,0 Z");

    static readonly Illustration Circle = new(
        BrandColours.Plum,
        [Halo, .. Mark.Shapes(BrandColours.Apricot, BrandColours.Rose).Select(shape => shape.At(SKPoint.Empty, 1.35f))]
    );

    static readonly Illustration ParentAndBaby = new(
        BrandColours.Plum,
        Halo,
        new(BrandColours.Apricot, "M-86,-118 a64,64 0 1,0 128,0 a64,64 0 1,0 -128,0 Z"),
        new(BrandColours.Apricot, "M-160,330 C-168,120 -142,-26 -36,-26 C62,-26 122,70 130,330 Z"),
        new(BrandColours.Rose, "M-84,150 C-70,86 20,60 84,60 C130,60 150,110 120,150 C80,204 -96,214 -84,150 Z"),
        new(BrandColours.Paper, "M48,50 a46,46 0 1,0 92,0 a46,46 0 1,0 -92,0 Z"),
        new(BrandColours.Plum, "M-142,110 C-132,220 44,240 150,150", Pen: 66),
        new(BrandColours.Apricot, "M-142,110 C-132,220 44,240 150,150", Pen: 50)
    );

    static readonly Illustration Holding = new(
        BrandColours.Teal,
        new(BrandColours.Sand, "M-60,-148 A160,160 0 1,0 136,-85", Pen: 38),
        new(BrandColours.Apricot, "M-98,-21 A100,100 0 1,0 67,-74", Pen: 38),
        new(BrandColours.Rose, "M-44,4 a44,44 0 1,0 88,0 a44,44 0 1,0 -88,0 Z")
    );

    static readonly Illustration Seedling = new(
        BrandColours.Teal,
        Halo,
        new(BrandColours.Rose, "M-300,330 C-160,140 160,140 300,330 Z"),
        new(BrandColours.Sand, "M0,190 C0,110 -6,40 4,-50", Pen: 18),
        new(BrandColours.Apricot, "M-2,50 C-24,-50 -110,-84 -170,-76 C-166,6 -100,70 -2,50 Z"),
        new(BrandColours.Paper, "M4,-46 C10,-146 90,-204 164,-204 C168,-116 106,-36 4,-46 Z")
    );

    static readonly Illustration Nest = new(
        BrandColours.Plum,
        Halo,
        new(BrandColours.Sand, "M-114,10 C-114,-36 -92,-78 -60,-78 C-28,-78 -6,-36 -6,10 C-6,80 -114,80 -114,10 Z"),
        new(BrandColours.Sand, "M16,12 C16,-30 38,-70 66,-70 C94,-70 116,-30 116,12 C116,80 16,80 16,12 Z"),
        new(BrandColours.Paper, "M-56,4 C-56,-52 -30,-98 4,-98 C38,-98 64,-52 64,4 C64,84 -56,84 -56,4 Z"),
        new(BrandColours.Rose, "M-166,22 C-86,54 86,54 166,22 C156,146 80,186 0,186 C-80,186 -156,146 -166,22 Z"),
        new(BrandColours.Apricot, "M-168,22 C-86,58 86,58 168,22", Pen: 22),
        new(BrandColours.Sand, "M-154,74 C-80,112 80,98 158,62", Pen: 16),
        new(BrandColours.Apricot, "M-142,104 C-60,138 76,148 136,112", Pen: 16),
        new(BrandColours.Sand, "M-102,156 C-40,178 60,172 112,142", Pen: 16)
    );

    static readonly Illustration Path = new(
        BrandColours.Teal,
        new(BrandColours.Paper, "M-2,-102 a70,70 0 1,0 140,0 a70,70 0 1,0 -140,0 Z"),
        new(BrandColours.Rose, "M-300,20 C-160,-80 -60,-80 60,-20 C130,14 200,6 300,-60 V400 H-300 Z"),
        new(BrandColours.Apricot, "M-300,130 C-180,50 20,40 300,140 V400 H-300 Z"),
        new(
            BrandColours.Paper,
            "M-44,330 C-70,250 96,232 56,168 C36,136 -58,122 -44,73 L-30,72 C-36,110 102,116 126,168 C152,236 40,262 110,330 Z"
        ),
        new(BrandColours.Paper, "M-37,76 C-37,40 14,30 8,-12 C6,-24 -2,-32 -8,-39", Pen: 12)
    );

    static readonly Illustration Window = new(
        BrandColours.Plum,
        new(BrandColours.Apricot, "M-126,180 V-50 A126,126 0 0,1 126,-50 V180 Z"),
        new(BrandColours.Rose, "M-126,180 V100 C-60,50 60,150 126,80 V180 Z"),
        new(BrandColours.Paper, "M34,-68 a32,32 0 1,0 64,0 a32,32 0 1,0 -64,0 Z"),
        new(BrandColours.Sand, "M-126,180 V-50 A126,126 0 0,1 126,-50 V180 M0,-176 V180 M-126,16 H126", Pen: 18),
        new(BrandColours.Sand, "M-144,186 H144", Pen: 28)
    );

    static readonly Illustration Hands = new(
        BrandColours.Teal,
        new(BrandColours.Apricot, Fingers, Pen: 60),
        new(BrandColours.Apricot, Palm),
        new Shape(BrandColours.Paper, Fingers, Pen: 60).At(new SKPoint(20, 92), 0.46f),
        new Shape(BrandColours.Paper, Palm).At(new SKPoint(20, 92), 0.46f)
    );

    /// <summary>The picture of that name, or the circle.</summary>
    public static Illustration Of(string? name) =>
        name switch
        {
            "parent-and-baby" => ParentAndBaby,
            "holding" => Holding,
            "seedling" => Seedling,
            "nest" => Nest,
            "path" => Path,
            "window" => Window,
            "hands" => Hands,
            _ => Circle,
        };
}
