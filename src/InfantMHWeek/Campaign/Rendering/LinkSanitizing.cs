using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>
/// The first wall: takes every link and picture out of the syntax tree whose address is not relative, http, https,
/// mailto, tel or sms. Turning raw HTML off does not do that: <c>[x](javascript:…)</c> is ordinary Markdown.
/// </summary>
static class LinkSanitizing
{
    static readonly string[] Schemes = ["https", "http", "mailto", "tel", "sms"];

    /// <summary>
    /// Whether an address may stand in a page. Judges what a browser would make of it: control characters and spaces do not hide a
    /// scheme.
    /// </summary>
    public static bool Allows(string? address)
    {
        if (string.IsNullOrEmpty(address))
            return true;
        if (address.AsSpan().ContainsAnyInRange('\0', ' ') || address.Contains('\\', StringComparison.Ordinal))
            return false;
        if (address.StartsWith("//", StringComparison.Ordinal))
            return false;
        var end = address.AsSpan().IndexOfAny("/?#");
        var head = end < 0 ? address : address[..end];
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || Schemes.Contains(head[..colon].ToLowerInvariant());
    }

    /// <summary>Whether a picture may be shown: only our own, because fetching one from elsewhere tells elsewhere who reads what.</summary>
    public static bool AllowsPicture(string? address) => string.IsNullOrEmpty(address) || (Allows(address) && address.StartsWith('/'));

    internal static void Apply(MarkdownDocument document)
    {
        foreach (
            var link in document
                .Descendants<LinkInline>()
                .Where(l => !(l.IsImage ? AllowsPicture(AddressOf(l)) : Allows(AddressOf(l))))
                .ToList()
        )
            link.ReplaceBy(new LiteralInline(PlainText.Of(link)), copyChildren: false);
        foreach (var address in document.Descendants<AutolinkInline>().Where(a => !a.IsEmail && !Allows(a.Url)).ToList())
            address.ReplaceBy(new LiteralInline(address.Url));
    }

    internal static string? AddressOf(LinkInline link) => link.GetDynamicUrl?.Invoke() ?? link.Url;
}
