namespace InfantMHWeek.Campaign.Content;

/// <summary>A page that a menu or a list of links names.</summary>
sealed record LinkedPage(string Path, string Label, string Title, string Summary, string? Picture = null);

/// <summary>Pages that the program makes itself. No file stands behind them, and yet menus and texts may name them.</summary>
static class ProgramPages
{
    /// <summary>The logo and the scenes as files to take away.</summary>
    public static readonly IReadOnlyList<string> Drawings =
    [
        .. PageSchema.Scenes.Append("logo").Select(name => $"/take-part/drawings/{name}.svg"),
    ];

    public static readonly IReadOnlyList<LinkedPage> All =
    [
        new(
            "/events",
            "Events",
            "Find an event",
            "Events for babies, parents and carers near you and online, and how to add yours.",
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
        new(
            "/events/embed/how",
            "On your own website",
            "Show events on your own website",
            "A list of events near you that keeps itself up to date, for your own pages.",
            "window"
        ),
        new(
            "/events/offer",
            "Add your event",
            "Tell us about your event",
            "Put your event on our list. It is free, and you need no account."
        ),
        new("/contact/write", "Write to us", "Write to us", "A form for questions, concerns and complaints, and for journalists."),
        .. SupportTopics.All.Select(t => new LinkedPage("/support/" + t.Name, t.Label, t.Label, t.Says)),
    ];
}
