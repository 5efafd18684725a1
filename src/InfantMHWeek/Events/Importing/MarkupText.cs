using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace InfantMHWeek.Events.Importing;

/// <summary>What many calendars write as HTML, as plain text.</summary>
static partial class MarkupText
{
    const string Blocks = "p,div,li,tr,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote";

    public static string Plain(string text)
    {
        if (!Markup().IsMatch(text))
            return text;
        using var page = new HtmlParser().ParseDocument(text);
        foreach (var none in page.QuerySelectorAll("script,style,head,title"))
            none.Remove();
        foreach (var line in page.QuerySelectorAll("br"))
            line.Replace(page.CreateTextNode("\n"));
        foreach (var block in page.QuerySelectorAll(Blocks))
            block.AppendChild(page.CreateTextNode("\n"));
        var plain = (page.Body?.TextContent ?? "").Replace('\u00a0', ' ');
        return Empty().Replace(plain, "\n\n").Trim();
    }

    [GeneratedRegex(
        "</?[a-zA-Z][a-zA-Z0-9]*[ />]|&(nbsp|amp|lt|gt|quot|#[0-9]{1,5}|[lr]squo|[lr]dquo|[mn]dash|pound);",
        RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex Markup();

    [GeneratedRegex(@"[ \t]*\n([ \t]*\n)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Empty();
}
