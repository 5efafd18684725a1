using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>The campaign's mark: a large open arc, the parent, cradling a small full circle, the baby.</summary>
static class Mark
{
    /// <summary>Drawn a hundred units around 0.</summary>
    public static Shape[] Shapes(SKColor parent, SKColor baby) =>
        [new(parent, "M-22,-81 A84,84 0 1,0 81,22", Pen: 32), new(baby, "M-42,9 a36,36 0 1,0 72,0 a36,36 0 1,0 -72,0 Z")];
}
