using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Feeds;

/// <summary>Which addresses are of the world outside: not of this machine, its network or a tunnel into one.</summary>
static class OuterAddresses
{
    static readonly IPNetwork[] Inner =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    static readonly IPNetwork World = IPNetwork.Parse("2000::/3");

    // These hold an address of the older kind, which may be an inner one, or are none of the world's.
    static readonly IPNetwork[] Wrapped = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Inner, n => n.Contains(address))
            : World.Contains(address) && !Array.Exists(Wrapped, n => n.Contains(address));
    }
}
