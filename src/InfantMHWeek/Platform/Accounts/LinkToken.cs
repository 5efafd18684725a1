using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// The secret in a link that acts for a person: 192 random bits in 32 characters. It is mailed and then forgotten; only
/// its hash is stored. Exactly one text gives a hash: another case, a missing character or an extra one is another token.
/// </summary>
public static class LinkToken
{
    public const int Length = 32, HashLength = 64;
    const int Bytes = 24;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    /// <returns>False for anything that never was a token.</returns>
    public static bool TryHash(string? token, [NotNullWhen(true)] out string? hash)
    {
        hash = token is { Length: Length } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? HashOf(token) : null;
        return hash is not null;
    }
}
