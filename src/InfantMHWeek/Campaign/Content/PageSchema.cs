using System.Collections.Frozen;

namespace InfantMHWeek.Campaign.Content;

/// <summary>How a fact is written.</summary>
public enum Form
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
public sealed record Fact(string Name, Form Form, bool Required = false, int Max = 300);

/// <summary>Which facts a page may state, by its folder. The checker, the editor and the editors' guide all follow this table.</summary>
public static class PageSchema
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
        new("title", Form.Line, Required: true, Max: 90),
        new("summary", Form.Line, Required: true, Max: 220),
        new("label", Form.Line, Max: 30),
        new("reviewed", Form.Date),
        new("sensitive", Form.YesNo),
        new("publish", Form.Moment),
        new("expire", Form.Moment),
        new("picture", Form.Illustration),
        new("scene", Form.Scene),
        new("related", Form.Paths),
        new("sources", Form.Ids),
        new("withdrawn", Form.Line),
    ];

    static readonly FrozenDictionary<PageKind, IReadOnlyList<Fact>> ByKind = new Dictionary<PageKind, IReadOnlyList<Fact>>
    {
        [PageKind.Page] = Common,
        [PageKind.Home] = Common,
        [PageKind.Theme] =
        [
            .. Common,
            new("theme", Form.Line, Max: 90),
            new("starts", Form.Date),
            new("ends", Form.Date),
            new("dates-note", Form.Line),
            new("hashtags", Form.Words),
            new("topics", Form.Line, Max: 600),
        ],
        [PageKind.Research] = [.. Common, new("publisher", Form.Line), new("published", Form.Date)],
        [PageKind.Course] =
        [
            .. Common,
            new("provider", Form.Line, Required: true),
            new("provider-link", Form.Link),
            new("sessions", Form.Number),
            new("cost", Form.Line),
            new("audience", Form.Line),
        ],
        [PageKind.Email] = [new("subject", Form.Line, Required: true, Max: 90)],
    }.ToFrozenDictionary();

    /// <summary>What a fact of this form may say, in the order in which it is offered; null where that is free.</summary>
    public static IReadOnlyList<string>? ChoicesOf(Form form) =>
        form switch
        {
            Form.YesNo => ["yes", "no"],
            Form.Illustration => [.. Illustrations.Order(StringComparer.Ordinal)],
            Form.Scene => [.. Scenes.Order(StringComparer.Ordinal)],
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
