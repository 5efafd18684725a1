using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>The small YAML files beside the pages, as last read without a fault.</summary>
sealed record Registers(
    SiteIdentity Site,
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyList<SupportService> AllSupport,
    Wording Wording,
    IReadOnlyDictionary<string, string> Redirects,
    IReadOnlyDictionary<string, PictureCredits> Pictures,
    string Hash
)
{
    /// <summary>The services that readers see: those that were taken away after a failed check are left out everywhere.</summary>
    public IReadOnlyList<SupportService> Support { get; } = [.. AllSupport.Where(s => !s.Withdrawn)];

    /// <summary>The three to name where there is room for no more: the emergency number, and two for nearly everybody in the UK.</summary>
    public IEnumerable<SupportService> FirstToCall =>
        Support.Where(s => s.Phone is not null && s.IsForMost).OrderByDescending(s => s.Emergency).Take(3);
}

/// <summary>
/// What is known of a picture in the media folder (<c>pictures.yml</c>): who made it, and where in it that lies which must stay in
/// view.
/// </summary>
sealed record PictureCredits(string? Credit, string? Focus)
{
    /// <summary>The nine places, as they are written; the middle is what is meant when none is.</summary>
    public static readonly IReadOnlyList<string> Places =
    [
        "centre",
        "top",
        "bottom",
        "left",
        "right",
        "top left",
        "top right",
        "bottom left",
        "bottom right",
    ];
}

/// <summary><c>site.yml</c>: what the site calls itself and shows first.</summary>
sealed record SiteIdentity
{
    public string Name { get; init; } = "Infant Mental Health Awareness Week";
    public string ShortName { get; init; } = "IMHAW";
    public string Strapline { get; init; } = "";
    public string? FeaturedTheme { get; init; }

    /// <summary>Where that is written, from 1.</summary>
    public int FeaturedThemeLine { get; init; } = 1;
    public string? Article { get; init; }
    public IReadOnlyList<string> Navigation { get; init; } = [];
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The organisers' address; null while it is not known.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>Who runs the site; null while nobody has said so, and then readers are told nothing.</summary>
    public Organisation? Organisation { get; init; }
}

/// <summary>The charity behind the site, as it is registered.</summary>
sealed record Organisation(string Name, string? CharityNumber, string? Address, string? DataController)
{
    /// <summary>In one line, for the foot of pages and mails.</summary>
    public string InOneLine =>
        string.Join(", ", new[] { Name, CharityNumber is { } number ? $"registered charity {number}" : null, Address }.OfType<string>());
}

/// <summary>Where a figure comes from (<c>sources.yml</c>). Null means "not known": the site shows the gap.</summary>
sealed record Source(
    string Id,
    string Title,
    string? Publisher,
    string? Link,
    string? Published,
    string? Respondents,
    string? Base,
    string? Fieldwork,
    string? Method,
    string? Note,
    int Line
)
{
    /// <summary>The link leads to a website and not to a page of it, so a reader has to look for what it names.</summary>
    public bool LeadsToFrontPage => Uri.TryCreate(Link, UriKind.Absolute, out var to) && to.PathAndQuery == "/";

    /// <summary>What a careful reader would ask and the source does not say, in plain words.</summary>
    public IEnumerable<string> Gaps
    {
        get
        {
            if (Base is null)
                yield return "how many people answered";
            if (Fieldwork is null)
                yield return "when they were asked";
            if (Method is null)
                yield return "how they were asked";
        }
    }
}

/// <summary>Somewhere a reader in distress can turn (<c>support.yml</c>), with the day a person last checked the number.</summary>
sealed record SupportService(
    string Id,
    string Name,
    string? For,
    string? Phone,
    string? Link,
    string Nation,
    bool Emergency,
    DateOnly? Checked,
    int Line
)
{
    /// <summary>What to send, and to which number: <c>SHOUT to 85258</c>; or only the number, where any words will do.</summary>
    public string? Text { get; init; }

    /// <summary>Where one can write back and forth with somebody.</summary>
    public string? Chat { get; init; }
    public string? Hours { get; init; }
    public string? Cost { get; init; }

    /// <summary>Languages, British Sign Language, interpreters.</summary>
    public string? Languages { get; init; }

    /// <summary>A check failed: readers do not see it until somebody puts it back.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>One of the few that stand on the first screen of <c>/support</c>.</summary>
    public bool First { get; init; }

    /// <summary>What it is for, by the names of <see cref="SupportTopics"/>.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <summary>For a link that dials; null without a phone.</summary>
    public string? Dials => Phone is { } phone ? PhoneNumber.Link(phone) : null;

    /// <summary>For a link that begins the message; null without one, or where its number cannot be read.</summary>
    public string? Texts =>
        Text?.Split(" to ", StringSplitOptions.TrimEntries) switch
        {
            [var word, var number] when number.Any(char.IsAsciiDigit) => $"sms:{DigitsOf(number)}?body={Uri.EscapeDataString(word)}",
            [var number] when number.Any(char.IsAsciiDigit) => $"sms:{DigitsOf(number)}",
            _ => null,
        };

    static string DigitsOf(string number) => new([.. number.Where(char.IsAsciiDigit)]);

    public bool IsIn(string? nation) => Nation == "UK" || nation is null || Nation.Contains(nation, StringComparison.Ordinal);

    /// <summary>For people of all nations, or of all but one.</summary>
    public bool IsForMost => Nation is "UK" or Nations.WithoutNorthernIreland;

    /// <summary>Whether somebody answers at any hour.</summary>
    public bool DayAndNight => Emergency || Hours == "day and night";
}

/// <summary><c>words.yml</c>: what to write instead, the words that make a page sensitive, and those that people search with.</summary>
sealed record Wording(IReadOnlyList<WordHint> Prefer, IReadOnlyList<string> Harm)
{
    public static readonly Wording None = new([], []);

    /// <summary>What people type into the search, and where it leads.</summary>
    public IReadOnlyList<EverydayPhrase> Everyday { get; init; } = [];
}

/// <param name="Target">The path of a page, or of a place on it.</param>
/// <param name="Crisis">Who types this may need help now: it is shown above everything that was found.</param>
sealed record EverydayPhrase(string Phrase, string Target, bool Crisis, int Line)
{
    public string Path => Target.Split('#')[0];
}

sealed record WordHint(string Phrase, string Say, string? Why);
