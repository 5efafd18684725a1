using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Editing.Registers;

enum FactShape
{
    Line,
    Sentences,
    Date,
    YesNo,
    Nation,
    Focus,
    Lines,
}

/// <param name="Name">
/// Its name in the file, with a slash where it stands below another; empty where the entry is nothing but this value.
/// </param>
sealed record RegisterFact(string Name, string Label, string? Hint = null, FactShape Shape = FactShape.Line, bool Required = false)
{
    public IReadOnlyList<string> Path => Name.Length == 0 ? [] : Name.Split('/');
}

/// <summary>A part of a register: entries of one kind, or, without words for their names, a few facts that are there once.</summary>
/// <param name="Above">Where its entries stand in the file.</param>
/// <param name="One">What one entry is called.</param>
sealed record RegisterPart(
    string Name,
    string Title,
    string One,
    string? KeyLabel,
    string? KeyHint,
    IReadOnlyList<string> Above,
    IReadOnlyList<RegisterFact> Facts
)
{
    public bool Once => KeyLabel is null;
    public string Add => $"Add {(One is ['a' or 'e' or 'i' or 'o' or 'u', ..] ? "an" : "a")} {One}";
    public IReadOnlyList<string> Order => [.. Facts.Select(f => f.Path is [var first, ..] ? first : "").Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> PathOf(string key, RegisterFact fact) =>
        [.. Above, .. Once ? (IReadOnlyList<string>)[] : [key], .. fact.Path];
}

/// <summary>A register as staff see it: which parts it has, and what each part asks for.</summary>
sealed record RegisterForm(string Name, string Title, string About, IReadOnlyList<RegisterPart> Parts)
{
    public string File => Name + ".yml";

    /// <summary>Where it is shown; some have a page that does more.</summary>
    public string Page => Name is "support" or "pictures" ? "/staff/pages/" + Name : "/staff/pages/lists/" + Name;

    public static readonly IReadOnlyList<RegisterForm> All =
    [
        new(
            "sources",
            "Sources",
            "Where every figure and every year comes from. Leave empty what is not known: readers are shown the gap.",
            [
                new(
                    "source",
                    "Sources",
                    "source",
                    "Short name",
                    "Small letters, digits and hyphens, such as pif-2022-public. Pages name the source by it.",
                    [],
                    [
                        new("title", "Title", Required: true),
                        new("publisher", "Published by"),
                        new("link", "Link", "A whole address that begins with https://"),
                        new("published", "Day it came out", Shape: FactShape.Date),
                        new("respondents", "Who answered"),
                        new("base", "How many answered", "Such as 2,000"),
                        new("fieldwork", "When they were asked"),
                        new("method", "How they were asked"),
                        new("note", "Note", "One or two plain sentences", FactShape.Sentences),
                    ]
                ),
            ]
        ),
        new(
            "support",
            "Help numbers",
            "Where a reader in distress can turn. The order is the order on the screen: 999 stays first.",
            [
                new(
                    "service",
                    "Services",
                    "service",
                    "Short name",
                    "Small letters, digits and hyphens, such as samaritans",
                    [],
                    [
                        new("name", "Name", Required: true),
                        new("for", "What for", "Such as: someone to talk to when life is hard"),
                        new("phone", "Telephone"),
                        new("link", "Link", "A whole address that begins with https://"),
                        new("text", "Text", "What to send, and to which number: SHOUT to 85258"),
                        new("chat", "Chat", "Where one can write with somebody: a whole address"),
                        new("nation", "Where", Shape: FactShape.Nation),
                        new("hours", "Hours"),
                        new("cost", "Cost"),
                        new("languages", "Languages and signing"),
                        new(
                            "about",
                            "What it is for",
                            $"Of these, with commas between: {string.Join(", ", SupportTopics.All.Select(t => t.Name))}"
                        ),
                        new("first", "On the first screen of Get support", "For the three that fit most", FactShape.YesNo),
                        new("emergency", "For emergencies", Shape: FactShape.YesNo),
                        new(
                            "checked",
                            "Last checked",
                            "The day on which somebody rang or looked it up at the service itself. Never guess.",
                            FactShape.Date
                        ),
                        new("withdrawn", "Taken away", "Yes, after a check that failed: readers do not see it", FactShape.YesNo),
                    ]
                ),
            ]
        ),
        new(
            "words",
            "Wording",
            "Words for our readers: what to say instead, what makes a page sensitive, and what people type into the search.",
            [
                new(
                    "hint",
                    "What to say instead",
                    "wording hint",
                    "Words to look for",
                    null,
                    ["prefer"],
                    [new("say", "Say instead", Required: true), new("why", "Why")]
                ),
                new(
                    "harm",
                    "Words that make a page sensitive",
                    "words of harm",
                    null,
                    null,
                    [],
                    [new("harm", "Words", "One a line. A page that uses one of them needs a content note.", FactShape.Lines)]
                ),
                new(
                    "search",
                    "Everyday words for the search",
                    "page for everyday words",
                    "Page",
                    "Its path, and a heading if you like: /infant-mental-health/pregnancy#when-to-ask",
                    ["search"],
                    [new("", "What people type", "With commas between: crying, won’t stop crying, colic", Required: true)]
                ),
                new(
                    "crisis",
                    "Words of somebody who may need help now",
                    "page for words of crisis",
                    "Page",
                    "Its path: /support/very-low",
                    ["crisis"],
                    [new("", "What people type", "With commas between. Help is then shown above everything else.", Required: true)]
                ),
            ]
        ),
        new(
            "redirects",
            "Old addresses",
            "Old or short addresses, and the page that each leads to.",
            [
                new(
                    "address",
                    "Addresses",
                    "address",
                    "Old or short address",
                    "It begins with a slash: /help",
                    [],
                    [new("", "Leads to", "The path of a page that exists, such as /support", Required: true)]
                ),
            ]
        ),
        new(
            "pictures",
            "Pictures",
            "Who made each picture, and what in it must stay in view.",
            [
                new(
                    "picture",
                    "Pictures",
                    "picture",
                    "Name",
                    "Small letters, digits and hyphens, such as family-in-park",
                    [],
                    [
                        new("credit", "Who made it", "Readers see it below the picture"),
                        new("focus", "What must stay in view", "Counts where a tall picture is cut", FactShape.Focus),
                    ]
                ),
            ]
        ),
        new(
            "site",
            "Name and menus",
            "What the site calls itself and shows first.",
            [
                new(
                    "facts",
                    "Name and menus",
                    "name and menus",
                    null,
                    null,
                    [],
                    [
                        new("name", "Name", Required: true),
                        new("short-name", "Short name", Required: true),
                        new("strapline", "One line about the site"),
                        new("featured-theme", "Year on the home page", "It must have a page in themes"),
                        new("article", "Article on the home page", "Its path, such as /understanding-early-trauma"),
                        new(
                            "navigation",
                            "Main menu",
                            "One path a line, six at most. The words in the menu are each page’s short name.",
                            FactShape.Lines
                        ),
                        new("footer", "Links at the foot of each page", "One path a line", FactShape.Lines),
                        new(
                            "organisation/name",
                            "Who runs the site",
                            "The charity’s registered name. Until it is set, readers are told nothing."
                        ),
                        new("organisation/charity-number", "Charity number"),
                        new("organisation/address", "Its address, on one line"),
                        new("organisation/data-controller", "Who decides about personal data", "Empty if it is the same"),
                        new("contacts/email", "Organisers’ email address", "Leave it empty while there is none to publish"),
                    ]
                ),
            ]
        ),
    ];

    public static RegisterForm? Find(string? name) => All.FirstOrDefault(f => f.Name == name);

    public RegisterPart? Part(string? name) => Parts.FirstOrDefault(p => p.Name == name);
}
