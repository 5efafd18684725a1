using System.Security.Cryptography;
using System.Text;

namespace InfantMHWeek.Platform.Text;

/// <summary>The SHA-256 hash of a text, in small hexadecimal digits.</summary>
static class TextHash
{
    public const int Length = 64;

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
