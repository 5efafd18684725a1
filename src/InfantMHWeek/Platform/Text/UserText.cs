using System.Globalization;
using System.Text;

namespace InfantMHWeek.Platform.Text;

/// <summary>What strangers typed, made plain: no character that nobody can see, and no address that is none.</summary>
static class UserText
{
    public const int MaxLink = 300;

    /// <summary>Plain text; line breaks stay.</summary>
    public static string Clean(string? typed)
    {
        var text = new StringBuilder();
        foreach (var rune in (typed ?? "").ReplaceLineEndings("\n").Trim().EnumerateRunes())
            if (
                rune.Value == '\n'
                || Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    )
            )
                text.Append(rune.ToString());
        return text.ToString();
    }

    /// <summary>A second wall behind <see cref="TryLink"/>: whatever came into the store, only an address on the web is followed.</summary>
    /// <returns>Null, and then nothing is a link.</returns>
    public static string? Href(string? link) =>
        link is not null && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? link : null;

    /// <summary>An address on the web; <c>example.org</c> is taken for <c>https://example.org</c>.</summary>
    public static bool TryLink(string typed, out string link)
    {
        var text = typed.Contains(':', StringComparison.Ordinal) ? typed : "https://" + typed;
        var fine =
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
            && address.Host.Contains('.', StringComparison.Ordinal)
            && address.UserInfo.Length == 0
            && address.AbsoluteUri.Length <= MaxLink;
        link = fine ? address!.AbsoluteUri : text;
        return fine;
    }
}
