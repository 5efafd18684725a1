namespace InfantMHWeek.Editing.Pasting;

/// <summary>What the elements of HTML are to us.</summary>
static class PastedElements
{
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

    /// <summary>What it is to us; null for what is only a wrapping round words.</summary>
    public static string? Known(string name) =>
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
    public static bool IsBold(string name, string? style) =>
        name switch
        {
            "b" => style?.Contains("font-weight:normal", StringComparison.OrdinalIgnoreCase) != true,
            "span" => style?.Contains("font-weight:700", StringComparison.OrdinalIgnoreCase) == true
                || style?.Contains("font-weight:bold", StringComparison.OrdinalIgnoreCase) == true,
            _ => false,
        };

    public static bool IsBlock(PastedNode node) => node.HoldsBlock || IsBlock(node.Name);

    public static bool IsSilent(string name) => Silent.Contains(name);

    public static bool IsBlock(string name) => Blocks.Contains(name);
}
