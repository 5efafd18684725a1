using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Forms;

/// <summary>Where a visitor comes from, as far as it is used to count attempts: a household or an office.</summary>
static class Network
{
    /// <returns>One IPv4 address, or the 64 bits that an IPv6 customer has.</returns>
    public static string Of(IPAddress? from) =>
        from switch
        {
            null => "here",
            { IsIPv4MappedToIPv6: true } => from.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
            _ => from.ToString(),
        };
}
