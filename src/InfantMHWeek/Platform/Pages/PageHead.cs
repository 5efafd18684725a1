namespace InfantMHWeek.Platform.Pages;

/// <summary>What a page tells the layout about itself: the head element, share card and exit control follow from it.</summary>
sealed record PageHead
{
    public required string Title { get; init; }
    public string? Summary { get; init; }

    /// <summary>
    /// The page's own path for the canonical link and share links; null on pages that have no address of their own (404).
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Path of the share picture (1200 by 630 PNG).</summary>
    public string? SharePicture { get; init; }

    /// <summary>JSON-LD, already encoded so that it is safe inside a script element.</summary>
    public string? JsonLd { get; init; }

    /// <summary><c>article</c> or <c>website</c>, for Open Graph.</summary>
    public string Type { get; init; } = "website";

    public bool Sensitive { get; init; }

    /// <summary>
    /// Whether the line of the week stands below the head; not where the page tells of the week itself, or is for somebody in
    /// distress.
    /// </summary>
    public bool WeekLine { get; init; } = true;

    /// <summary>Whether the page shows events or services and so looks like them (<c>.listings</c> in <c>site.css</c>).</summary>
    public bool IsListing { get; init; }

    /// <summary>False for error pages and what is one person’s own.</summary>
    public bool Indexed { get; init; } = true;
}
