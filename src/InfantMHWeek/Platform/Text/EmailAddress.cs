using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MimeKit;

namespace InfantMHWeek.Platform.Text;

/// <summary>
/// One address that mail can be sent to, as its owner typed it, without spaces around it and in Unicode's composed form. Two
/// that differ by capital letters only are the same, and so is a domain in its own letters and in its <c>xn--</c> form.
/// </summary>
sealed record EmailAddress : IParsable<EmailAddress>
{
    /// <summary>RFC 5321, section 4.5.3.1.3: a path has 256 characters, two of them angle brackets.</summary>
    public const int MaxLength = 254;

    static readonly SearchValues<char> NeverIn = SearchValues.Create("<>()[],;:\\\" ");
    static readonly IdnMapping Domains = new() { UseStd3AsciiRules = true };

    EmailAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>For comparing: the same for the same mailbox.</summary>
    public string Key
    {
        get
        {
            var at = Text.LastIndexOf('@');
            return Ascii.IsValid(Text) || at < 0 || !TryAscii(Text[(at + 1)..], out var domain)
                ? Text.ToLowerInvariant()
                : Text[..(at + 1)].ToLowerInvariant() + domain.ToLowerInvariant();
        }
    }

    public bool Equals(EmailAddress? other) => other is not null && other.Key == Key;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    public override string ToString() => Text;

    public static EmailAddress Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException("Not an e-mail address.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out EmailAddress? result)
    {
        result = null;
        if (s is null || s.Length > 2 * MaxLength || s.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return false;
        var text = s.Trim().Normalize();
        var at = text.LastIndexOf('@');
        if (at < 1 || text.Length > MaxLength || !text.All(CanBeSeen) || text.AsSpan().ContainsAny(NeverIn))
            return false;
        // Letters that only look like others' are written out, so that the domain is checked as the mail server will see it.
        if (
            !TryAscii(text[(at + 1)..], out var domain)
            || at + 1 + domain.Length > MaxLength
            || !domain.Contains('.', StringComparison.Ordinal)
            || domain.EndsWith('.')
        )
            return false;
        if (!MailboxAddress.TryParse(text[..(at + 1)] + domain, out var mailbox) || mailbox.LocalPart != text[..at])
            return false;
        result = new(text);
        return true;
    }

    /// <summary>
    /// Whether a reader sees it: no control, no mark for the direction of writing, nothing of no width, no space, nothing that stands
    /// for no character.
    /// </summary>
    static bool CanBeSeen(char c) =>
        char.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate
            )
        && c
            is not ('\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u2800' or '\u3164' or '\uFFA0' or '\uFFFC' or '\uFFFD')
                and not (>= '\u180B' and <= '\u180F')
                and not (>= '\uFE00' and <= '\uFE0F');

    /// <param name="domain">In its own letters or with <c>xn--</c>.</param>
    static bool TryAscii(string domain, [NotNullWhen(true)] out string? ascii)
    {
        try
        {
            ascii = Domains.GetAscii(domain);
            // An "xn--" that stands for nothing, or for what nobody can see, is no domain.
            return Domains.GetUnicode(ascii).All(CanBeSeen);
        }
        catch (ArgumentException)
        {
            ascii = null;
            return false;
        }
    }

    internal sealed class Converter() : ValueConverter<EmailAddress, string>(address => address.Text, text => new EmailAddress(text));
}
