using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InfantMHWeek.Tests.Staff;

/// <summary>A device that keeps one passkey: makes it, and signs with it, as WebAuthn says.</summary>
sealed class TestPasskey : IDisposable
{
    const string Host = "week.example";
    const byte Present = 1,
        Verified = 4,
        HasKey = 64;
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    string holder = "";

    public string Id => Base64Url.EncodeToString(id);

    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        holder = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(Present | Verified | HasKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation =
        [
            0xa3,
            0x63,
            .. "fmt"u8,
            0x64,
            .. "none"u8,
            0x67,
            .. "attStmt"u8,
            0xa0,
            0x68,
            .. "authData"u8,
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Credential(Client(asked, "webauthn.create"), ("attestationObject", Base64Url.EncodeToString(attestation)));
    }

    /// <param name="forged">Signed with another key.</param>
    public string Sign(string options, bool forged = false)
    {
        using var asked = JsonDocument.Parse(options);
        var (client, data) = (Client(asked, "webauthn.get"), Data(Present | Verified));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = (forged ? other : key).SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            client,
            ("authenticatorData", Base64Url.EncodeToString(data)),
            ("signature", Base64Url.EncodeToString(signature)),
            ("userHandle", holder)
        );
    }

    /// <summary>It does not count its uses, as those that are kept in a cloud do not.</summary>
    static byte[] Data(byte flags) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(Host)), flags, 0, 0, 0, 0];

    static byte[] Client(JsonDocument asked, string type) =>
        Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(
                new
                {
                    type,
                    challenge = asked.RootElement.GetProperty("challenge").GetString(),
                    origin = "https://" + Host,
                    crossOrigin = false,
                }
            )
        );

    string Credential(byte[] client, params (string Name, string Value)[] response) =>
        JsonSerializer.Serialize(
            new
            {
                id = Id,
                rawId = Id,
                type = "public-key",
                clientExtensionResults = new { },
                authenticatorAttachment = "platform",
                response = response
                    .Append(("clientDataJSON", Base64Url.EncodeToString(client)))
                    .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal),
            }
        );

    public void Dispose() => key.Dispose();
}
