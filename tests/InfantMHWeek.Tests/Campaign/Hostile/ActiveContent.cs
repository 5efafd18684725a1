using System.Text;
using AngleSharp.Dom;

namespace InfantMHWeek.Tests.Campaign.Hostile;

/// <summary>
/// Finds what a browser would run, fetch from elsewhere or obey in HTML that should only be read. It knows nothing of the
/// site's own walls: addresses are read as the WHATWG URL standard says browsers read them.
/// </summary>
public static class ActiveContent
{
    static readonly string[] Elements =
    [
        "script",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "meta",
        "link",
        "style",
        "form",
        "input",
        "button",
        "textarea",
        "select",
        "isindex",
        "video",
        "audio",
        "source",
        "track",
        "picture",
        "math",
        "foreignobject",
        "use",
        "animate",
        "animatemotion",
        "animatetransform",
        "set",
        "image",
        "template",
        "slot",
        "portal",
        "marquee",
        "noscript",
        "xmp",
        "plaintext",
        "details",
        "dialog",
    ];
    static readonly string[] Fetching = ["src", "srcset", "poster", "background", "data", "lowsrc", "dynsrc", "manifest", "ping"];
    static readonly string[] Leading = ["href", "xlink:href", "action", "formaction", "cite", "longdesc", "to", "from", "values"];
    static readonly string[] Harmless = ["http", "https", "mailto", "tel", "sms"];
    static readonly Url Here = new("https://week.example/page");

    /// <param name="isLayout">Elements that the site itself wrote around the text.</param>
    public static IEnumerable<string> In(IParentNode document, Func<IElement, bool>? isLayout = null)
    {
        foreach (var element in document.QuerySelectorAll("*"))
        {
            if (Elements.Contains(element.LocalName.ToLowerInvariant(), StringComparer.Ordinal) && isLayout?.Invoke(element) != true)
                yield return $"<{element.LocalName}>";
            foreach (var attribute in element.Attributes)
                if (Judge(attribute.Name.ToLowerInvariant(), attribute.Value) is { } why && isLayout?.Invoke(element) != true)
                    yield return $"<{element.LocalName} {attribute.Name}=\"{attribute.Value}\">: {why}";
        }
    }

    static string? Judge(string name, string value) =>
        name switch
        {
            _ when name.StartsWith("on", StringComparison.Ordinal) => "a handler",
            "style" or "srcdoc" or "http-equiv" or "nonce" or "is" => "an attribute that acts",
            _ when Leading.Contains(name, StringComparer.Ordinal) && !Harmless.Contains(SchemeOf(value), StringComparer.Ordinal) =>
                "a scheme that runs",
            _ when Fetching.Contains(name, StringComparer.Ordinal)
                    && (!Harmless.Contains(SchemeOf(value), StringComparer.Ordinal) || HostOf(value) != Here.Host) =>
                "fetched from elsewhere",
            _ => null,
        };

    /// <summary>The scheme a browser sees: control characters and spaces at the ends, tabs and line ends anywhere do not hide it.</summary>
    static string SchemeOf(string address)
    {
        var seen = Seen(address);
        var scheme = new StringBuilder();
        foreach (var letter in seen)
        {
            if (letter == ':' && scheme.Length > 0)
                return scheme.ToString().ToLowerInvariant();
            if (!(char.IsAsciiLetter(letter) || (scheme.Length > 0 && (char.IsAsciiDigit(letter) || letter is '+' or '-' or '.'))))
                break;
            scheme.Append(letter);
        }
        return "https";
    }

    static string HostOf(string address) => new Url(Here, Seen(address)).Host;

    static string Seen(string address)
    {
        var (start, end) = (0, address.Length);
        while (start < end && address[start] <= ' ')
            start++;
        while (end > start && address[end - 1] <= ' ')
            end--;
        return string.Concat(address[start..end].Where(c => c is not ('\t' or '\n' or '\r')));
    }
}
