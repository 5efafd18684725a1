using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MimeKit;

namespace InfantMHWeek.Platform;

/// <summary>
/// One address that mail can be sent to, as its owner typed it, without spaces around it. Two that differ by capital
/// letters only are the same.
/// </summary>
public sealed record EmailAddress : IParsable<EmailAddress>
{
    /// <summary>RFC 5321, section 4.5.3.1.3: a path has 256 characters, two of them angle brackets.</summary>
    public const int MaxLength = 254;

    static readonly SearchValues<char> NeverIn = SearchValues.Create("<>()[],;:\\\" ");

    EmailAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>For comparing: the same for the same mailbox.</summary>
    public string Key => Text.ToLowerInvariant();

    public bool Equals(EmailAddress? other) => other is not null && other.Key == Key;
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
    public override string ToString() => Text;

    public static EmailAddress Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var address) ? address : throw new FormatException("Not an e-mail address.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out EmailAddress? result)
    {
        result = null;
        var text = s?.Trim() ?? "";
        if (text.Length is 0 or > MaxLength || text.Any(char.IsControl) || text.AsSpan().ContainsAny(NeverIn)) return false;
        if (!MailboxAddress.TryParse(text, out var mailbox) || mailbox.Address != text || mailbox.Domain is not { } domain || !domain.Contains('.', StringComparison.Ordinal) || domain.EndsWith('.')) return false;
        result = new(text);
        return true;
    }

    internal sealed class Converter() : ValueConverter<EmailAddress, string>(address => address.Text, text => new EmailAddress(text));
}
