using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads the registers. A register with a fault keeps its last good state, like a page.</summary>
static class RegisterReader
{
    public static readonly Registers None = new(
        new SiteIdentity(),
        new Dictionary<string, Source>(StringComparer.Ordinal),
        [],
        Wording.None,
        new Dictionary<string, string>(StringComparer.Ordinal),
        new Dictionary<string, PictureCredits>(StringComparer.Ordinal),
        ""
    );

    static readonly string[] SiteEntries =
    [
        "name",
        "short-name",
        "strapline",
        "featured-theme",
        "article",
        "navigation",
        "footer",
        "contacts",
        "organisation",
    ];
    static readonly string[] SourceKeys = ["title", "publisher", "link", "published", "respondents", "base", "fieldwork", "method", "note"];
    static readonly string[] SupportKeys =
    [
        "name",
        "for",
        "phone",
        "text",
        "chat",
        "link",
        "nation",
        "hours",
        "cost",
        "languages",
        "about",
        "first",
        "emergency",
        "checked",
        "withdrawn",
    ];
    static readonly string[] SupportNations = ["UK", Nations.WithoutNorthernIreland, .. Nations.All.Select(n => n.Label)];

    /// <param name="nameOf">How faults print a file's name.</param>
    public static (Registers Registers, IReadOnlyList<Diagnostic> Faults) Read(
        IEnumerable<ContentFile> files,
        Registers lastGood,
        Func<string, string> nameOf
    )
    {
        var found = files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var all = new List<Diagnostic>();
        var read = new Registers(
            Take("site.yml", Site, lastGood.Site, new SiteIdentity()),
            Take("sources.yml", Sources, lastGood.Sources, None.Sources),
            Take("support.yml", Support, lastGood.AllSupport, []),
            Take("words.yml", Words, lastGood.Wording, Wording.None),
            Take("redirects.yml", Redirects, lastGood.Redirects, None.Redirects),
            Take("pictures.yml", Pictures, lastGood.Pictures, None.Pictures),
            ContentHash.Combine(found.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Hash))
        );
        return (read, all);

        T Take<T>(string name, Func<IReadOnlyList<YamlEntry>, DiagnosticList, T> read, T good, T empty)
        {
            if (!found.TryGetValue(name, out var file))
                return empty;
            all.AddRange(file.Faults);
            if (file.Text is null)
                return good;
            var faults = new DiagnosticList(nameOf(name));
            var value = read(YamlTree.Read(file.Text, faults), faults);
            all.AddRange(faults.All);
            return faults.Breaking ? good : value;
        }
    }

    static SiteIdentity Site(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        if (entries.Count == 0 && !faults.Breaking)
            faults.Add(
                DiagnosticKinds.MissingKey,
                1,
                1,
                "name",
                "site.yml says nothing: the site would have no name and no menu.",
                "Bring it back from its history, or write the line name: and the lines of the menu."
            );
        var site = new Fields(entries, SiteEntries, faults);
        var contacts = site.Map("contacts") is { } map ? new Fields(map.Entries, ["email"], faults) : null;
        return new SiteIdentity
        {
            Name = site.Line("name") ?? new SiteIdentity().Name,
            ShortName = site.Line("short-name") ?? new SiteIdentity().ShortName,
            Strapline = site.Line("strapline") ?? "",
            FeaturedTheme = site.Line("featured-theme"),
            FeaturedThemeLine = entries.FirstOrDefault(e => e.Key.Value == "featured-theme")?.Key.Line ?? 1,
            Article = site.Line("article"),
            Navigation = site.Lines("navigation"),
            Footer = site.Lines("footer"),
            ContactEmail = contacts?.Line("email"),
            Organisation = RunBy(entries, site, faults),
        };
    }

    static Organisation? RunBy(IReadOnlyList<YamlEntry> entries, Fields site, DiagnosticList faults)
    {
        if (site.Map("organisation") is not { } map)
            return null;
        var facts = new Fields(map.Entries, ["name", "charity-number", "address", "data-controller"], faults);
        var (number, address, controller) = (facts.Line("charity-number"), facts.Line("address"), facts.Line("data-controller"));
        if (facts.Line("name") is { } name)
            return new(name, number, address, controller);
        if ((number ?? address ?? controller) is not null)
            facts.Required("name", entries.First(e => e.Key.Value == "organisation").Key);
        return null;
    }

    static Dictionary<string, Source> Sources(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (id, fields) in Blocks(entries, SourceKeys, faults))
        {
            sources[id.Value] = new(
                id.Value,
                fields.Required("title", id),
                fields.Line("publisher"),
                fields.Link("link"),
                fields.Date("published", faults),
                fields.Line("respondents"),
                fields.Line("base"),
                fields.Line("fieldwork"),
                fields.Line("method"),
                fields.Line("note"),
                id.Line
            );
        }
        return sources;
    }

    static List<SupportService> Support(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var services = new List<SupportService>();
        foreach (var (id, fields) in Blocks(entries, SupportKeys, faults))
        {
            var nation = fields.Line("nation") ?? "UK";
            if (!SupportNations.Contains(nation))
                faults.Add(
                    DiagnosticKinds.BadValue,
                    id.Line,
                    id.Column,
                    nation,
                    $"\"{nation}\" is not a nation here.",
                    "Choose one of: " + string.Join(", ", SupportNations) + "."
                );
            var day = fields.Date("checked", faults);
            services.Add(
                new(
                    id.Value,
                    fields.Required("name", id),
                    fields.Line("for"),
                    fields.Line("phone"),
                    fields.Link("link"),
                    nation,
                    fields.Yes("emergency"),
                    day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    id.Line
                )
                {
                    Text = fields.Line("text"),
                    Chat = fields.Link("chat"),
                    Hours = fields.Line("hours"),
                    Cost = fields.Line("cost"),
                    Languages = fields.Line("languages"),
                    First = fields.Yes("first"),
                    Withdrawn = fields.Yes("withdrawn"),
                    About = Topics(id, fields, faults),
                }
            );
        }
        return services;
    }

    static string[] Topics(YamlText id, Fields fields, DiagnosticList faults)
    {
        var written = (fields.Line("about") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = SupportTopics.All.Select(t => t.Name).ToArray();
        foreach (var topic in written.Except(known, StringComparer.Ordinal))
            faults.Add(
                DiagnosticKinds.BadValue,
                id.Line,
                id.Column,
                topic,
                $"\"{topic}\" is nothing that help is sorted by.",
                $"Choose of: {string.Join(", ", known)}."
            );
        return written;
    }

    static Wording Words(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var words = new Fields(entries, ["prefer", "harm", "search", "crisis"], faults);
        var hints = Blocks(words.Map("prefer")?.Entries ?? [], ["say", "why"], faults)
            .Select(block => new WordHint(block.Id.Value, block.Fields.Required("say", block.Id), block.Fields.Line("why")));
        return new([.. hints], words.Lines("harm"))
        {
            Everyday = [.. Phrases("search", crisis: false), .. Phrases("crisis", crisis: true)],
        };

        IEnumerable<EverydayPhrase> Phrases(string key, bool crisis)
        {
            foreach (var (target, phrases) in words.Map(key)?.Entries ?? [])
            {
                if (phrases is not YamlText { Value.Length: > 0 } text || !IsPath(target.Value))
                {
                    faults.Add(
                        DiagnosticKinds.BadValue,
                        target.Line,
                        target.Column,
                        target.Value,
                        "Here stands a page, and on the same line the words that lead to it.",
                        "Write: /a-page#a-heading: some words, other words"
                    );
                    continue;
                }
                foreach (var phrase in text.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    yield return new(phrase, target.Value, crisis, target.Line);
            }
        }
    }

    static Dictionary<string, string> Redirects(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var redirects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in entries)
        {
            // Both sides stay on this site: a redirect must never become a way to send readers elsewhere.
            if (
                to is YamlText target
                && IsPath(from.Value)
                && IsPath(target.Value)
                && target.Value.All(char.IsAscii)
                && target.Value != from.Value
            )
                redirects[from.Value] = target.Value;
            else
                faults.Add(
                    DiagnosticKinds.BadValue,
                    from.Line,
                    from.Column,
                    from.Value,
                    "A redirect leads from one path of this site to another, written in plain letters.",
                    "Write: /old-path: /new-path"
                );
        }
        return redirects;
    }

    static Dictionary<string, PictureCredits> Pictures(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var pictures = new Dictionary<string, PictureCredits>(StringComparer.Ordinal);
        // "version" says nothing to readers: it changes when the picture is replaced, so that pages are made anew.
        foreach (var (name, fields) in Blocks(entries, ["credit", "focus", "version"], faults))
        {
            var focus = fields.Line("focus");
            if (focus is not null && !PictureCredits.Places.Contains(focus, StringComparer.Ordinal))
                faults.Add(
                    DiagnosticKinds.BadValue,
                    name.Line,
                    name.Column,
                    focus,
                    $"\"{focus}\" is no place in a picture.",
                    "Choose one of: " + string.Join(", ", PictureCredits.Places) + "."
                );
            _ = fields.Line("version");
            pictures[name.Value] = new(fields.Line("credit"), focus);
        }
        return pictures;
    }

    static bool IsPath(string value) =>
        value.StartsWith('/')
        && !value.StartsWith("//", StringComparison.Ordinal)
        && !value.AsSpan().ContainsAnyInRange('\0', ' ')
        && !value.AsSpan().ContainsAny('\\', '\u007f');

    static IEnumerable<(YamlText Id, Fields Fields)> Blocks(IReadOnlyList<YamlEntry> entries, string[] keys, DiagnosticList faults)
    {
        foreach (var (id, value) in entries)
        {
            if (value is YamlMap map)
                yield return (id, new Fields(map.Entries, keys, faults));
            else
                faults.Add(
                    DiagnosticKinds.BadValue,
                    id.Line,
                    id.Column,
                    id.Value,
                    $"\"{id.Value}\" needs its facts on the lines below it.",
                    $"Indent them with two spaces: {string.Join(", ", keys)}."
                );
        }
    }

    /// <summary>The facts of one entry; a key that is not known is a fault with a suggestion.</summary>
    sealed class Fields
    {
        readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
        readonly DiagnosticList faults;

        public Fields(IReadOnlyList<YamlEntry> entries, string[] keys, DiagnosticList faults)
        {
            this.faults = faults;
            foreach (var (key, value) in entries)
            {
                if (keys.Contains(key.Value, StringComparer.Ordinal))
                {
                    if (!values.TryAdd(key.Value, value))
                        faults.Add(
                            DiagnosticKinds.RepeatedKey,
                            key.Line,
                            key.Column,
                            key.Value,
                            $"\"{key.Value}\" was already said on line {values[key.Value].Line}.",
                            "Keep one of them."
                        );
                    else if (value is YamlText text && !FrontMatter.IsOneLine(text.Value.Trim()))
                        faults.Add(
                            DiagnosticKinds.BadValue,
                            text.Line,
                            text.Column,
                            key.Value,
                            $"\"{key.Value}\" holds invisible signs.",
                            "Write it on one line."
                        );
                }
                else
                    faults.Add(
                        DiagnosticKinds.UnknownKey,
                        key.Line,
                        key.Column,
                        key.Value,
                        $"\"{key.Value}\" is not known here.",
                        ClosestMatch.To(key.Value, keys) is { } near
                            ? $"Did you mean \"{near}\"?"
                            : "Known here: " + string.Join(", ", keys) + "."
                    );
            }
        }

        public string? Line(string key) =>
            Of<YamlText>(key, "Write its value on one line.") is { } text && text.Value.Trim() is { Length: > 0 } value ? value : null;

        public YamlMap? Map(string key) => Of<YamlMap>(key, "Write its facts on the lines below it, indented with two spaces.");

        public IReadOnlyList<string> Lines(string key) =>
            Of<YamlList>(key, "Write one a line below it, each after a hyphen and a space.") is { } list
                ? [.. list.Items.OfType<YamlText>().Select(t => t.Value).Where(v => v.Length > 0)]
                : [];

        /// <summary>The value if it has the shape that is asked for; nothing written is nothing wrong.</summary>
        T? Of<T>(string key, string advice)
            where T : YamlNode
        {
            if (values.GetValueOrDefault(key) is not { } value || value is YamlText { Value.Length: 0 })
                return null;
            if (value is T right)
                return right;
            faults.Add(DiagnosticKinds.NotFlat, value.Line, value.Column, key, $"\"{key}\" is not written as it should be.", advice);
            return null;
        }

        public bool Yes(string key)
        {
            var written = Line(key);
            if (written is not (null or "yes" or "no"))
                faults.Add(
                    DiagnosticKinds.BadValue,
                    values[key].Line,
                    values[key].Column,
                    written,
                    $"\"{key}\" cannot be \"{written}\".",
                    "Write yes or no."
                );
            return written == "yes";
        }

        /// <summary>An address that a reader may be sent to: nothing that a browser would run.</summary>
        public string? Link(string key)
        {
            if (Line(key) is not { } written)
                return null;
            if (Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
                return written;
            faults.Add(
                DiagnosticKinds.BadValue,
                values[key].Line,
                values[key].Column,
                written,
                $"\"{key}\" is not an address this site links to.",
                "Write a whole address that begins with https://."
            );
            return null;
        }

        public string Required(string key, YamlText id)
        {
            if (Line(key) is { } value)
                return value;
            faults.Add(
                DiagnosticKinds.MissingKey,
                id.Line,
                id.Column,
                id.Value,
                $"\"{id.Value}\" has no \"{key}\".",
                $"Add a line: {key}: …"
            );
            return "";
        }

        /// <summary>A date as written, checked to be one.</summary>
        public string? Date(string key, DiagnosticList faults)
        {
            if (Line(key) is not { } written)
                return null;
            if (FrontMatter.TryDate(written, out _))
                return written;
            var at = values[key];
            faults.Add(
                DiagnosticKinds.BadValue,
                at.Line,
                at.Column,
                written,
                $"\"{key}\" cannot be \"{written}\".",
                "Write dates as year-month-day: 2026-06-08 is 8 June 2026."
            );
            return null;
        }
    }
}
