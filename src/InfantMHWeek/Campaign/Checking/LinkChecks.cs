using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Do links lead somewhere, say where, and do pictures exist and speak?</summary>
static class LinkChecks
{
    static readonly string[] Vague =
    [
        "click here",
        "here",
        "click",
        "this",
        "link",
        "this link",
        "this page",
        "read more",
        "more",
        "learn more",
        "find out more",
        "see more",
        "go",
    ];
    static readonly Uri Anywhere = new("http://site.invalid/");

    public static void Run(CheckedPage page, CheckedSite site)
    {
        foreach (var link in page.Document.Descendants<LinkInline>())
        {
            if (page.Faults.Full)
                return;
            var address = LinkSanitizing.AddressOf(link) ?? "";
            if (!LinkSanitizing.Allows(address))
            {
                page.Say(
                    DiagnosticKinds.RefusedLink,
                    link,
                    $"\"{address}\" is not an address this site links to.",
                    "Use https://, mailto:, tel: or a path of this site."
                );
                continue;
            }
            // What the program fills in is a whole address.
            if (page.Page.Kind == PageKind.Email && address.StartsWith('{'))
                continue;
            if (link.IsImage)
                CheckPicture(link, address, page, site);
            else
                CheckLink(link, address, page, site);
        }
        foreach (var path in page.Page.Related.Where(p => !site.Answers(p)))
            page.SayOfFact(DiagnosticKinds.NamesNothing, "related", $"There is no page at \"{path}\".", Suggest(path, site));
    }

    static void CheckLink(LinkInline link, string address, CheckedPage page, CheckedSite site)
    {
        var words = PlainText.Of(link);
        if (words.Length == 0 && !link.Descendants<LinkInline>().Any(l => l.IsImage && PlainText.Of(l).Length > 0))
            page.Say(DiagnosticKinds.EmptyLink, link, "This link has no words.", "Say between the square brackets where it leads.");
        else if (Vague.Contains(words.Trim(' ', '.', '!', '>', '…').ToLowerInvariant()))
            page.Say(
                DiagnosticKinds.VagueLink,
                link,
                $"\"{words}\" does not say where the link leads.",
                "Many readers hear links one by one: write the name of what is behind it."
            );

        if (!Uri.TryCreate(new Uri(Anywhere, page.Page.Path), address, out var target) || target.Host != Anywhere.Host)
            return;
        var path = Uri.UnescapeDataString(target.AbsolutePath);
        var anchor = Uri.UnescapeDataString(target.Fragment.TrimStart('#'));
        if (path.StartsWith("/media/", StringComparison.Ordinal) || path.EndsWith(".csv", StringComparison.Ordinal))
            return;
        if (ProgramPages.Drawings.Contains(path, StringComparer.Ordinal))
            return;
        if (site.Registers.Redirects.TryGetValue(path, out var moved) && !site.HasPage(path))
            page.Say(DiagnosticKinds.MovedLink, link, $"\"{path}\" has moved.", $"Write: {moved}");
        else if (!site.Answers(path))
            page.Say(DiagnosticKinds.BrokenLink, link, $"There is no page at \"{path}\".", Suggest(path, site));
        else if (anchor.Length > 0 && site.AnchorsOf(path) is { } there && !there.Contains(anchor))
            page.Say(
                DiagnosticKinds.BrokenAnchor,
                link,
                $"The page {path} has no heading \"#{anchor}\".",
                ClosestMatch.To(anchor, there) is { } near
                    ? $"Did you mean \"#{near}\"?"
                    : "Headings become lower-case words joined by hyphens."
            );
    }

    static string Suggest(string path, CheckedSite site) =>
        site.Nearest(path) is { } near ? $"Did you mean \"{near}\"?" : "Check the path, or make the page first.";

    static void CheckPicture(LinkInline picture, string address, CheckedPage page, CheckedSite site)
    {
        if (PlainText.Of(picture).Length == 0 && !PageRenderer.IsDecorative(picture))
            page.Say(
                DiagnosticKinds.NoAlternative,
                picture,
                "This picture says nothing to people who cannot see it.",
                "Describe it between the square brackets, or write ![](address \"decorative\")."
            );
        if (!address.StartsWith("/media/", StringComparison.Ordinal))
            page.Say(
                DiagnosticKinds.MissingPicture,
                picture,
                $"\"{address}\" is not a picture of this site.",
                "Put the picture into content/media and write /media/name.png."
            );
        else if (MediaFiles.Find(site.Root, address["/media/".Length..]) is null)
            page.Say(
                DiagnosticKinds.MissingPicture,
                picture,
                $"There is no picture \"{address}\" in the media folder.",
                "Check its name; png, jpg, webp, avif and gif are shown."
            );
    }
}
