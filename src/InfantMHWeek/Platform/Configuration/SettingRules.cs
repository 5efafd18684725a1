using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>The start of every address of the site: scheme, host and perhaps a port, and nothing after them.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class BaseAddressAttribute : ValidationAttribute
{
    public BaseAddressAttribute() => ErrorMessage = "the site's whole address without a path, such as https://www.example.org";

    public override bool IsValid(object? value) =>
        value is Uri { PathAndQuery: "/", Fragment: "", HostNameType: not UriHostNameType.Unknown } address && address.Host.Length > 0;
}

/// <summary>A host's name or address, without a scheme or a port.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class HostNameAttribute : ValidationAttribute
{
    public HostNameAttribute() => ErrorMessage = "the name of a host, such as mail.example.org";

    public override bool IsValid(object? value) => value is string name && Uri.CheckHostName(name) != UriHostNameType.Unknown;
}

/// <summary>A path that the operating system can hold; whether there is something is asked elsewhere.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class PathAttribute : ValidationAttribute
{
    const int LongestName = 255,
        LongestPath = 4000;

    public PathAttribute() => ErrorMessage = "the path of a folder";

    public override bool IsValid(object? value) =>
        value is string { Length: <= LongestPath } path
        && !path.Any(char.IsControl)
        && path.Split('/').All(p => System.Text.Encoding.UTF8.GetByteCount(p) <= LongestName);
}

/// <summary>A place that the internet does not lead to: this machine, or a network of RFC 1918, 4193, 6598 or link-local.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class InternalPlaceAttribute : ValidationAttribute
{
    public InternalPlaceAttribute() =>
        ErrorMessage = "one internal address of this machine and a port, such as 127.0.0.1:9464. The public must not reach it";

    public override bool IsValid(object? value) => value is IPEndPoint place && IsInternal(place.Address);

    static bool IsInternal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            10 => true,
            100 => bytes[1] is >= 64 and < 128,
            169 => bytes[1] == 254,
            172 => bytes[1] is >= 16 and < 32,
            192 => bytes[1] == 168,
            _ => false,
        };
    }
}
