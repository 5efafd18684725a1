namespace InfantMHWeek.Tests.Architecture;

/// <summary>A rule that the program breaks, and where.</summary>
sealed record Offence(string Rule, RoomUse Use)
{
    public override string ToString() => $"{Rule}: {Use}";
}

/// <summary>Who may use whom (src/README.md draws it). Each rule finds the uses that break it.</summary>
static class Rooms
{
    /// <summary>
    /// The parts of the site that the public meets; they link to each other by address, or meet in a contract of the platform.
    /// </summary>
    static readonly string[] Features = ["Campaign", "Events", "Services", "Courses", "Contact"];

    static readonly (string Name, Func<RoomUse, bool> Breaks)[] Directions =
    [
        ("Platform uses nothing above it", use => use.FromFeature == "Platform" && use.ToFeature != "Platform"),
        ("Nothing in Shared knows a feature", use => use.FromFeature == "Shared" && use.ToFeature is not ("Platform" or "Shared")),
        ("Features do not use each other", use =>
            Features.Contains(use.FromFeature) && use.ToFeature != use.FromFeature && use.ToFeature is not "Staff" and not "Platform"
        ),
        ("Editing uses Campaign and no other feature", use =>
            use.FromFeature == "Editing" && use.ToFeature is not ("Editing" or "Campaign" or "Platform" or "Staff")
        ),
        ("Nothing uses Staff", use => use.FromFeature != "Staff" && use.ToFeature == "Staff"),
    ];

    public static IEnumerable<Offence> WrongWays(IEnumerable<RoomUse> uses) =>
        from use in uses
        from rule in Directions
        where rule.Breaks(use)
        select new Offence(rule.Name, use);

    /// <summary>
    /// Uses that close a circle between rooms of one feature; what stands in the feature's own folder counts type by type.
    /// </summary>
    public static IEnumerable<Offence> Circles(IEnumerable<RoomUse> uses)
    {
        foreach (var feature in uses.Where(u => u.FromFeature == u.ToFeature).GroupBy(u => u.FromFeature))
        {
            var edges = feature
                .GroupBy(u => (From: NodeOf(u.From, u.By), To: NodeOf(u.To, u.Used)))
                .Where(g => g.Key.From != g.Key.To)
                .ToList();
            var next = edges.ToLookup(e => e.Key.From, e => e.Key.To, StringComparer.Ordinal);
            foreach (var edge in edges.Where(e => Reaches(next, e.Key.To, e.Key.From)))
            foreach (var use in edge)
                yield return new($"No circle between rooms ({edge.Key.From} -> {edge.Key.To} and back)", use);
        }
    }

    /// <summary>The room; in the feature's own folder the type or the view.</summary>
    static string NodeOf(string room, string name) =>
        room.Contains('.', StringComparison.Ordinal) ? room
        : name.StartsWith('/') ? name.Split(".cshtml")[0]
        : string.Join('.', name.Split('.').Take(2));

    static bool Reaches(ILookup<string, string> next, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var node))
        {
            if (node == to)
                return true;
            if (seen.Add(node))
                foreach (var one in next[node])
                    open.Push(one);
        }
        return false;
    }
}
