using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>What a page is, decided by its folder; it decides which facts its front matter may state.</summary>
enum PageKind
{
    Page,
    Home,
    Theme,
    Research,
    Course,
    Email,
}

/// <summary>One Markdown file that could be read: its facts and its text. Immutable; rendered by the snapshot that holds it.</summary>
sealed record Page
{
    /// <summary>The address on the site: <c>/</c>, <c>/themes/2022</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file's name inside the content folder: <c>themes/2022.md</c>.</summary>
    public required string File { get; init; }
    public required PageKind Kind { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }

    /// <summary>The short name for menus and breadcrumbs; the title where none was given.</summary>
    public required string Label { get; init; }
    public required FrontMatter Facts { get; init; }

    /// <summary>The text after the front matter, and the line of the file on which it starts.</summary>
    public required CompactText Body { get; init; }

    /// <summary>The body, unpacked each time it is asked for.</summary>
    public string Markdown => Body.ToString();
    public required int MarkdownLine { get; init; }

    /// <summary>Changes whenever the file does.</summary>
    public required string Hash { get; init; }

    /// <summary>Talks about harm: gets the content note, the exit control and the help box.</summary>
    public bool Sensitive { get; init; }
    public DateOnly? Reviewed { get; init; }

    /// <summary>UTC moments between which the public sees the page.</summary>
    public DateTime? Publish { get; init; }
    public DateTime? Expire { get; init; }

    /// <summary>Why the page was taken away; its address then answers "gone" with these words.</summary>
    public string? Withdrawn { get; init; }
    public string? Picture { get; init; }
    public string? Scene { get; init; }
    public IReadOnlyList<string> Related { get; init; } = [];
    public IReadOnlyList<string> Sources { get; init; } = [];
    public int ReadingMinutes { get; init; }

    /// <summary>Faults that do not stop the page from being shown.</summary>
    public IReadOnlyList<Diagnostic> Faults { get; init; } = [];

    public ThemeFields? Theme { get; init; }
    public ResearchFields? Research { get; init; }
    public CourseFields? Course { get; init; }

    public bool IsLive(DateTime now) => (Publish is null || Publish <= now) && (Expire is null || now < Expire);
}

/// <summary>One year's week. <see cref="Name"/> is null where the theme is not known.</summary>
/// <param name="Topics">What each day is about, from the first; days without one are left out at the end.</param>
sealed record ThemeFields(
    int Year,
    string? Name,
    DateOnly? Starts,
    DateOnly? Ends,
    string? DatesNote,
    IReadOnlyList<string> Hashtags,
    IReadOnlyList<string> Topics
)
{
    /// <summary>A week is told of more loudly for so long before it, and for so long after it.</summary>
    public const int SoonDays = 56,
        JustOverDays = 28;

    /// <summary>Whether what is said of it changes from day to day: it is ahead, under way, or just over.</summary>
    public bool Counts(DateOnly today) => Starts is not null && Ends?.AddDays(JustOverDays) >= today;
}

sealed record ResearchFields(string? Publisher, DateOnly? Published);

sealed record CourseFields(string Provider, string? ProviderLink, int? Sessions, string? Cost, string? Audience);
