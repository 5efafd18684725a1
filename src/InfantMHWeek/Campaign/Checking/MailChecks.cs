using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Does the wording of a mail say what it must, and nothing that the program cannot fill in or a mail cannot show?</summary>
static partial class MailChecks
{
    public static void Run(CheckedPage page)
    {
        var name = page.Page.Path["/emails/".Length..];
        var kind = MailKinds.Find(name);
        if (kind is null)
            page.SayOfFact(
                DiagnosticKinds.UnknownMail,
                "subject",
                $"The site sends no mail \"{name}\", so nobody will read this.",
                ClosestMatch.To(name, MailKinds.All.Select(k => k.Name)) is { } near ? $"Did you mean {near}.md?" : "Take the file away."
            );
        CheckPlaceholders(page, kind);
        foreach (var link in page.Document.Descendants<LinkInline>())
        {
            var address = LinkSanitizing.AddressOf(link) ?? "";
            if (link.IsImage)
                page.Say(DiagnosticKinds.NotInMails, link, "A mail shows no pictures.", "Say it in words.");
            else if (address.StartsWith('/') || address.StartsWith('#'))
                page.Say(
                    DiagnosticKinds.NotInMails,
                    link,
                    $"\"{address}\" leads nowhere from a mail.",
                    "Write the whole address, which begins with https://."
                );
        }
        foreach (var block in page.Document.Descendants<Block>())
            if (block is CustomContainer or Table)
                page.Say(DiagnosticKinds.NotInMails, block, "A mail shows no boxes and no tables.", "Say it in plain paragraphs.");
    }

    static void CheckPlaceholders(CheckedPage page, MailKind? kind)
    {
        if (Braces().Match(page.Page.Title) is { Success: true } inSubject)
            page.SayOfFact(
                DiagnosticKinds.UnknownPlaceholder,
                "subject",
                $"{inSubject.Value} cannot stand in a subject.",
                "Keep it neutral and the same for everybody: it may be read over a shoulder."
            );
        var said = new HashSet<string>(StringComparer.Ordinal);
        for (var line = 0; line < page.LineCount; line++)
            foreach (Match found in Braces().Matches(page.LineText(line)))
            {
                var name = found.Value[1..^1];
                said.Add(name);
                if (kind is null || kind.Fills.Contains(name, StringComparer.Ordinal))
                    continue;
                page.Say(
                    DiagnosticKinds.UnknownPlaceholder,
                    line,
                    found.Index,
                    found.Value,
                    $"{found.Value} is not filled in by the site: readers would see it as it stands.",
                    Suggest(name, kind)
                );
            }
        foreach (var missing in kind?.Required.Where(r => !said.Contains(r)) ?? [])
            page.Say(
                DiagnosticKinds.MissingPlaceholder,
                0,
                0,
                "",
                $"This mail does not say {{{missing}}}, and without it, it is of no use.",
                $"Write {{{missing}}} where it belongs, on a line of its own if it is an address."
            );
    }

    static string Suggest(string name, MailKind kind) =>
        ClosestMatch.To(name.Trim().ToLowerInvariant(), kind.Fills) is { } near ? $"Did you mean {{{near}}}?"
        : kind.Fills.Count > 0 ? "Known in this mail: " + string.Join(", ", kind.Fills.Select(f => $"{{{f}}}")) + "."
        : "This text has nothing that is filled in: take it out.";

    [GeneratedRegex(@"\{[^{}\r\n]{0,60}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Braces();
}
