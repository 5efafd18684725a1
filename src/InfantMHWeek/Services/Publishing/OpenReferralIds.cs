using System.Security.Cryptography;
using System.Text;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Services.Publishing;

/// <summary>Ids of what has none of its own here: the same at every answer.</summary>
static class OpenReferralIds
{
    /// <summary>Begins like the service's own id, so that the service is found by it.</summary>
    public static Guid Of(PublicService service, ServicePlace place)
    {
        var (bytes, own) = (service.Id.ToByteArray(bigEndian: true), Named($"{service.Id} at {place.Id}").ToByteArray(bigEndian: true));
        own.AsSpan(8).CopyTo(bytes.AsSpan(8));
        return new(bytes, bigEndian: true);
    }

    /// <summary>Between which ids the service of a place is.</summary>
    public static (Guid Least, Guid Most) ServicesOf(Guid atLocation)
    {
        var (least, most) = (atLocation.ToByteArray(bigEndian: true), atLocation.ToByteArray(bigEndian: true));
        least.AsSpan(8).Clear();
        most.AsSpan(8).Fill(byte.MaxValue);
        return (new(least, bigEndian: true), new(most, bigEndian: true));
    }

    /// <summary>The same id for the same name, at every answer and on every machine (RFC 9562, version 8).</summary>
    public static Guid Named(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("InfantMHWeek " + name))[..16];
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x80), (byte)(bytes[8] & 0x3F | 0x80));
        return new(bytes, bigEndian: true);
    }
}
