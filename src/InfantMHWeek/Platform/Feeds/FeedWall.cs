using System.Net;

namespace InfantMHWeek.Platform.Feeds;

/// <summary>Whom the site asks by itself for what staff named. A test puts its own server behind another one.</summary>
/// <param name="MayAsk">Which addresses may be asked.</param>
/// <param name="Encrypted">Only by https, and by a host's name.</param>
sealed record FeedWall(Func<IPAddress, bool> MayAsk, bool Encrypted = true)
{
    public static readonly FeedWall World = new(OuterAddresses.Contain);
}
