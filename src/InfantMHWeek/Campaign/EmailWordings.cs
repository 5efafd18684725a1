using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Mail;

namespace InfantMHWeek.Campaign;

/// <summary>The wording of mails, from <c>content/emails</c>.</summary>
public sealed class EmailWordings(PageLibrary library) : IMailWordings
{
    public MailWording Find(string kind) =>
        library.Emails.TryGetValue(kind, out var page) ? new(page.Title, page.Markdown) : throw new KeyNotFoundException($"There is no good wording content/emails/{kind}.md.");

    public IReadOnlyList<(string Kind, MailWording Wording)> Starting(string kinds) =>
        [.. library.Emails.Where(e => e.Key.StartsWith(kinds, StringComparison.Ordinal)).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, new MailWording(e.Value.Title, e.Value.Markdown)))];
}
