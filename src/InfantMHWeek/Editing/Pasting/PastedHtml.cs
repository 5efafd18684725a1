using System.Net;

namespace InfantMHWeek.Editing.Pasting;

/// <summary>
/// Reads HTML from a clipboard in one pass over its characters, whatever stands in it: only what our pages have is kept, and
/// never more than a few levels, so that no paste can take the time or the stack of the site.
/// </summary>
sealed class PastedHtml
{
    readonly string html;
    readonly PastedTree tree = new();
    int at;

    PastedHtml(string html) => this.html = html;

    public static PastedNode Read(string html)
    {
        var reader = new PastedHtml(html);
        while (reader.at < html.Length)
            reader.Next();
        reader.tree.EndWords();
        return reader.tree.Root;
    }

    void Next()
    {
        var tag = html.IndexOf('<', at);
        tree.AddWords(html.AsSpan(at, (tag < 0 ? html.Length : tag) - at));
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
            tree.AddWords(html.AsSpan(at++, 1));
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
            if (PastedElements.Known(name) is { } closed)
                tree.Close(closed);
        }
        else if (PastedElements.IsSilent(name))
            SkipTo(name);
        else if (name == "br")
            tree.Add(new("br"));
        else if (name is "img" or "hr" or "meta" or "link" or "input" or "col" or "wbr" or "base" or "area" or "source")
            tree.AddWords(name == "hr" ? " " : "");
        else if (PastedElements.Known(name) is { } known)
            tree.Open(new(known, href: href, bold: PastedElements.IsBold(known, style)));
    }

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
}
