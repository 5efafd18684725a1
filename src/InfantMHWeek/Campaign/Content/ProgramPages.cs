namespace InfantMHWeek.Campaign.Content;

/// <summary>A page that a menu or a list of links names.</summary>
public sealed record LinkedPage(string Path, string Label, string Title, string Summary, string? Picture = null);

/// <summary>Pages that the program makes itself. No file stands behind them, and yet menus and texts may name them.</summary>
public static class ProgramPages
{
    public static readonly IReadOnlyList<LinkedPage> All =
    [
        new(
            "/events",
            "Events",
            "Find an event",
            "Events for babies, parents and carers near you and online, and how to offer one.",
            "circle"
        ),
        new(
            "/services",
            "Services",
            "Services near you",
            "Who helps babies, parents and carers near you, and how to get in touch.",
            "nest"
        ),
        new(
            "/take-part/poster",
            "Poster",
            "Poster of the week",
            "A poster to print on A4, with the dates, and a code that leads here.",
            "circle"
        ),
        .. SupportTopics.All.Select(t => new LinkedPage("/support/" + t.Name, t.Label, t.Label, t.Says)),
    ];
}
