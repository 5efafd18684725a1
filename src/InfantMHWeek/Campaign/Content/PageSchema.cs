using System.Collections.Frozen;

namespace InfantMHWeek.Campaign.Content;

/// <summary>How a fact is written.</summary>
enum FactType
{
    Line,
    Date,
    Moment,
    YesNo,
    Number,
    Paths,
    Ids,
    Words,
    Link,
    Illustration,
    Scene,
}

/// <summary>One fact that front matter may state. <paramref name="Max"/> counts characters.</summary>
sealed record Fact(string Name, FactType Type, bool Required = false, int Max = 300);

/// <summary>Which facts a page may state, by its folder. The checker, the editor and the editors' guide all follow this table.</summary>
static class PageSchema
{
    public static readonly FrozenSet<string> Illustrations = FrozenSet.Create(
        StringComparer.Ordinal,
        "parent-and-baby",
        "holding",
        "seedling",
        "nest",
        "path",
        "circle",
        "window",
        "hands"
    );

    /// <summary>The wide drawings of families that stand across a page.</summary>
    public static readonly FrozenSet<string> Scenes = FrozenSet.Create(StringComparer.Ordinal, "families", "ages", "listening");

    static readonly Fact[] Common =
    [
        new("title", FactType.Line, Required: true, Max: 90),
        new("summary", FactType.Line, Required: true, Max: 220),
        new("label", FactType.Line, Max: 30),
        new("reviewed", FactType.Date),
        new("sensitive", FactType.YesNo),
        new("publish", FactType.Moment),
        new("expire", FactType.Moment),
        new("picture", FactType.Illustration),
        new("scene", FactType.Scene),
        new("related", FactType.Paths),
        new("sources", FactType.Ids),
        new("withdrawn", FactType.Line),
    ];

    static readonly FrozenDictionary<PageKind, IReadOnlyList<Fact>> ByKind = new Dictionary<PageKind, IReadOnlyList<Fact>>
    {
        [PageKind.Page] = Common,
        [PageKind.Home] = Common,
        [PageKind.Theme] =
        [
            .. Common,
            new("theme", FactType.Line, Max: 90),
            new("starts", FactType.Date),
            new("ends", FactType.Date),
            new("dates-note", FactType.Line),
            new("hashtags", FactType.Words),
            new("topics", FactType.Line, Max: 600),
        ],
        [PageKind.Research] = [.. Common, new("publisher", FactType.Line), new("published", FactType.Date)],
        [PageKind.Course] =
        [
            .. Common,
            new("provider", FactType.Line, Required: true),
            new("provider-link", FactType.Link),
            new("sessions", FactType.Number),
            new("cost", FactType.Line),
            new("audience", FactType.Line),
        ],
        [PageKind.Email] = [new("subject", FactType.Line, Required: true, Max: 90)],
    }.ToFrozenDictionary();

    /// <summary>What a fact of this type may say, in the order in which it is offered; null where that is free.</summary>
    public static IReadOnlyList<string>? ChoicesOf(FactType type) =>
        type switch
        {
            FactType.YesNo => ["yes", "no"],
            FactType.Illustration => [.. Illustrations.Order(StringComparer.Ordinal)],
            FactType.Scene => [.. Scenes.Order(StringComparer.Ordinal)],
            _ => null,
        };

    public static IReadOnlyList<Fact> For(PageKind kind) => ByKind[kind];

    /// <summary>The kind of a file, from its name inside the content folder.</summary>
    public static PageKind KindOf(string file) =>
        file switch
        {
            "home.md" => PageKind.Home,
            _ when file.StartsWith("themes/", StringComparison.Ordinal) => PageKind.Theme,
            _ when file.StartsWith("research/", StringComparison.Ordinal) => PageKind.Research,
            _ when file.StartsWith("courses/", StringComparison.Ordinal) => PageKind.Course,
            _ when file.StartsWith("emails/", StringComparison.Ordinal) => PageKind.Email,
            _ => PageKind.Page,
        };
}
