using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Mail;

namespace InfantMHWeek.Campaign;

/// <summary>
/// The wording of mails, from <c>content/emails</c>. Where one is missing there or broken, the one that came with the
/// program is sent: nobody waits in vain because a file was removed.
/// </summary>
sealed class EmailWordings(PageLibrary library, ILogger<EmailWordings> log) : IMailWordings
{
    public MailWording Find(string kind)
    {
        if (library.Emails.TryGetValue(kind, out var page))
            return Of(page);
        var name = $"emails/{kind}.md";
        using var file = typeof(EmailWordings).Assembly.GetManifestResourceStream(name)
            ?? throw new KeyNotFoundException($"There is no wording content/{name}.");
        log.LogWarning("There is no good wording content/{Name}: the one that came with the program is sent", name);
        using var text = new StreamReader(file);
        return Of(PageReader.Read(LibraryContents.FileOf(name, text.ReadToEnd()), name).Page!);
    }

    public IReadOnlyList<(string Kind, MailWording Wording)> Starting(string kinds) =>
        [
            .. library
                .Emails.Where(e => e.Key.StartsWith(kinds, StringComparison.Ordinal))
                .OrderBy(e => e.Key, StringComparer.Ordinal)
                .Select(e => (e.Key, Of(e.Value))),
        ];

    /// <summary>A mail ends with who sent it, as soon as somebody has said so.</summary>
    MailWording Of(Page page) =>
        new(
            page.Title,
            library.Current.Site.Organisation is { } charity ? $"{page.Markdown.TrimEnd()}\n\n{Plain(charity)}\n" : page.Markdown
        );

    /// <summary>Without what would be a placeholder or a sign of Markdown.</summary>
    static string Plain(Organisation charity) =>
        string.Concat(charity.InOneLine.Where(c => c is not ('{' or '}' or '*' or '_' or '[' or ']' or '<' or '>' or '`' or '#')));
}
