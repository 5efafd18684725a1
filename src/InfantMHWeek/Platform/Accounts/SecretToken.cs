using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Something that only its holder knows: 256 random bits for an address. The store keeps its hash, so a copy of the store opens nothing.</summary>
public static class Secret
{
    public const int HashLength = 64;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
