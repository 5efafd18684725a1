using System.Globalization;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Finding;

/// <summary>A circle on the map: one event, or those that stand too near each other to be touched one by one.</summary>
/// <param name="Number">In the list beside the map.</param>
/// <param name="Name">Where its town is written; null where there is no room.</param>
sealed record MapDot(int Number, double X, double Y, int Count, string Town, string Words, string Path, MapName? Name = null);

/// <summary>How the name of a town stands to its circle.</summary>
/// <param name="Anchor">Which part of the name stands at the circle: <c>middle</c>, <c>start</c> or <c>end</c>.</param>
sealed record MapName(bool Above, string Anchor)
{
    /// <summary>Below and in the middle reads best; towards the inside where the edge or another name is too near.</summary>
    public static readonly IReadOnlyList<MapName> Places =
    [
        .. new[] { "middle", "end", "start" }.SelectMany(a => new[] { new MapName(false, a), new MapName(true, a) }),
    ];

    /// <summary>From the middle of the circle to where the name is held.</summary>
    public double Aside =>
        Anchor switch
        {
            "start" => -MapBox.Radius,
            "end" => MapBox.Radius,
            _ => 0,
        };
}

/// <summary>A town by which people know where they are.</summary>
/// <param name="Size">How many postcode districts it has.</param>
sealed record MapTown(double X, double Y, string Name, int Size);

/// <summary>The part of the drawing that is shown.</summary>
sealed record MapPart(double X, double Y, double Width, double Height)
{
    public const double Ratio = 1.2,
        Least = 3,
        Most = 70;
    public static readonly MapPart Whole = new(0, 0, MapDrawing.Width, MapDrawing.Height);

    /// <summary>How large circles and words are drawn, so that they are the same on the screen.</summary>
    public double Scale => Width / 100;
    public string ViewBox => string.Create(CultureInfo.InvariantCulture, $"{X:0.##} {Y:0.##} {Width:0.##} {Height:0.##}");

    /// <summary>The part that has all of them: near a town that is the town, and not the country with one circle.</summary>
    public static MapPart With(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count == 0)
            return Whole;
        var (left, right) = (points.Min(p => p.X), points.Max(p => p.X));
        var (top, bottom) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var width = Math.Max(Least, Math.Max((right - left) * 1.4, (bottom - top) * 1.4 / Ratio));
        return width > Most ? Whole : new((left + right - width) / 2, (top + bottom - width * Ratio) / 2, width, width * Ratio);
    }

    public bool Has(double x, double y, double edge) => x > X + edge && x < X + Width - edge && y > Y + edge && y < Y + Height - edge;

    /// <summary>Where something is drawn, as large as everywhere.</summary>
    public string At(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"translate({x} {y}) scale({Scale:0.####})");
}

/// <summary>Events as numbered circles on our own drawing of the country, with the largest towns round them.</summary>
sealed record EventMap(MapPart Part, IReadOnlyList<MapDot> Dots, IReadOnlyList<MapTown> Towns)
{
    const int MostTowns = 14;

    /// <summary>With more circles than these, the list beside the map names their towns.</summary>
    public const int MostNamed = 12;

    /// <summary>How far circles are apart at least, and a town's spot from the edge, in hundredths of the map's width.</summary>
    const double Apart = 8.8,
        Edge = 7;

    /// <summary>The largest towns: those with most postcode districts.</summary>
    static readonly Lazy<IReadOnlyList<MapTown>> Largest = new(() =>
        [
            .. Gazetteer
                .Default.Districts.Values.GroupBy(d => d.Town, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (MapDrawing.At(Gazetteer.Middle(g.Select(d => d.Point))), g))
                .Select(t => new MapTown(t.Item1.X, t.Item1.Y, t.g.Key, t.g.Count())),
        ]
    );

    /// <param name="around">The address of the list of those round a point.</param>
    public static EventMap Of(IEnumerable<PublicEvent> events, Func<GeoPoint, int, string> around)
    {
        var all = events.Select(e => (At: MapDrawing.At(e.Live.Point!), Event: e)).ToList();
        var part = MapPart.With([.. all.Select(p => p.At)]);
        var (apart, circles) = (Apart * part.Scale, new List<(double X, double Y, List<PublicEvent> Events)>());
        foreach (var ((x, y), e) in all)
        {
            var near = circles.FindIndex(c => Math.Abs(c.X - x) < apart && Math.Abs(c.Y - y) < apart);
            if (near < 0)
                circles.Add((x, y, [e]));
            else
                circles[near].Events.Add(e);
        }
        var dots = circles
            .Select(
                (c, n) =>
                {
                    var (first, count) = (c.Events[0], c.Events.Count);
                    return count == 1
                        ? new MapDot(n + 1, c.X, c.Y, 1, first.Live.Town, $"{first.Live.Title}, {first.Where}", first.Path)
                        : new MapDot(
                            n + 1,
                            c.X,
                            c.Y,
                            count,
                            first.Live.Town,
                            $"{count} events around {first.Live.Town}",
                            around(first.Live.Point!.Rounded(), part.Scale < 1 ? 5 : 50)
                        );
                }
            )
            .ToList();
        var taken = dots.Select(d => MapBox.Of(d, part)).ToList();
        if (dots.Count <= MostNamed)
            dots = [.. dots.Select(d => d with { Name = PlaceOf(d, part, taken) })];
        return new(part, dots, TownsRound(part, dots, taken));
    }

    /// <summary>Where there is room for its name: on no circle, on no other name, and inside the drawing. It is then taken.</summary>
    static MapName? PlaceOf(MapDot dot, MapPart part, List<MapBox> taken)
    {
        foreach (var place in MapName.Places)
        {
            var box = MapBox.OfName(dot, place, part);
            if (!box.IsIn(part) || taken.Exists(box.Meets))
                continue;
            taken.Add(box);
            return place;
        }
        return null;
    }

    /// <summary>The largest that are in the part and under no circle or name. On the whole country a village says nothing.</summary>
    static List<MapTown> TownsRound(MapPart part, List<MapDot> dots, List<MapBox> taken)
    {
        var towns = new List<MapTown>();
        var least = part.Scale > .5 ? 5 : 1;
        foreach (var town in Largest.Value.Where(t => t.Size >= least && part.Has(t.X, t.Y, Edge * part.Scale)))
        {
            var box = MapBox.OfName(town, part);
            if (dots.Any(d => d.Town == town.Name) || !box.IsIn(part) || taken.Exists(box.Meets))
                continue;
            towns.Add(town);
            taken.Add(box);
            if (towns.Count == MostTowns)
                break;
        }
        return towns;
    }
}

/// <summary>
/// What a circle or a name covers of the drawing. Sizes are those of the style sheet, a letter about half as wide as tall.
/// </summary>
sealed record MapBox(double Left, double Top, double Right, double Bottom)
{
    public const double Radius = 4.8;
    const double LetterOfDot = 1.1,
        LetterOfTown = .85;

    public bool Meets(MapBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool IsIn(MapPart part) => Left >= part.X && Right <= part.X + part.Width && Top >= part.Y && Bottom <= part.Y + part.Height;

    public static MapBox Of(MapDot dot, MapPart part) => At(dot.X, dot.Y, part, Radius, -Radius, Radius);

    public static MapBox OfName(MapDot dot, MapName name, MapPart part)
    {
        var half = dot.Town.Length * LetterOfDot;
        var middle = dot.X + (name.Aside - Math.Sign(name.Aside) * half) * part.Scale;
        return name.Above ? At(middle, dot.Y, part, half, -9.4, -Radius) : At(middle, dot.Y, part, half, Radius, 9.8);
    }

    public static MapBox OfName(MapTown town, MapPart part) => At(town.X, town.Y, part, town.Name.Length * LetterOfTown, -4.6, 1);

    static MapBox At(double x, double y, MapPart part, double half, double top, double bottom) =>
        new(x - half * part.Scale, y + top * part.Scale, x + half * part.Scale, y + bottom * part.Scale);
}
