using System.Net.Sockets;

namespace InfantMHWeek.Platform;

public static class VisitorNetwork
{
    /// <summary>A household, an office or a phone company: one IPv4 address, or the 64 bits that an IPv6 customer has.</summary>
    public static string Network(this HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "here",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } six => Convert.ToHexString(six.GetAddressBytes().AsSpan(0, 8)),
        var four => four.ToString(),
    };
}
