using System.Security.Cryptography;
using System.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Short names for exact bytes: 128 bits of SHA-256, enough that two texts never share one.</summary>
static class ContentHash
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>Of a text as it stands in a file: UTF-8, with its mark where it has one.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text).AsSpan());

    public static string Combine(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
