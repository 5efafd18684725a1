using System.Net;
using System.Text;

namespace InfantMHWeek.Editing.Pasting;

/// <summary>A part of what was pasted: an element that means something in our pages, or (without a name) words.</summary>
sealed class PastedNode(string name, string text = "", string? href = null, bool bold = false)
{
    public bool Bold => bold;
    public string Name => name;
    public string Text => text;
    public string? Href => href;
    public List<PastedNode> Children { get; } = [];

    /// <summary>Whether a block stands in it, so that it is no part of a line.</summary>
    public bool HoldsBlock { get; set; }
}

/// <summary>
/// Reads HTML from a clipboard in one pass over its characters, whatever stands in it: only what our pages have is kept, and
/// never more than a few levels, so that no paste can take the time or the stack of the site.
/// </summary>
sealed class PastedHtml
{
    const int MaxDepth = 24;
    static readonly string[] Blocks = ["p", "div", "ul", "ol", "li", "table", "tr", "td", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"];
    static readonly string[] Likewise =
    [
        "section",
        "article",
        "main",
        "header",
        "footer",
        "center",
        "dl",
        "dt",
        "dd",
        "pre",
        "figure",
        "address",
        "aside",
        "nav",
        "form",
        "fieldset",
        "caption",
        "figcaption",
    ];
    static readonly string[] Silent =
    [
        "style",
        "script",
        "title",
        "template",
        "noscript",
        "textarea",
        "select",
        "svg",
        "math",
        "head",
        "xml",
    ];

    readonly string html;
    readonly List<PastedNode> open = [new("body")];
    readonly StringBuilder words = new();
    int at,
        tooDeep;

    PastedHtml(string html) => this.html = html;

    public static PastedNode Read(string html)
    {
        var reader = new PastedHtml(html);
        while (reader.at < html.Length)
            reader.Next();
        reader.EndWords();
        return reader.open[0];
    }

    void Next()
    {
        var tag = html.IndexOf('<', at);
        words.Append(html, at, (tag < 0 ? html.Length : tag) - at);
        at = tag < 0 ? html.Length : tag;
        if (at == html.Length)
            return;
        if (html.AsSpan(at).StartsWith("<!--"))
            Skip("-->");
        else if (at + 1 < html.Length && html[at + 1] is '!' or '?')
            Skip(">");
        else if (at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] == '/'))
            ReadTag();
        else
            words.Append(html[at++]);
    }

    void Skip(string until)
    {
        var end = html.IndexOf(until, at, StringComparison.Ordinal);
        at = end < 0 ? html.Length : end + until.Length;
    }

    void ReadTag()
    {
        var closing = html[at + 1] == '/';
        var start = at + (closing ? 2 : 1);
        var end = start;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is ':' or '-'))
            end++;
        var name = html[start..Math.Min(end, start + 20)].ToLowerInvariant();
        at = end;
        var (href, style) = ReadAttributes();
        if (closing)
        {
            if (Known(name) is { } closed)
                Close(closed);
        }
        else if (Silent.Contains(name))
            SkipTo(name);
        else if (name == "br")
            Add(new("br"));
        else if (name is "img" or "hr" or "meta" or "link" or "input" or "col" or "wbr" or "base" or "area" or "source")
            words.Append(name == "hr" ? " " : "");
        else if (Known(name) is { } known)
            Open(new(known, href: href, bold: IsBold(known, style)));
    }

    /// <summary>What it is to us; null for what is only a wrapping round words.</summary>
    static string? Known(string name) =>
        name switch
        {
            "th" => "td",
            "strong" or "b" => "b",
            "em" or "i" => "i",
            "a" => "a",
            "span" => "span",
            _ when Blocks.Contains(name) => name,
            _ when Likewise.Contains(name) => "div",
            _ => null,
        };

    /// <summary>Some programs wrap all in a b that is not bold, and write bold words in a span.</summary>
    static bool IsBold(string name, string? style) =>
        name switch
        {
            "b" => style?.Contains("font-weight:normal", StringComparison.OrdinalIgnoreCase) != true,
            "span" => style?.Contains("font-weight:700", StringComparison.OrdinalIgnoreCase) == true
                || style?.Contains("font-weight:bold", StringComparison.OrdinalIgnoreCase) == true,
            _ => false,
        };

    (string? Href, string? Style) ReadAttributes()
    {
        string? href = null,
            style = null;
        while (at < html.Length && html[at] != '>')
        {
            if (char.IsWhiteSpace(html[at]) || html[at] is '/' or '"' or '\'')
            {
                at++;
                continue;
            }
            var start = at;
            while (at < html.Length && html[at] is not ('=' or '>' or '/') && !char.IsWhiteSpace(html[at]))
                at++;
            var name = html.AsSpan(start, at - start);
            var value = ReadValue();
            if (name.Equals("href", StringComparison.OrdinalIgnoreCase))
                href ??= value;
            else if (name.Equals("style", StringComparison.OrdinalIgnoreCase))
                style ??= value.Replace(" ", "", StringComparison.Ordinal);
            if (at == start)
                at++;
        }
        at = Math.Min(html.Length, at + 1);
        return (href is null ? null : WebUtility.HtmlDecode(href).Trim(), style);
    }

    string ReadValue()
    {
        while (at < html.Length && char.IsWhiteSpace(html[at]))
            at++;
        if (at >= html.Length || html[at] != '=')
            return "";
        at++;
        while (at < html.Length && char.IsWhiteSpace(html[at]))
            at++;
        if (at >= html.Length)
            return "";
        var start = at;
        if (html[at] is '"' or '\'')
        {
            var end = html.IndexOf(html[at], at + 1);
            at = end < 0 ? html.Length : end + 1;
            return html[(start + 1)..Math.Max(start + 1, end < 0 ? at : end)];
        }
        while (at < html.Length && html[at] != '>' && !char.IsWhiteSpace(html[at]))
            at++;
        return html[start..at];
    }

    /// <summary>What is never shown ends where its name is closed, whatever stands in it; where it is not closed, with the text.</summary>
    void SkipTo(string name)
    {
        var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        at = end < 0 ? html.Length : end;
        if (at < html.Length)
            Skip(">");
    }

    void Open(PastedNode node)
    {
        EndWords();
        // Nobody closes these in older pages.
        if (tooDeep == 0 && node.Name is ("p" or "li" or "tr" or "td" or ['h', >= '1' and <= '6']) && IsOpenHere("p"))
            Close("p");
        if (tooDeep == 0 && node.Name is ("tr" or "td") && IsOpenHere("td"))
            Close("td");
        if (tooDeep == 0 && node.Name is ("li" or "tr") && IsOpenHere(node.Name))
            Close(node.Name);
        if (open.Count > MaxDepth)
        {
            tooDeep++;
            return;
        }
        Add(node);
        open.Add(node);
    }

    /// <summary>Whether such an element is open, with no list or table begun inside it.</summary>
    bool IsOpenHere(string name)
    {
        for (var i = open.Count - 1; i > 0; i--)
        {
            if (open[i].Name == name)
                return true;
            if (open[i].Name is "table" || (name is ("li" or "p") && open[i].Name is ("ul" or "ol" or "td" or "blockquote")))
                return false;
        }
        return false;
    }

    void Close(string name)
    {
        EndWords();
        if (tooDeep > 0)
        {
            tooDeep--;
            return;
        }
        var i = open.FindLastIndex(n => n.Name == name);
        if (i > 0)
            open.RemoveRange(i, open.Count - i);
    }

    void Add(PastedNode node)
    {
        EndWords();
        open[^1].Children.Add(node);
        if (!Blocks.Contains(node.Name))
            return;
        for (var i = open.Count - 1; i >= 0 && !open[i].HoldsBlock; i--)
            open[i].HoldsBlock = true;
    }

    void EndWords()
    {
        if (words.Length == 0)
            return;
        open[^1].Children.Add(new("", WebUtility.HtmlDecode(words.ToString())));
        words.Clear();
    }

    public static bool IsBlock(PastedNode node) => node.HoldsBlock || Blocks.Contains(node.Name);
}
