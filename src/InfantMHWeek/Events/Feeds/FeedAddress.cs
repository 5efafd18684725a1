using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Feeds;

namespace InfantMHWeek.Events.Feeds;

/// <summary>The address of a calendar, as people copy it from wherever it is shown.</summary>
static class FeedAddress
{
    /// <returns>The address, or in words why there is none.</returns>
    public static (string Address, string? Wrong) Read(string? typed, FeedWall wall, SiteAddress site)
    {
        var text = (typed ?? "").Trim();
        if (text.Length == 0)
            return ("", "Enter the address of the calendar.");
        foreach (var scheme in new[] { "webcal://", "webcals://" })
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                text = "https://" + text[scheme.Length..];
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "https://" + text;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.Host.Length == 0
        )
            return ("", "Enter an address that begins with https:// or webcal://.");
        if (wall.Encrypted && address.Scheme != "https")
            return ("", "This address is not encrypted. Ask the partner for one that begins with https://.");
        if (address.UserInfo.Length > 0)
            return ("", "Leave out the name and password before the @: only what everybody may read is read.");
        if (wall.Encrypted && (address.HostNameType != UriHostNameType.Dns || !address.Host.Contains('.', StringComparison.Ordinal)))
            return ("", "Enter an address with the name of a website in it, like https://example.org/events.ics.");
        if (Uri.TryCreate(site.Of("/"), UriKind.Absolute, out var own) && own.Host == address.Host && own.Port == address.Port)
            return ("", "This is an address of this website: its events are here already.");
        var whole = address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return whole.Length > PartnerFeed.MaxAddress
            ? ("", $"This address is longer than {PartnerFeed.MaxAddress} letters.")
            : (whole, null);
    }
}
